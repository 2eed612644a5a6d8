"""What the service can see for itself of whether a task is done. Rooms above add what is theirs.

Each check is asked for many reviews at once, and only of rows that whoever asks may see.
"""

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum

from django.urls import reverse

from reviews.clock.kinds import Milestone
from reviews.clock.models import Reached
from reviews.family.models import ContactEntry, Correspondent, Wish
from reviews.intake.models import EarlyAction, ReviewDecision, ScopingRequest, UrgentConcern
from reviews.letters.models import Letter
from reviews.models import Participation
from reviews.panel.models import ContractTerms, Declaration, PanelMember
from reviews.terms.models import TermsVersion


class Found(Enum):
    NOTHING = "nothing"
    PART = "part"
    ALL = "all"


@dataclass(frozen=True)
class Finding:
    found: Found
    missing: str = ""  # after "Marked done, but …"


@dataclass(frozen=True)
class Check:
    label: str
    find: object  # (user, reviews) -> {id of each review: Finding}
    page: str  # where it is done, by the name of its address in a review


_CHECKS = {}


def register(key, label, find, page):
    """Called once for each, when the installation starts."""
    _CHECKS[key] = Check(label, find, page)


def page_for(key, review):
    """Where people do what this check looks for; empty where nothing is looked for."""
    check = _CHECKS.get(key)
    return reverse(check.page, args=[review.reference]) if check else ""


def check_choices():
    return [(key, check.label) for key, check in _CHECKS.items()]


def findings(keys, user, reviews):
    """{key: {id of a review: Finding}}, in as many queries for many reviews as for one."""
    return {key: _CHECKS[key].find(user, reviews) for key in sorted(set(keys)) if key in _CHECKS}


def yes_or_no(done, missing):
    return Finding(Found.ALL) if done else Finding(Found.NOTHING, missing)


def so_many(done, all_, *, none, one, many):
    """`none` where there is nothing to count; `one` and `many` say what is missing."""
    if not all_:
        return Finding(Found.NOTHING, none)
    if done >= all_:
        return Finding(Found.ALL)
    left = all_ - done
    said = f"{left} {one if left == 1 else many}"
    return Finding(Found.PART if done else Found.NOTHING, said)


def _by_review(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.review_id].append(row)
    return found


# --- What this room knows of --------------------------------------------------------------------


def _milestone(milestone, missing):
    def find(user, reviews):
        rows = Reached.objects.visible_to(user).filter(review__in=reviews, milestone=milestone)
        newest = {row.review_id: bool(row.on) for row in rows.order_by("pk")}
        return {one.pk: yes_or_no(newest.get(one.pk), missing) for one in reviews}

    return find


def _scoping(user, reviews):
    rows = ScopingRequest.objects.visible_to(user).filter(participation__review__in=reviews)
    asked = defaultdict(list)
    for row in rows.with_latest_answer().select_related("participation"):
        asked[row.participation.review_id].append(row)
    return {
        one.pk: so_many(
            sum(bool(row.known) for row in asked[one.pk]),
            len(asked[one.pk]),
            none="no agency has been asked",
            one="agency has not answered",
            many="agencies have not answered",
        )
        for one in reviews
    }


def _decided(user, reviews):
    rows = ReviewDecision.objects.visible_to(user).filter(review__in=reviews).order_by("number")
    newest = {row.review_id: row.outcome for row in rows}

    def find(outcome):
        if outcome == ReviewDecision.Outcome.DEFERRED:
            return Finding(Found.PART, "the decision is deferred")
        return yes_or_no(outcome, "no decision is recorded")

    return {one.pk: find(newest.get(one.pk)) for one in reviews}


def _home_office(user, reviews):
    told = _milestone(Milestone.HOME_OFFICE_TOLD, "")(user, reviews)
    letters = Letter.objects.visible_to(user).filter(
        review__in=reviews, recipient="home_office", set_aside_at=None
    )
    sent = {one.review_id for one in letters.prefetch_related("register") if one.sent}
    missing = "no letter to the Home Office was sent"
    return {
        one.pk: yes_or_no(told[one.pk].found is Found.ALL or one.pk in sent, missing)
        for one in reviews
    }


def _contacts(missing, **which):
    def find(user, reviews):
        rows = ContactEntry.objects.visible_to(user).standing()
        there = set(
            rows.filter(correspondent__review__in=reviews, **which).values_list(
                "correspondent__review", flat=True
            )
        )
        return {one.pk: yes_or_no(one.pk in there, missing) for one in reviews}

    return find


def _sitting(user, reviews):
    return _by_review(PanelMember.objects.visible_to(user).sitting().filter(review__in=reviews))


def _chair(user, reviews):
    panel = _sitting(user, reviews)
    missing = "no chair sits on the panel"
    return {
        one.pk: yes_or_no(any(member.is_chair for member in panel[one.pk]), missing)
        for one in reviews
    }


def _declared(kind, among, none):
    def find(user, reviews):
        rows = Declaration.objects.visible_to(user).standing()
        declared = set(
            rows.filter(kind=kind, member__review__in=reviews).values_list("member", flat=True)
        )
        panel = _sitting(user, reviews)
        return {
            one.pk: so_many(
                sum(member.pk in declared for member in panel[one.pk] if among(member)),
                sum(bool(among(member)) for member in panel[one.pk]),
                none=none,
                one="member has not declared",
                many="members have not declared",
            )
            for one in reviews
        }

    return find


