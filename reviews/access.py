"""What one person may reach, asked of the database once a request.

guardian's tables hold the grants. This reads them in one query for everything a page asks,
and adds what guardian cannot say: that some roles reach a review only at some stages, that a role
which was delegated ends with its last day and with its lender's account, that a Share reaches the
people of a role, and that a conflict of interest takes away what it concerns, whatever the role, and that a hold of a proceeding
puts shares out of reach while it is in force.
Nothing else in the product answers "may they?".
"""

from collections import defaultdict
from functools import cached_property

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from reviews import rules

# Where rights are held (all that are held in the same places together, as those of one role are), and
# what live Shares of each material reach them: of one submission, of one participation, or, without
# either, of everybody's. A conflict without a participation is with the whole review.
_REACHED = """
with conflict as (
    select m.review_id, c.participation_id
    from reviews_panelmember m
    join reviews_conflict c on c.member_id = m.id
    where m.user_id = %s and c.ended_on is null
),
held as (
    select r.group_id, r.role, r.review_id, r.participation_id
    from accounts_user_groups m
    join reviews_rolegroup r on r.group_id = m.group_id
    join reviews_review v on v.id = r.review_id
    where m.user_id = %s {at_their_stages} and not exists (
        select from conflict
        where conflict.review_id = r.review_id
        and (conflict.participation_id is null or conflict.participation_id = r.participation_id)
    ) and not exists (
        select from reviews_roleholder h join reviews_delegation d on d.id = h.delegation_id
        join accounts_user lender on lender.id = d.given_by_id
        where h.role_group_id = r.id and h.user_id = m.user_id
        and (d.ended_at is not null or d.until < %s or not lender.is_active)
    )
),
stopped as (
    select h.review_id
    from reviews_hold h left join reviews_holdrelease r on r.hold_id = h.id
    where h.stops = 'sharing' and h.starts_on <= %s
    and (h.last_day is null or h.last_day >= %s) and (r.id is null or r."on" > %s)
),
to_check as (
    select m.review_id, q.id as request_id, q.participation_id, q.kind
    from reviews_askedtocheck a
    join reviews_panelmember m on m.id = a.member_id
    join reviews_request q on q.id = a.request_id
    where m.user_id = %s and m.left_on is null and a.ended_at is null
    and exists (select from held where held.review_id = m.review_id and held.role = %s)
    and not exists (select from conflict where conflict.participation_id = q.participation_id)
    and not exists (select from stopped where stopped.review_id = m.review_id)
),
granted as (
    select 'review' as kind, held.review_id, held.participation_id, array(
        select g.permission_id from reviews_reviewgrouppermission g
        where g.group_id = held.group_id order by g.permission_id
    ) as rights
    from held
    union all
    select 'part', held.review_id, g.content_object_id, g.rights
    from held cross join lateral (
        select g.content_object_id, array_agg(g.permission_id order by g.permission_id) as rights
        from reviews_participationgrouppermission g where g.group_id = held.group_id
        group by g.content_object_id
    ) g
)
select granted.kind,
    array(select p.codename::text from auth_permission p where p.id = any(granted.rights)),
    array_agg(granted.review_id), array_agg(granted.participation_id)
from granted where granted.rights <> '{{}}' group by granted.kind, granted.rights
union all
select 'share', array[s.material::text], array_agg(s.review_id),
    array_agg(coalesce(s.submission_id, s.participation_id))
from reviews_share s
where s.withdrawn_at is null and (s.until is null or s.until >= %s) and exists (
    select from held
    where held.review_id = s.review_id and held.role = s.with_role
    and (s.with_participation_id is null or s.with_participation_id = held.participation_id)
)
and not exists (select from conflict where conflict.participation_id = s.participation_id)
and not (s.material = any(%s) and exists (
    select from stopped where stopped.review_id = s.review_id
))
group by s.material
union all
-- Whoever checks what came reads it, as if it had been shared with them alone.
select 'share', array['chronology'], array_agg(c.review_id), array_agg(c.participation_id)
from to_check c join reviews_participation p on p.id = c.participation_id
where c.kind = 'chronology' and p.submitted_at is not null having count(*) > 0
union all
select 'share', array['submission'], array_agg(c.review_id), array_agg(s.id)
from to_check c join reviews_submission s on s.request_id = c.request_id and s.state = 'sent'
having count(*) > 0
union all
select 'check', array[''], array_agg(review_id), array_agg(request_id) from to_check having count(*) > 0
union all
select 'conflict', array[''], array_agg(conflict.review_id), array_agg(conflict.participation_id)
from conflict having count(*) > 0
"""


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class AnyOf(models.Lookup):
    """`id__any_of=ids`: one parameter, where `__in` has one for each of hundreds of ids.

    Or of an `ArraySubquery`: PostgreSQL asks that once, and only when a row first needs it, and plans
    the rest as if the ids were known; a subquery of `__in` within an OR it counts again for each row.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.cast_db_type(connection)
            return f"{left} = any(%s::{kind}[])", [*params, sorted(self.rhs)]  # as an index is read
        right, more = self.process_rhs(compiler, connection)
        return f"{left} = any({right})", [*params, *more]


def access_of(user):
    """The access of a user, worked out once for this user object (one request, one job)."""
    access = getattr(user, "_access", None)
    if access is None:
        access = user._access = Access(user)
    return access


def forget(user):
    """After a change to somebody's roles within the same request."""
    if hasattr(user, "_access"):
        del user._access  # of the user of a request too, who is a lazy object


