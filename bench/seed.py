"""An installation as large as the targets name, written by the database itself.

Everybody holds real roles: groups, grants by rules.GRANTS, holders and appointments as the services
write them. Four people look at it: the author of an agency that takes part in 46 reviews, one of the
police force that is in 442, and the coordinators of partnerships that hold so many.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import connection, connections, models

from accounts.models import User
from actionplans.models import Action, Recommendation, RecommendationLead, Status
from actionplans.rows.models import PlanRow, RowLead
from agencies.models import Agency, Partnership
from chronologies.models import Entry
from reviews.models import (
    Appointment,
    Participation,
    ParticipationGroupPermission,
    Review,
    ReviewGroupPermission,
    RoleGroup,
    RoleHolder,
)
from reviews.rules import GRANTS, Role, Stage

TYPICAL, HEAVY = 46, 442  # reviews of 2,000


@dataclass(frozen=True)
class People:
    """Who looks, each with the reviews of an ordinary place or of a large one."""

    typical_coordinator: User
    heavy_coordinator: User
    typical_author: User
    heavy_author: User


def seed(sizes):
    """Once a run, whichever group asks first."""
    scale = _Scale(sizes)
    if Review.objects.filter(reference="DHR-1").exists():
        return _people(scale)
    _insert_places(sizes, scale)
    _insert_roles(sizes, scale)
    _insert_material(sizes)
    with connections["owner"].cursor() as cursor:  # only it may; autovacuum does so in use
        cursor.execute("vacuum analyze")
    return _people(scale)


class _Scale:
    """The same shape whatever the size: the first partnership and agency are the large ones."""

    def __init__(self, sizes):
        self.agency = max(1, sizes.reviews * TYPICAL // 2_000)
        self.heavy = max(2, sizes.reviews * HEAVY // 2_000)
        self.step = sizes.reviews // self.agency
        self.partnerships = 1 + -(-(sizes.reviews - self.heavy) // self.agency)
        self.first_coordinator = sizes.users - self.partnerships + 1


def _people(scale):
    first = scale.first_coordinator
    heavy_author, typical_author, heavy, typical = User.objects.filter(
        pk__in=[1, 2, first, first + 1]
    ).order_by("pk")
    return People(typical, heavy, typical_author, heavy_author)


# --- Rows written by the database ---------------------------------------------------------------


def insert(model, source, *values, **expressions):
    """`insert ... select`; a column that has no expression takes the model's default."""
    columns, selected, params = [], [], []
    for field in model._meta.local_concrete_fields:
        if field.generated or not field.column:
            continue
        if field.attname in expressions:
            selected.append(expressions[field.attname])
        elif not field.null and not field.primary_key:
            selected.append("%s")
            params.append(_default(field))
        else:
            continue
        columns.append(f'"{field.column}"')
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {model._meta.db_table} ({', '.join(columns)}) "  # noqa: S608
            f"select {', '.join(selected)} from {source}",
            [*params, *values],
        )


def _default(field):
    if isinstance(field, models.DateTimeField):
        return "2026-01-01 12:00Z"
    value = "" if field.empty_strings_allowed and not field.has_default() else field.get_default()
    return field.get_db_prep_save(value, connection)


def _insert_places(sizes, scale):
    numbered = "generate_series(1, %s) i"
    insert(Partnership, numbered, scale.partnerships, slug="'p-' || i", name="'Partnership ' || i")
    insert(
        Agency,
        numbered,
        sizes.agencies,
        name="'Agency ' || i",
        key="'agency ' || i",
        kind="'other'",
    )
    insert(
        User,
        numbered,
        sizes.users,
        email="'person' || i || '@bench.example'",
        name="'Person ' || i",
        password="'!'",  # noqa: S106 (no password fits)
        joined_at="now()",
    )
    insert(
        Review,
        numbered,
        sizes.reviews,
        reference="'DHR-' || i",
        stage=f"'{Stage.GATHERING}'",
        created_at="now() - i * interval '1 hour'",
        partnership_id=f"case when i <= {scale.heavy} then 1"
        f" else 2 + (i - {scale.heavy} - 1) / {scale.agency} end",
    )
    # Spread so that an agency works with several partnerships, as a health trust does.
    insert(
        Participation,
        f"""(select 1 as agency, 1 + (k * 7) %% %s as review
             from generate_series(1, {scale.heavy}) k
             union
             select a, 1 + (a * 7 + k * {scale.step}) %% %s
             from generate_series(2, %s) a, generate_series(1, {scale.agency}) k) x
             order by review, agency""",  # noqa: S608
        sizes.reviews,
        sizes.reviews,
        sizes.agencies,
        agency_id="agency",
        review_id="review",
    )


