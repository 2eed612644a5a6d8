import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundations.vault.fields

KEPT = """
create function reports_check_answers_kept() returns trigger language plpgsql as $$
begin
    raise exception 'What was said of a document is never changed or deleted.';
end $$;
create trigger reports_checkanswer_kept before update or delete on reports_checkanswer
    for each row execute function reports_check_answers_kept();
"""
CHANGEABLE = """
drop trigger reports_checkanswer_kept on reports_checkanswer;
drop function reports_check_answers_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_register"),
        ("reports", "0008_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FoundBefore",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="found_before",
                        serialize=False,
                        to="reports.document",
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("items", foundations.vault.fields.EncryptedJSONField(default=list)),
                ("at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="BlamingPhrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, help_text="A second click finds it.", unique=True
                    ),
                ),
                (
                    "is_left_out",
                    models.BooleanField(default=False, help_text="Of the house’s list."),
                ),
                ("words", models.CharField(max_length=200)),
                ("why", models.CharField(max_length=500)),
                ("instead", models.CharField(blank=True, max_length=500)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blaming_phrases",
                        to="agencies.partnership",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["partnership", "words"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("partnership", "words"),
                        name="a_phrase_once_in_a_list",
                        violation_error_message="This phrase is in the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="a_phrase_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, help_text="A second click finds it.", unique=True
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Of the question; or a digest of what was found with the paragraphs it rests on, so that it counts while they say the same.",
                        max_length=64,
                    ),
                ),
                (
                    "item",
                    models.SlugField(
                        help_text="The line of the list that it is under.", max_length=60
                    ),
                ),
                ("about", models.TextField(help_text="What was asked or found, as it was then.")),
                (
                    "says",
                    models.CharField(
                        choices=[
                            ("mended", "It has been mended"),
                            ("no-fault", "It is not a fault"),
                            ("to-mend", "It is a fault, and is still to be mended"),
                            ("yes", "Yes"),
                            ("no", "No, or not yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000)),
                (
                    "read",
                    models.CharField(
                        help_text="The digest of the text at that time.", max_length=64
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_answers",
                        to="reports.document",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["document", "code"], name="answers_of_a_document")
                ],
            },
        ),
        migrations.RunSQL(KEPT, CHANGEABLE),
    ]
