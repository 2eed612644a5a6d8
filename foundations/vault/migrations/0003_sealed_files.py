import django.db.models.deletion
from django.db import migrations, models

import foundations.vault.fields

SCANS = [
    ("ours", "Made by this service"),
    ("not_configured", "Not scanned: there is no scanner"),
    ("waiting", "Waiting to be scanned"),
    ("clean", "Scanned: nothing found"),
    ("infected", "Harmful software was found in it"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("vault", "0002_data_keys"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="storedfile",
            options={"base_manager_name": "objects"},
        ),
        migrations.RenameField(model_name="storedfile", old_name="content", new_name="body"),
        migrations.AlterField(
            model_name="storedfile",
            name="body",
            field=models.BinaryField(help_text="As it came, or sealed."),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="size",
            field=models.PositiveIntegerField(help_text="Of what came."),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="sha256",
            field=models.CharField(help_text="Of what came.", max_length=64),
        ),
        migrations.AddField(
            model_name="storedfile",
            name="is_sealed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="storedfile",
            name="scan",
            field=models.CharField(choices=SCANS, default="not_configured", max_length=15),
        ),
        migrations.AddField(
            model_name="storedfile",
            name="scanned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(
                condition=models.Q(("scan", "waiting")), fields=["id"], name="files_to_scan"
            ),
        ),
        migrations.CreateModel(
            name="FileKey",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file_key",
                        serialize=False,
                        to="vault.storedfile",
                    ),
                ),
                ("scope", models.CharField(max_length=80)),
                ("key", foundations.vault.fields.EncryptedBytesField()),
            ],
        ),
        # Sealed bytes cannot be compressed: kept apart as they are, any part of them can be read
        # without the rest.
        migrations.RunSQL(
            "ALTER TABLE vault_storedfile ALTER COLUMN body SET STORAGE EXTERNAL",
            "ALTER TABLE vault_storedfile ALTER COLUMN body SET STORAGE EXTENDED",
        ),
    ]
