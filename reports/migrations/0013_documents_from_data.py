from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0012_home_office_is_kept")]
    operations = [
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("overview", "Overview report"),
                    ("executive-summary", "Executive summary"),
                    ("learning-briefing", "Learning briefing"),
                    ("family-copy", "Note that goes with the family’s copy"),
                    ("action-plan", "Action plan"),
                    ("progress-statement", "Progress statement"),
                    ("chronology", "Combined chronology"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="rendering",
            name="format",
            field=models.CharField(
                choices=[
                    ("pdf", "PDF"),
                    ("html", "Web page"),
                    ("docx", "Word"),
                    ("xlsx", "Excel"),
                ],
                max_length=4,
            ),
        ),
    ]
