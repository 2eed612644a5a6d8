from django.db import migrations

from reports.migrations._house_layouts import add_layouts


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_versions_are_kept")]

    operations = [migrations.RunPython(add_layouts, migrations.RunPython.noop)]
