"""What one person may reach, asked of the database once a request.

guardian's tables hold the grants. This reads them in two queries for everything a page asks,
and adds what guardian cannot say: that some roles reach a review only at some stages, and that a
Share reaches the people of a role. Nothing else in the product answers "may they?".
"""

from collections import defaultdict
from functools import cached_property

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from reviews import rules

_RIGHTS = """
select p.codename, 'review', array_agg(g.content_object_id), null::bigint[]
from reviews_reviewgrouppermission g {held} group by p.codename
union all
select p.codename, 'part', array_agg(g.content_object_id), array_agg(r.review_id)
from reviews_participationgrouppermission g {held} group by p.codename
"""
_HELD = """
join accounts_user_groups m on m.group_id = g.group_id
join reviews_rolegroup r on r.group_id = g.group_id
join auth_permission p on p.id = g.permission_id
join reviews_review v on v.id = r.review_id
where m.user_id = %s
"""


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class AnyOf(models.Lookup):
    """`id__any_of=ids`: one parameter, where `__in` has one for each of hundreds of ids."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = any(%s)", [*params, list(self.rhs)]


def access_of(user):
    """The access of a user, worked out once for this user object (one request, one job)."""
    access = getattr(user, "_access", None)
    if access is None:
        access = user._access = Access(user)
    return access


def forget(user):
    """After a change to somebody's roles within the same request."""
    user.__dict__.pop("_access", None)


class Access:
    def __init__(self, user):
        self.user = user
        self.live = bool(user.is_authenticated and user.is_active)

    # --- rights -----------------------------------------------------------------------------

    @cached_property
    def _rights(self):
        """({right: review ids}, {right: participation ids}, {participation id: review id})."""
        reviews, parts, review_of = {}, {}, {}
        for right, place, ids, review_ids in self._rows():
            if place == "review":
                reviews[right] = frozenset(ids)
            else:
                parts[right] = frozenset(ids)
                review_of.update(zip(ids, review_ids, strict=True))
        return reviews, parts, review_of

    def _rows(self):
        if not self.live:
            return []
        held, params = _HELD, [self.user.pk]
        for role, stages in rules.STAGES_OF.items():
            held += " and (r.role <> %s or v.stage = any(%s))"
            params += [role.value, sorted(stage.value for stage in stages)]
        with connection.cursor() as cursor:
            cursor.execute(_RIGHTS.format(held=held), params * 2)
            return cursor.fetchall()

    def reviews_with(self, right):
        """Ids of the reviews where a role of this person holds the right."""
        return self._rights[0].get(right, frozenset())

    def parts_with(self, right):
        """Ids of the participations where a role of this person holds the right."""
        return self._rights[1].get(right, frozenset())

    def may(self, right, place):
        """`place` is a Review or a Participation; the model tells which table to ask."""
        held = (
            self.reviews_with(right)
            if place._meta.model_name == "review"
            else self.parts_with(right)
        )
        return place.pk in held

    def may_in_any_part(self, right, review):
        return any(self._rights[2][part] == review.pk for part in self.parts_with(right))

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

    @cached_property
    def _shares(self):
        """(material, review id, participation id or None) of every live share that reaches them."""
        from reviews.models import Share  # the queryset needs the models, which need this module

        if not self.live:
            return frozenset()
        reached = Share.objects.live(at=timezone.localdate()).reaching(self.user)
        return frozenset(reached.values_list("material", "review_id", "participation_id"))

    def shared_any(self, material, review):
        return any(kind == material and at == review.pk for kind, at, _ in self._shares)

    def rows_of(self, material, *, review_right, part_right, part="participation"):
        """The Q that `visible_to` of any kind of material starts from.

        A review-wide right, or one's own participation, or a live share of it.
        """
        whole = self.reviews_with(review_right) | {
            review for kind, review, part_id in self._shares if kind == material and not part_id
        }
        parts = self.parts_with(part_right) | {
            part_id for kind, _, part_id in self._shares if kind == material and part_id
        }
        allowed = Q(pk__in=[])
        if whole:
            allowed |= Q(review__any_of=whole)
        if parts:
            allowed |= Q(**{f"{part}__any_of": parts})
        return allowed
