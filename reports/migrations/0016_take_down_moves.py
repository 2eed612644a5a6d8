import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A set that is published keeps its state and its first day while the day of taking it down moves.
GOES_ON = """
create or replace function reports_releases_go_on() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE'
        and (old.id, old.review_id, old.number, old.key, old.note, old.proposed_at, old.proposed_by_id)
        is not distinct from
            (new.id, new.review_id, new.number, new.key, new.note, new.proposed_at, new.proposed_by_id)
        and (new.state = 'published' or old.take_down_on is not distinct from new.take_down_on)
        and (
            old.state = new.state and old.state in ('proposed', 'signed-off')
            or old.not_before = new.not_before and (old.state, new.state) in (
                ('proposed', 'signed-off'), ('proposed', 'called-off'),
                ('signed-off', 'published'), ('signed-off', 'called-off'),
                ('published', 'published'), ('published', 'taken-down'), ('published', 'withdrawn'),
                ('taken-down', 'withdrawn')
            )
        )
    then
        return new;
    end if;
    raise exception 'A release goes on and is never changed otherwise.';
end $$;
"""
WENT_ON = """
create or replace function reports_releases_go_on() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE'
        and (old.id, old.review_id, old.number, old.key, old.note, old.proposed_at, old.proposed_by_id)
        is not distinct from
            (new.id, new.review_id, new.number, new.key, new.note, new.proposed_at, new.proposed_by_id)
        and (
            old.state = new.state and old.state in ('proposed', 'signed-off')
            or old.not_before = new.not_before and (old.state, new.state) in (
                ('proposed', 'signed-off'), ('proposed', 'called-off'),
                ('signed-off', 'published'), ('signed-off', 'called-off'),
                ('published', 'taken-down'), ('published', 'withdrawn'),
                ('taken-down', 'withdrawn')
            )
        )
    then
        return new;
    end if;
    raise exception 'A release goes on and is never changed otherwise.';
end $$;
"""
SAID_THEN = """
alter table reports_release disable trigger reports_release_goes_on;
update reports_release set take_down_on = said.take_down_on
    from reports_publication as said
    where said.release_id = reports_release.id and said.take_down_on is not null;
alter table reports_release enable trigger reports_release_goes_on;
"""
KEPT = """
create trigger reports_takedownmove_kept before update or delete on reports_takedownmove
    for each row execute function reports_release_kept();
"""
CHANGEABLE = "drop trigger reports_takedownmove_kept on reports_takedownmove;"


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0015_kept_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="take_down_on",
            field=models.DateField(
                blank=True, help_text="As it is now; its moves are kept.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="publication",
            name="take_down_on",
            field=models.DateField(
                blank=True,
                help_text="As it was said then; the set has what holds now.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="TakeDownMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.DateField(blank=True, null=True)),
                ("after", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(max_length=500)),
                (
                    "agreed_by",
                    models.CharField(help_text="Posts and bodies, not persons.", max_length=200),
                ),
                ("key", models.UUIDField(unique=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="take_down_moves",
                        to="reports.release",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of the day of taking down",
                "ordering": ["release", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("after__isnull", False), ("before", None)),
                            models.Q(("after", None), ("before__isnull", False)),
                            ("before__lt", models.F("after")),
                            ("before__gt", models.F("after")),
                            _connector="OR",
                        ),
                        name="a_day_of_taking_down_moves_to_another",
                    )
                ],
            },
        ),
        migrations.RunSQL(SAID_THEN, migrations.RunSQL.noop),
        migrations.RunSQL(GOES_ON, WENT_ON),
        migrations.RunSQL(KEPT, CHANGEABLE),
    ]
