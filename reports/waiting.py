"""Drafts that wait to be read, packs that wait for a letter and sets that wait for a signature, for the
reminders. None has a day to be done by: people are told on the day after, and once more while it waits."""

from collections import defaultdict

from django.utils import timezone

from reports.models import (
    READ_BY_THE_PANEL,
    Document,
    OfficeLetter,
    PackSent,
    Recipient,
    Release,
    Released,
    Remark,
    Side,
)
from reviews.acting import acting
from reviews.models import RoleHolder, Share
from reviews.panel.models import Conflict
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import reviews_held
from reviews.reminders.kinds import Owed, register
from reviews.rules import GRANTS, STAGES_OF, Material, Role

_WRITE = {role for role, grant in GRANTS.items() if "write_documents" in grant.review}
_RUN = {role for role, grant in GRANTS.items() if "run_review" in grant.review}
_MEMBERS, _READER = {Role.PANEL_MEMBER}, {Role.HOME_OFFICE_READER}


def remind_of_what_waits():
    register(
        "draft",
        sentence="A draft was shared with the panel, and you have said nothing of it.",
        owed=drafts_to_read,
        because="because it was shared with you to read",
    )
    register(
        "pack",
        sentence="A pack was sent for the quality panel, and no letter has answered it.",
        owed=packs_to_read,
        because="because it was sent to you to read",
    )
    register(
        "release",
        sentence="A set of documents waits to be signed off by your side.",
        owed=sets_to_sign,
        because="because it waits for your sign-off",
    )


def drafts_to_read(reviews):
    """By the members of the panel, until they have said something of it. Where a hold stops sharing, they
    reach no draft and are not told."""
    today = timezone.localdate()
    live = Share.objects.live(at=today)
    live = live.filter(material=Material.DOCUMENTS, with_role=Role.PANEL_MEMBER)
    rows = Document.objects.live().filter(
        review__in=reviews, state__in=READ_BY_THE_PANEL, shared_at__isnull=False
    )
    rows = rows.filter(review__in=live.values("review"))
    rows = _not_held(rows.select_related("review"), Stops.SHARING, today)
    people, said = _People(rows), _who_spoke(rows)
    for one in rows:
        members = people.holding(_MEMBERS, one.review_id) - said[one.pk]
        yield _waiting(one, one.review, one.shared_at, one.get_absolute_url(), members)


def _who_spoke(documents):
    """{id of the document: who said something of it since it was shared}"""
    found = defaultdict(set)
    if not documents:
        return found
    shared = {one.pk: one.shared_at for one in documents}
    rows = Remark.objects.filter(answer=None, paragraph__section__document__in=documents)
    for document, at, by in rows.values_list("paragraph__section__document", "at", "by"):
        if at >= shared[document]:
            found[document].add(by)
    return found


def packs_to_read(reviews):
    """By the Home Office's reader, who reaches a review at certain stages; the last pack that was sent,
    until a letter has come back about it."""
    rows = PackSent.objects.standing().filter(
        pack__to=Recipient.HOME_OFFICE,
        pack__review__in=reviews,
        pack__review__stage__in=STAGES_OF[Role.HOME_OFFICE_READER],
    )
    rows = rows.select_related("pack__review").prefetch_related("pack__sendings")
    last = {one.pack.review_id: one for one in rows.order_by("pack__number")}
    people, answered = _People([one.pack for one in last.values()]), _answered(last)
    for review_id, one in last.items():
        if one.pack_id in answered:
            continue
        readers = people.holding(_READER, review_id)
        page = one.pack.get_absolute_url()
        yield _waiting(one.pack, one.pack.review, _sent_at(one.pack), page, readers)


def _sent_at(pack):
    """When it was first said that it went, since it was last said that it did not. Its day was perhaps
    corrected meanwhile, and nobody is told once more of that."""
    at = None
    for one in sorted(pack.sendings.all(), key=lambda one: one.pk):
        at = (at or one.at) if one.on else None
    return at


def _answered(last):
    """Ids of the packs that a letter was entered about; one that says of none is about the last pack."""
    if not last:
        return set()
    found = set()
    rows = OfficeLetter.objects.filter(review__in=list(last), withdrawal=None)
    for review, pack, at in rows.values_list("review", "pack", "at"):
        if pack:
            found.add(pack)
        elif at > last[review].at:
            found.add(last[review].pack_id)
    return found


def sets_to_sign(reviews):
    """By those of a side that has not signed it; who runs the review signs for the partnership alone. A
    hold of publication keeps everybody from signing."""
    today = timezone.localdate()
    rows = Release.objects.filter(review__in=reviews, state=Released.PROPOSED)
    rows = rows.select_related("review").prefetch_related("sign_offs")
    rows = _not_held(rows, Stops.PUBLICATION, today)
    people = _People(rows)
    for one in rows:
        run = people.holding(_RUN & _WRITE, one.review_id)
        whom = {
            Side.PARTNERSHIP: run,
            Side.CHAIR: people.holding(_WRITE, one.review_id) - run,
        }
        signed = {each.by_id for each in one.sign_offs.all()}
        left = frozenset().union(*(whom[side] for side in one.sides_to_come)) - signed
        yield _waiting(one, one.review, one.proposed_at, one.get_absolute_url(), left)


# --- Who and how -----------------------------------------------------------------------------------


def _not_held(rows, what, on):
    """[row] of those in whose review no hold stops this on the day."""
    rows = list(rows)
    held = set(reviews_held({one.review_id for one in rows}, what, on=on)) if rows else ()
    return [one for one in rows if one.review_id not in held]


def _waiting(row, review, at, page, user_ids):
    came = timezone.localdate(at)
    return Owed(
        item=str(row.pk),
        review=review,
        due=came,
        since=came,
        page=page,
        user_ids=frozenset(user_ids),
        inside=True,
    )


class _People:
    """Who holds a role in the reviews of some rows and has no conflict there, of any agency."""

    def __init__(self, rows):
        reviews = {one.review_id for one in rows}
        self.held, conflicts = defaultdict(set), set()
        if not reviews:
            return
        live = Conflict.objects.live().filter(member__review__in=reviews)
        conflicts.update(live.values_list("member__review", "member__user"))
        holders = RoleHolder.objects.filter(
            role_group__review__in=reviews, role_group__participation=None
        )
        for review, role, user in acting(holders).values_list(
            "role_group__review", "role_group__role", "user"
        ):
            if (review, user) not in conflicts:
                self.held[review, role].add(user)

    def holding(self, roles, review_id):
        return frozenset().union(*(self.held[review_id, role] for role in roles))