def _contracts(user, reviews):
    rows = ContractTerms.objects.visible_to(user).filter(member__review__in=reviews)
    agreed = set(rows.values_list("member", flat=True))
    panel = _sitting(user, reviews)
    return {
        one.pk: so_many(
            sum(member.pk in agreed for member in panel[one.pk] if member.is_contracted),
            sum(member.is_contracted for member in panel[one.pk]),
            none="nobody is to be contracted yet",
            one="contract is not agreed",
            many="contracts are not agreed",
        )
        for one in reviews
    }


def _terms(user, reviews):
    rows = _by_review(TermsVersion.objects.visible_to(user).filter(review__in=reviews))

    def find(versions):
        if any(not version.is_draft for version in versions):
            return Finding(Found.ALL)
        found = Found.PART if versions else Found.NOTHING
        return Finding(found, "no version of the terms was issued")

    return {one.pk: find(rows[one.pk]) for one in reviews}


def _chronologies(user, reviews):
    parts = Participation.objects.visible_to(user).contributing().filter(review__in=reviews)
    parts = _by_review(parts)
    return {
        one.pk: so_many(
            sum(part.is_submitted for part in parts[one.pk]),
            len(parts[one.pk]),
            none="no agency takes part yet",
            one="agency has not submitted its chronology",
            many="agencies have not submitted their chronologies",
        )
        for one in reviews
    }


def _nothing_open(rows_of, *, one, many):
    """Done once there is none that is open. Where there never was one, that is done as well."""

    def find(user, reviews):
        left = rows_of(user, reviews)
        return {
            review.pk: Finding(Found.ALL)
            if not left[review.pk]
            else Finding(Found.PART, f"{left[review.pk]} {one if left[review.pk] == 1 else many}")
            for review in reviews
        }

    return find


def _counted(rows):
    counts = defaultdict(int)
    for review in rows.values_list("review", flat=True):
        counts[review] += 1
    return counts


def _open_concerns(user, reviews):
    return _counted(UrgentConcern.objects.visible_to(user).open().filter(review__in=reviews))


def _open_early_actions(user, reviews):
    return _counted(EarlyAction.objects.visible_to(user).open().filter(review__in=reviews))


def _wishes(user, reviews):
    wishes = Wish.objects.visible_to(user).filter(review__in=reviews).prefetch_related("answers")
    counts = defaultdict(int)
    for wish in wishes:
        counts[wish.review_id] += wish.answer is None
    return counts


_FAMILY = {
    "correspondent__standing": Correspondent.Standing.FAMILY,
    "direction__in": [ContactEntry.Direction.OURS, ContactEntry.Direction.MET],
}
_MILESTONES = {
    Milestone.NOTIFIED: ("The notification is recorded", "no notification is recorded"),
    Milestone.REPORT_COMPLETED: ("The report is completed", "no day of completion is recorded"),
    Milestone.SENT: ("The report is sent", "no day of sending is recorded"),
    Milestone.PUBLISHED: ("The report is published", "no day of publication is recorded"),
}
for _one, (_label, _missing) in _MILESTONES.items():
    register(_one.value.replace("_", "-"), _label, _milestone(_one, _missing), "reviews:clock")
register(
    "scoping-answered",
    "Every agency that was asked has answered",
    _scoping,
    "reviews:scoping-board",
)
register("decided", "A decision is recorded", _decided, "reviews:decision-list")
register("home-office-told", "The Home Office is told", _home_office, "reviews:letter-list")
register(
    "family-told",
    "The family has been written to or met",
    _contacts("no contact with the family is recorded", **_FAMILY),
    "reviews:family",
)
register("chair-appointed", "A chair sits on the panel", _chair, "reviews:panel-list")
register(
    "chair-independent",
    "Chair and author have declared their independence",
    _declared(
        Declaration.Kind.INDEPENDENCE,
        lambda member: member.is_contracted,
        "no chair sits on the panel",
    ),
    "reviews:panel-list",
)
register(
    "panel-declared",
    "Every member has declared confidentiality",
    _declared(Declaration.Kind.CONFIDENTIALITY, lambda member: True, "nobody sits on the panel"),
    "reviews:panel-list",
)
register(
    "contracts-agreed", "Contracts of chair and author are agreed", _contracts, "reviews:panel-list"
)
register("terms-issued", "Terms of reference are issued", _terms, "reviews:terms")
register(
    "chronologies-submitted",
    "Every agency has submitted its chronology",
    _chronologies,
    "desk:participation-list",
)
register(
    "draft-shared",
    "The draft was shared with somebody of the family",
    _contacts(
        "no sharing of the draft is recorded",
        draft__in=[ContactEntry.Draft.PART, ContactEntry.Draft.WHOLE],
    ),
    "reviews:family",
)
register(
    "concerns-closed",
    "Every urgent concern is closed",
    _nothing_open(
        _open_concerns,
        one="urgent concern is not closed",
        many="urgent concerns are not closed",
    ),
    "reviews:concern-list",
)
register(
    "early-actions-done",
    "Every immediate action is done",
    _nothing_open(
        _open_early_actions,
        one="immediate action is not done",
        many="immediate actions are not done",
    ),
    "reviews:early-actions",
)
register(
    "wishes-answered",
    "Every wish and question is answered",
    _nothing_open(
        _wishes,
        one="wish or question has no answer",
        many="wishes or questions have no answer",
    ),
    "reviews:wish-list",
)