def _insert_roles(sizes, scale):
    author, coordinator = Role.IMR_AUTHOR, Role.COORDINATOR
    insert(Group, "reviews_participation p", name=f"'{author}:' || p.review_id || ':' || p.id")
    insert(Group, "reviews_review r", name=f"'{coordinator}:' || r.id")
    insert(
        RoleGroup,
        f"""reviews_participation p
            join auth_group g on g.name = '{author}:' || p.review_id || ':' || p.id""",
        group_id="g.id",
        role=f"'{author}'",
        review_id="p.review_id",
        participation_id="p.id",
    )
    insert(
        RoleGroup,
        f"reviews_review r join auth_group g on g.name = '{coordinator}:' || r.id",
        group_id="g.id",
        role=f"'{coordinator}'",
        review_id="r.id",
    )
    insert(
        Appointment,
        "generate_series(1, %s) i",
        scale.partnerships,
        user_id=f"{scale.first_coordinator} + i - 1",
        role=f"'{coordinator}'",
        partnership_id="i",
    )
    insert(
        RoleHolder,
        f"""reviews_rolegroup g
            join reviews_participation p on p.id = g.participation_id
            join accounts_user u on 1 + (u.id - 1) %% %s = p.agency_id
            where u.id < {scale.first_coordinator}""",
        sizes.agencies,
        role_group_id="g.id",
        user_id="u.id",
    )
    insert(
        RoleHolder,
        f"""reviews_rolegroup g
            join reviews_review r on r.id = g.review_id and g.role = '{coordinator}'
            join reviews_appointment a on a.partnership_id = r.partnership_id""",
        role_group_id="g.id",
        user_id="a.user_id",
        appointment_id="a.id",
    )
    insert(
        User.groups.through,
        "reviews_roleholder h join reviews_rolegroup g on g.id = h.role_group_id",
        user_id="h.user_id",
        group_id="g.group_id",
    )
    for role in (author, coordinator):
        _insert_grants(role)


def _insert_grants(role):
    grant = GRANTS[role]
    for model, rights, place in (
        (ReviewGroupPermission, grant.review, "g.review_id"),
        (ParticipationGroupPermission, grant.participation, "g.participation_id"),
    ):
        permissions = Permission.objects.filter(
            content_type__app_label="reviews", codename__in=rights
        )
        insert(
            model,
            "reviews_rolegroup g, auth_permission p where g.role = %s and p.id = any(%s)",
            role.value,
            list(permissions.values_list("pk", flat=True)),
            group_id="g.group_id",
            permission_id="p.id",
            content_object_id=place,
        )


def _insert_material(sizes):
    parts = (
        "(select id, review_id, row_number() over (order by id) as n from reviews_participation)"
    )
    of_all = "(select count(*) from reviews_participation)"
    day = "date '2005-01-01' + (i * 31) %% 7000"
    insert(
        Entry,
        f"""generate_series(1, %s) as i(i)
            join {parts} p on p.n = 1 + (i * 7919::bigint) %% {of_all} order by p.id, i.i""",
        sizes.entries,
        review_id="p.review_id",
        participation_id="p.id",
        part_kind="'sheet'",
        part="'Contacts'",
        row="i",
        position="i",
        date_text=f"to_char({day}, 'DD.MM.YYYY')",
        date_earliest=day,
        date_latest=day,
        date_precision="'day'",
        persons="'{\"MA 1\"}'",
        text="'Contact ' || i || ' with the service: she said that she did not feel safe at home.'",
        action="'Advice given and a referral discussed.'",
        digest="md5(i::text)",
    )
    insert(
        Recommendation,
        f"""generate_series(1, %s) as i(i)
            join {parts} p on p.n = 1 + (i * 7907::bigint) %% {of_all} order by p.review_id, i.i""",
        sizes.recommendations,
        review_id="p.review_id",
        position="i",
        number="i::text",
        text="'Every member of staff asks, records and refers, and is supervised in doing so: ' || i",
        status=f"'{Status.ON_TRACK}'",
        target_as_written="'March 2012'",
        target_text="'March 2012'",
        target_earliest="date '2012-03-01'",
        target_latest="date '2012-03-31'",
        target_precision="'month'",
    )
    insert(
        RecommendationLead,
        f"""actionplans_recommendation r
            join {parts} p on p.n = 1 + (r.position * 7907::bigint) %% {of_all}""",
        recommendation_id="r.id",
        participation_id="p.id",
    )
    insert(
        Action,
        "generate_series(1, %s) as i(i) join actionplans_recommendation r on r.position = 1 + (i - 1) %% %s",
        sizes.actions,
        sizes.recommendations,
        recommendation_id="r.id",
        position="i",
        text="'Write a course and hold it: ' || i",
    )
    insert(
        PlanRow,
        """actionplans_action a
            join actionplans_recommendation r on r.id = a.recommendation_id
            join actionplans_recommendationlead l on l.recommendation_id = r.id""",
        review_id="r.review_id",
        recommendation_id="r.id",
        action_id="a.id",
        lead_id="l.participation_id",
        status=f"(array['{Status.ON_TRACK}', '{Status.DONE}', '{Status.UNCONFIRMED}',"
        f" '{Status.AT_RISK}'])[1 + a.position %% 4]",
        due="case when a.position %% 10 > 0 then current_date - 200 + a.position %% 700 end",
        told_at="case when a.position %% 5 > 0 then now() - a.position %% 90 * interval '1 day' end",
        started_at="now() - a.position %% 900 * interval '1 day'",
        moves="case when a.position %% 20 = 0 then 1 else 0 end",
        first_due="case when a.position %% 20 = 0 then current_date - 300 end",
    )
    insert(
        RowLead,
        "actionplans_planrow w",
        row_id="w.id",
        participation_id="w.lead_id",
        is_accountable="true",
    )
