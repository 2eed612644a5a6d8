"""The level of what is there, as the import reads it out of the scope from now on."""

from django.db import migrations

from actionplans.levels import read_level


def read_levels(apps, schema_editor):
    unread = apps.get_model("actionplans", "Recommendation").objects.filter(level="")
    for scope in unread.exclude(scope="").values_list("scope", flat=True).distinct():
        if level := read_level(scope):
            unread.filter(scope=scope).update(level=level)


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0020_level_theme_and_addressee")]

    operations = [migrations.RunPython(read_levels, migrations.RunPython.noop)]
