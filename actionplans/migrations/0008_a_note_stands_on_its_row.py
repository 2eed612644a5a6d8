import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0007_follow_what_is_there")]

    operations = [
        migrations.RemoveField(model_name="progressnote", name="action"),
        migrations.AlterField(
            model_name="progressnote",
            name="row",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="progress_notes",
                to="actionplans.planrow",
            ),
        ),
    ]
