"""Pictures that are not rows: a notification as facts, two of them beside one another."""

from django.utils import timezone

from reviews.intake.models import PossibleDuplicate

LABELS = (
    ("name", "Full name"),
    ("born", "Date of birth"),
    ("address", "Where they lived"),
    ("circumstances", "What happened"),
    ("others", "Who else is concerned"),
    ("contacts", "Whom to ask"),
)


def identity_of(notification):
    """[(label, words)] of whom it is about. Whoever asks for it tells the trail."""
    identity = notification.identity
    return [(label, getattr(identity, name)) for name, label in LABELS]


def facts_of(notification):
    """[(label, value)] of what identifies nobody."""
    told = notification
    facts = [
        ("Told on", f"{told.told_on:%-d %B %Y}"),
        ("By", f"{told.get_source_display()}: {told.from_whom}"),
        ("How it reached us", _way(told)),
        ("Death", told.get_manner_display()),
        ("Date of the death", str(told.death)),
        ("Suspect", told.get_charge_display()),
    ]
    if told.review:
        facts.append(("Review", told.review.reference))
    if told.closed_because:
        facts.append(("Closed because", told.get_closed_because_display()))
    if told.closing_note:
        facts.append(("What was done", told.closing_note))
    if told.settled_at:
        facts.append(
            ("Settled", f"by {told.settled_by}, {timezone.localtime(told.settled_at):%-d %B %Y}")
        )
    return facts


def _way(told):
    if told.link_id:
        return f"By a link sent to: {told.link.for_whom}"
    return f"Entered by {told.received_by or 'the system'}"


def beside_one_another(doubt):
    """[(label, of the older, of the newer)] of what two notifications say."""
    newer = dict(facts_of(doubt.notification))
    older = dict(facts_of(doubt.other))
    labels = [*older, *(label for label in newer if label not in older)]
    return [(label, older.get(label, ""), newer.get(label, "")) for label in labels]


def doubts_about(notification, user):
    """What a coordinator has to compare it with, or has compared it with."""
    return list(PossibleDuplicate.objects.visible_to(user).about(notification))
