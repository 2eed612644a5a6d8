from django.db import migrations

from reports.layouts.house import install


def add_layouts(apps, schema_editor):
    install(
        apps.get_model("reports", "DocumentTemplate"), apps.get_model("reports", "SectionTemplate")
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_versions_are_kept")]

    operations = [migrations.RunPython(add_layouts, migrations.RunPython.noop)]
