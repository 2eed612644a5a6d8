from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chronologies", "0008_timelines_as_files")]
    operations = [
        migrations.AddField(
            model_name="mismatchquery",
            name="quoted",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="How many entries of others it quoted when it was raised."
            ),
        ),
    ]
