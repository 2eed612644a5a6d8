from django.db import migrations, models

from reports.migrations._house_layouts import add_layouts

WRITTEN = [
    ("overview", "Overview report"),
    ("executive-summary", "Executive summary"),
    ("learning-briefing", "Learning briefing"),
    ("family-copy", "Note that goes with the family’s copy"),
]
LAYOUTS = [
    ("overview-2016", "Overview report, layout of 2016"),
    ("overview-2013", "Overview report, layout of 2013"),
    ("executive-summary", "Executive summary"),
    ("executive-summary-2013", "Executive summary, layout of 2013"),
    ("learning-briefing", "Learning briefing"),
    ("family-copy", "Note that goes with the family’s copy"),
]


class Migration(migrations.Migration):
    dependencies = [("reports", "0017_shared_at")]

    operations = [
        migrations.AddField(
            model_name="broughtreport",
            name="kind",
            field=models.CharField(
                choices=WRITTEN,
                default="overview",
                help_text="What the document is to be that is made of it.",
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="documenttemplate",
            name="kind",
            field=models.CharField(choices=LAYOUTS, max_length=30),
        ),
        migrations.AlterField(
            model_name="paragraphversion",
            name="origin",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Written here"),
                    ("word", "From Word"),
                    ("suggested", "As somebody suggested"),
                    ("taken", "Taken from another document"),
                ],
                default="",
                help_text="Where from.",
                max_length=10,
            ),
        ),
        migrations.RunPython(add_layouts, migrations.RunPython.noop),
    ]
