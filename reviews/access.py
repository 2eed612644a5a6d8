"""What one person may reach, asked of the database once a request.

guardian's tables hold the grants. This reads them in three queries for everything a page asks,
and adds what guardian cannot say: that some roles reach a review only at some stages, and that a
Share reaches the people of a role. Nothing else in the product answers "may they?".
"""

from collections import defaultdict
from functools import cached_property

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from reviews import rules

_RIGHTS = """
select p.codename, g.content_object_id {more}
from {table} g
join reviews_rolegroup r on r.group_id = g.group_id
join accounts_user_groups m on m.group_id = g.group_id
join auth_permission p on p.id = g.permission_id
join reviews_review v on v.id = r.review_id
where m.user_id = %s
"""


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
    def _review_rights(self):
        rights = defaultdict(set)
        for codename, review_id in self._rows("reviews_reviewgrouppermission"):
            rights[codename].add(review_id)
        return rights

    @cached_property
    def _part_rights(self):
        rights, reviews = defaultdict(set), {}
        for codename, part_id, review_id in self._rows(
            "reviews_participationgrouppermission", ", r.review_id"
        ):
            rights[codename].add(part_id)
            reviews[part_id] = review_id
        self._review_of_part = reviews
        return rights

    def _rows(self, table, more=""):
        if not self.live:
            return []
        sql, params = _RIGHTS.format(table=table, more=more), [self.user.pk]
        for role, stages in rules.STAGES_OF.items():
            sql += " and (r.role <> %s or v.stage = any(%s))"
            params += [role.value, sorted(stage.value for stage in stages)]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def reviews_with(self, right):
        """Ids of the reviews where a role of this person holds the right."""
        return self._review_rights.get(right, frozenset())

    def parts_with(self, right):
        """Ids of the participations where a role of this person holds the right."""
        return self._part_rights.get(right, frozenset())

    def may(self, right, place):
        """`place` is a Review or a Participation; the model tells which table to ask."""
        held = (
            self.reviews_with(right)
            if place._meta.model_name == "review"
            else self.parts_with(right)
        )
        return place.pk in held

    def may_in_any_part(self, right, review):
        parts = self.parts_with(right)
        return any(self._review_of_part[part] == review.pk for part in parts)

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
            allowed |= Q(review__in=whole)
        if parts:
            allowed |= Q(**{f"{part}__in": parts})
        return allowed
