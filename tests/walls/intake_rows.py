"""How a review begins: one row of every kind, in both states that a wall can stand between."""

from reviews.intake.models import ConsentWord, NotifiedIdentity
from reviews.intake.services.notifying import send_link
from tests.factories.reviews_intake import (
    CircumstancesFactory,
    ConcernOwnerFactory,
    DecisionCriterionFactory,
    EarlyActionFactory,
    EarlyActionMoveFactory,
    KnownPersonFactory,
    NotificationFactory,
    NotificationLinkFactory,
    PossibleDuplicateFactory,
    ReviewDecisionFactory,
    ScopingAnswerFactory,
    ScopingRequestFactory,
    UrgentConcernFactory,
)


def begin(rows, review, *, mark):
    _decide(rows, review)
    _ask(rows)
    _notify(rows, review, mark)
    _act_at_once(rows, review)


def _decide(rows, review):
    CircumstancesFactory(review=review, manner="survived", survivor_consent="not_asked")
    ConsentWord.objects.create(review=review, consent="unable", note="In hospital")
    another = ReviewDecisionFactory(
        review=review, outcome="other", other_kind="Joint", recorded_by=rows.coordinator
    )
    DecisionCriterionFactory(decision=another)


def _ask(rows):
    for each in (rows.ours, rows.theirs, rows.third, rows.foreign):
        each.scoping = ScopingRequestFactory(participation=each.part, asked_by=each.author)
        answer = ScopingAnswerFactory(
            request=each.scoping,
            answered_by=each.author,
            records_destroyed="some",
            destroyed_under="Schedule 8",
        )
        KnownPersonFactory(answer=answer, person=each.part.review.people.first())
    rows.scoping = rows.ours.scoping


def _act_at_once(rows, review):
    """For each agency a concern that it deals with, and an early action of its own."""
    for each in (rows.ours, rows.theirs, rows.third, rows.foreign):
        here = each.part.review
        each.concern = UrgentConcernFactory(
            review=here, raised_by=each.author, raised_for=each.part, owner=each.part
        )
        UrgentConcernFactory(
            review=here,
            raised_by=each.author,
            raised_for=each.part,
            closed_at=each.concern.raised_at,
            closed_by=each.author,
            closing="Referred",
        )
        ConcernOwnerFactory(concern=each.concern, owner=each.part, given_by=each.author)
        each.early_action = EarlyActionFactory(owner=each.part, made_by=each.author)
        EarlyActionMoveFactory(action=each.early_action, moved_by=each.author)
        EarlyActionFactory(
            owner=each.part,
            made_by=each.author,
            done="Held",
            done_at=each.concern.raised_at,
            done_by=each.author,
        )
    rows.concern, rows.early_action = rows.ours.concern, rows.ours.early_action


def _notify(rows, review, mark):
    """Two that may be the same death, and one that led to the review."""
    by, place = rows.coordinator, review.partnership
    rows.notification_link = NotificationLinkFactory(partnership=place, created_by=by)
    used = NotificationLinkFactory(
        partnership=place, created_by=by, used_at=rows.notification_link.created_at
    )
    settled = {"settled_at": used.used_at, "settled_by": by}
    rows.notification = NotificationFactory(partnership=place, received_by=by)
    older = NotificationFactory(
        partnership=place, link=used, state="closed", closed_because="mistake", **settled
    )
    rows.notification_of_review = NotificationFactory(
        partnership=place, received_by=by, state="review", review=review, **settled
    )
    rows.possible_duplicate = PossibleDuplicateFactory(notification=rows.notification, other=older)
    for told in (rows.notification, older, rows.notification_of_review):
        # No page shows these for the asking: they are sealed, and behind a password.
        said = {
            name: mark(name, review.reference, "team", "sealed")
            for name in ("name", "born", "address", "circumstances", "others", "contacts")
        }
        NotifiedIdentity.objects.create(notification=told, **said)
    _, rows.notify_secret = send_link(
        place, for_whom="Coroner", sent_to="coroner@agency.example", by=by
    )
