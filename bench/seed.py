"""An installation as large as the targets name, written by the database itself in a minute."""

from django.contrib.auth.models import Permission
from django.db import connection

_ROWS = [
    """insert into agencies_partnership (slug, name)
       select 'p-' || i, 'Partnership ' || i from generate_series(1, 20) i""",
    """insert into agencies_agency (name, key, short_name, short_key, kind)
       select 'Agency ' || i, 'agency ' || i, '', '', 'other' from generate_series(1, {agencies}) i""",
    """insert into accounts_user (email, name, password, is_active, joined_at, created_at)
       select 'u' || i || '@bench.example', 'U ' || i, '!', true, now(), now()
       from generate_series(1, {users}) i""",
    """insert into reviews_review (reference, kind, label, stage, scope_reason, partnership_id,
           created_at, scope_from_text, scope_from_precision, scope_from_circa, scope_from_base,
           scope_to_text, scope_to_precision, scope_to_circa, scope_to_base)
       select 'B-' || i, 'statutory', 'dhr', 'gathering', '', 1 + i % 20, now(),
           '', 'none', false, '', '', 'none', false, '' from generate_series(1, {reviews}) i""",
    # The first agency is a police force, in a fifth of the reviews; the others share the rest.
    """insert into reviews_participation (review_id, agency_id, is_lead_only, created_at)
       select r, a, false, now() from (
           select r, 1 as a from generate_series(1, {reviews}) r where r % 5 = 0
           union select r, 2 + (r * 7 + k * 37) % ({agencies} - 1)
           from generate_series(1, {reviews}) r, generate_series(1, 8) k) x""",
    """insert into auth_group (name) select 'imr_author:' || id from reviews_participation""",
    """insert into auth_group (name) select 'coordinator:' || id from reviews_review""",
    """insert into reviews_rolegroup (group_id, role, review_id, participation_id)
       select g.id, 'imr_author', p.review_id, p.id
       from reviews_participation p join auth_group g on g.name = 'imr_author:' || p.id""",
    """insert into reviews_rolegroup (group_id, role, review_id)
       select g.id, 'coordinator', r.id
       from reviews_review r join auth_group g on g.name = 'coordinator:' || r.id""",
    # Ten people an agency; the last twenty users coordinate a partnership each.
    """insert into accounts_user_groups (user_id, group_id)
       select u.id, g.group_id from reviews_rolegroup g
       join reviews_participation p on p.id = g.participation_id
       join accounts_user u on u.id % {agencies} = p.agency_id % {agencies}
       where u.id <= {users} - 20""",
    """insert into accounts_user_groups (user_id, group_id)
       select {users} - 20 + r.partnership_id, g.group_id from reviews_rolegroup g
       join reviews_review r on r.id = g.review_id where g.role = 'coordinator'""",
    """insert into chronologies_entry (review_id, participation_id, part_kind, part, row, position,
           date_text, date_earliest, date_latest, date_precision, date_circa, date_base, is_date_inherited,
           time, persons, persons_as_written, text, action, comment, source, other, doubts, digest,
           on_behalf, created_at)
       select p.review_id, p.id, 'sheet', 'Sheet1', i, i, to_char(d, 'DD.MM.YYYY'), d, d, 'day', false,
           '', false, '', '{{MA 1}}', '', 'Contact ' || i || ' with the service about safety at home',
           'Advice given', '', '', '{{}}', '[]', '', false, now()
       from (select i, 1 + (i * 7919) % (select count(*) from reviews_participation) as p,
                    date '2005-01-01' + (i * 31) % 7000 as d
             from generate_series(1, {entries}) i) x
       join reviews_participation p on p.id = x.p""",
]


def seed(sizes):
    with connection.cursor() as cursor:
        for statement in _ROWS:
            cursor.execute(statement.format(**vars(sizes)))
        _grant(cursor, "reviews_reviewgrouppermission", "view_review", "g.review_id")
        for right in ("read_chronologies", "read_action_plan"):
            only = "and g.role = 'coordinator'"
            _grant(cursor, "reviews_reviewgrouppermission", right, "g.review_id", only)
        for right in ("view_participation", "read_own_entries", "read_own_actions"):
            only = "and g.role = 'imr_author'"
            _grant(
                cursor, "reviews_participationgrouppermission", right, "g.participation_id", only
            )
    _seed_plans(sizes)
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _grant(cursor, table, right, place, only=""):
    permission = Permission.objects.get(content_type__app_label="reviews", codename=right)
    cursor.execute(
        f"insert into {table} (group_id, permission_id, content_object_id) "  # noqa: S608
        f"select g.group_id, %s, {place} from reviews_rolegroup g where true {only}",
        [permission.pk],
    )


def _seed_plans(sizes):
    """Through the models, in batches: their columns are many and change."""
    from actionplans.models import Action, Recommendation, RecommendationLead
    from reviews.models import Participation

    parts = list(Participation.objects.order_by("pk").values_list("pk", "review_id"))
    rows = [
        Recommendation(
            review_id=parts[i * 13 % len(parts)][1],
            position=i,
            number=str(i),
            text=f"Recommendation {i} about training and supervision",
        )
        for i in range(sizes.recommendations)
    ]
    Recommendation.objects.bulk_create(rows, batch_size=2_000)
    RecommendationLead.objects.bulk_create(
        [
            RecommendationLead(
                recommendation_id=row.pk, participation_id=parts[i * 13 % len(parts)][0]
            )
            for i, row in enumerate(rows)
        ],
        batch_size=5_000,
    )
    Action.objects.bulk_create(
        [
            Action(recommendation_id=rows[i % len(rows)].pk, position=i, text=f"Action {i}")
            for i in range(sizes.actions)
        ],
        batch_size=5_000,
    )
