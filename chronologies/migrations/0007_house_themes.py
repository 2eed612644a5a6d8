from django.db import migrations

from chronologies.marking.house import install


def add_themes(apps, schema_editor):
    install(apps.get_model("chronologies", "Theme"))


class Migration(migrations.Migration):
    dependencies = [("chronologies", "0006_judgements_keep_what_was_said")]

    operations = [migrations.RunPython(add_themes, migrations.RunPython.noop)]
