import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_AS_IT_WAS_SENT = """
create or replace function reports_rounds_kept() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE'
        and (old.id, old.document_id, old.number, old.key, {due}, old.sent_at, old.sent_by_id)
        is not distinct from
            (new.id, new.document_id, new.number, new.key, {due_now}, new.sent_at, new.sent_by_id){moved}
        and (old.handed_in_at is null
            or (old.handed_in_at, old.handed_in_by_id, old.on_behalf)
            is not distinct from (new.handed_in_at, new.handed_in_by_id, new.on_behalf))
        and (old.withdrawn_at is null
            or (old.withdrawn_at, old.withdrawn_by_id, old.withdrawn_because)
            is not distinct from (new.withdrawn_at, new.withdrawn_by_id, new.withdrawn_because))
    then
        return new;
    end if;
    raise exception 'What was sent to an agency stays on record as it was sent.';
end $$;
"""
# The day of an open round moves from one to the other only where a row says so, and why.
_MOVED = """
        and (old.due = new.due or old.handed_in_at is null and old.withdrawn_at is null
            and (old.due, new.due) in (
                select before, after from reports_roundday where round_id = old.id))"""

# Written once: nothing of these rows is ever changed.
KEPT_TABLES = ("roundday", "packasked", "wordcopy")
# Written once, and ended once: (table, the column that tells whether it is open, what it holds then,
# what is filled in when it ends).
ENDED_TABLES = (
    ("citation", "removed_at", "", "removed_by_id"),
    ("blamingphrase", "removed_at", "", "removed_by_id"),
    ("doubt", "settled_at", "", "settled_by_id"),
    ("wordreturn", "state", "previewed", "saved_at", "saved_by_id", "decided"),
    ("broughtreport", "state", "previewed", "saved_at", "saved_by_id", "document_id"),
)


def _ended(table, column, value, *others):
    said = ", ".join(f"'{one}'" for one in (column, value, *others))
    return (
        f"create trigger reports_{table}_ends_once before update or delete on reports_{table} "
        f"for each row execute function reports_ends_once({said});\n"
    )


KEPT = (
    _AS_IT_WAS_SENT.format(due="true", due_now="true", moved=_MOVED)
    + """
create function reports_kept() returns trigger language plpgsql as $$
begin
    raise exception 'This stays on record as it was: it is never changed or deleted.';
end $$;
create function reports_ends_once() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE'
        and coalesce(to_jsonb(old) ->> tg_argv[0], '') = tg_argv[1]
        and to_jsonb(old) - tg_argv = to_jsonb(new) - tg_argv
    then
        return new;
    end if;
    raise exception 'This stays on record as it was: it ends once, and is never changed or deleted.';
end $$;
"""
    + "".join(
        f"create trigger reports_{table}_kept before update or delete on reports_{table} "
        f"for each row execute function reports_kept();\n"
        for table in KEPT_TABLES
    )
    + "".join(_ended(*one) for one in ENDED_TABLES)
)
CHANGEABLE = (
    "".join(
        f"drop trigger reports_{table}_ends_once on reports_{table};\n"
        for table, *_ in ENDED_TABLES
    )
    + "".join(f"drop trigger reports_{table}_kept on reports_{table};\n" for table in KEPT_TABLES)
    + "drop function reports_ends_once();\ndrop function reports_kept();\n"
    + _AS_IT_WAS_SENT.format(due="old.due", due_now="new.due", moved="")
)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0013_documents_from_data"),
        ("reviews", "0053_what_was_submitted_is_read"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PackAsked",
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
                        help_text="A second click finds the first one's row.", unique=True
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("number", models.PositiveIntegerField()),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("home-office", "The Home Office"),
                            ("commissioner", "The Domestic Abuse Commissioner"),
                        ],
                        max_length=12,
                    ),
                ),
                ("renderings", models.JSONField(help_text="Ids of the versions that were chosen.")),
                (
                    "papers",
                    models.JSONField(
                        blank=True, default=list, help_text="Ids of the action plans."
                    ),
                ),
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs_asked",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "packs asked for",
                "ordering": ["review", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "number"), name="packs_are_asked_for_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundDay",
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
                        help_text="A second click finds the first one's row.", unique=True
                    ),
                ),
                ("before", models.DateField()),
                ("after", models.DateField()),
                ("why", models.TextField(max_length=4000)),
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="reports.accuracyround",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", ""), _negated=True),
                            models.Q(("before", models.F("after")), _negated=True),
                        ),
                        name="the_day_of_a_round_is_moved_for_a_reason",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEPT, CHANGEABLE),
    ]
