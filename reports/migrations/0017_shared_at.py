from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0016_take_down_moves")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="shared_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Since when the panel reads it, or when it last did.",
                null=True,
            ),
        ),
    ]