class Access:
    def __init__(self, user):
        self.user = user
        self.live = bool(user.is_authenticated and user.is_active)

    # --- rights -----------------------------------------------------------------------------

    @cached_property
    def _reached(self):
        """{"review" / "part" / "share" / "conflict": {right or material: {(review id,
        participation id)}}, "check": {"": {(review id, request id)}}}."""
        reached = {"review": {}, "part": {}, "share": {}, "check": {}, "conflict": {}}
        for kind, whats, reviews, parts in self._rows():
            places = frozenset(zip(reviews, parts, strict=True))
            for what in whats:
                known = reached[kind].get(what)
                reached[kind][what] = known | places if known else places
        return reached

    def _rows(self):
        if not self.live:
            return []
        at_their_stages, params = "", [self.user.pk, self.user.pk]
        for role, stages in rules.STAGES_OF.items():
            at_their_stages += " and (r.role <> %s or v.stage = any(%s))"
            params += [role.value, sorted(stage.value for stage in stages)]
        with connection.cursor() as cursor:
            today = timezone.localdate()
            params += [today, today, today, today]
            params += [self.user.pk, rules.Role.PANEL_MEMBER.value, today]
            params.append(sorted(material.value for material in rules.STOPPED_BY_A_HOLD))
            cursor.execute(_REACHED.format(at_their_stages=at_their_stages), params)
            return cursor.fetchall()

    def reviews_with(self, right):
        """Ids of the reviews where a role of this person holds the right."""
        return frozenset(review for review, _ in self._reached["review"].get(right, ()))

    def parts_with(self, right):
        """Ids of the participations where a role of this person holds the right."""
        return frozenset(part for _, part in self._reached["part"].get(right, ()))

    def may(self, right, place):
        """`place` is a Review or a Participation; the model tells which table to ask."""
        held = (
            self.reviews_with(right)
            if place._meta.model_name == "review"
            else self.parts_with(right)
        )
        return place.pk in held

    def may_in_any_part(self, right, review):
        return any(at == review.pk for at, _ in self._reached["part"].get(right, ()))

    # --- appointments -----------------------------------------------------------------------

    @cached_property
    def appointments(self):
        """{role: set of partnership ids}; {None} for a role of the whole installation."""
        held = defaultdict(set)
        if self.live:
            for role, partnership_id in self.user.appointments.values_list(
                "role", "partnership_id"
            ):
                held[role].add(partnership_id)
        return held

    def holds(self, role, partnership=None):
        places = self.appointments.get(role, frozenset())
        return partnership.pk in places if partnership else bool(places)

    # --- shares -----------------------------------------------------------------------------

    def _shared(self, material):
        """{(review id, participation id or None)} of every live share that reaches them."""
        return self._reached["share"].get(material, frozenset())

    def shared_any(self, material, review):
        return any(at == review.pk for at, _ in self._shared(material))

    def reviews_sharing(self, material):
        """Ids of the reviews in which what is shared as a whole reaches them."""
        return frozenset(review for review, part in self._shared(material) if not part)

    def parts_sharing(self, material):
        """Ids of the participations whose material of this kind was shared with them."""
        return frozenset(part for _, part in self._shared(material) if part)

    def shared_rows(self, material):
        """Ids of what is shared one by one, as submissions are."""
        return frozenset(row for _, row in self._shared(material))

    def rows_of(
        self, material, *, review_right, part_right, part="participation", shared_only=None
    ):
        """The Q that `visible_to` of any kind of material starts from.

        A review-wide right, or one's own participation, or a live share of it; `shared_only` is
        what a row must also be for a share to reach it.
        """
        shared = self._shared(material)
        given = {at for at, part_id in shared if not part_id}
        given_parts = {part_id for _, part_id in shared if part_id}
        whole, parts = self.reviews_with(review_right), self.parts_with(part_right)
        clear = self.clear_of_conflicts(part)
        if shared_only is None:
            return _in_places(whole | given, parts | given_parts, part) & clear
        allowed = _in_places(whole, parts, part)
        if given or given_parts:
            allowed |= _in_places(given, given_parts, part) & shared_only
        return allowed & clear

    # --- checking ---------------------------------------------------------------------------

    @cached_property
    def asked_to_check(self):
        """Ids of the requests that this person was asked, as a member of the panel, to check."""
        return frozenset(request for _, request in self._reached["check"].get("", ()))

    def is_asked_to_check(self, request):
        return request.pk in self.asked_to_check

    # --- conflicts of interest --------------------------------------------------------------

    @cached_property
    def conflicts(self):
        """Ids of the participations that a live conflict of interest of theirs is about."""
        return frozenset(part for _, part in self._reached["conflict"].get("", ()) if part)

    @cached_property
    def closed_reviews(self):
        """Ids of the reviews that a live conflict of theirs is about as a whole. Only what asks
        about a whole partnership needs this: no right in such a review is left."""
        return frozenset(
            review for review, part in self._reached["conflict"].get("", ()) if part is None
        )

    @cached_property
    def reviews_in_conflict(self):
        """Ids of the reviews that a live conflict of theirs is about, in part or as a whole."""
        return frozenset(review for review, _ in self._reached["conflict"].get("", ()))

    def clear_of_conflicts(self, *parts):
        """The Q that keeps rows of those agencies out.

        `parts` are the ways to a participation. Every `visible_to` of rows that concern an agency
        has this in it: rights over a whole review do not know of it.
        """
        clear = Q()
        for part in parts:
            if self.conflicts:
                clear &= ~Q(**{f"{part}__any_of": self.conflicts})
        return clear


def _in_places(reviews, parts, part):
    allowed = Q(pk__in=[])
    if reviews:
        allowed |= Q(review__any_of=reviews)
    if parts:
        allowed |= Q(**{f"{part}__any_of": parts})
    return allowed
