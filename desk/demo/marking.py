"""What the chair says beside entries: marks of each kind, comments for each who may read one, themes
and terms, a theme of the partnership's own, and two events that several agencies describe."""

import uuid

from chronologies.marking import house
from chronologies.marking.models import Theme
from chronologies.marking.services import comments, events, marks, themes, ties
from chronologies.models import Entry
from reviews.terms.models import Term

_SPACE = uuid.UUID("3c0a4c0e-0b0e-4b77-9f0e-5a6d2f1b7a42")

# How the entry begins -> its marks: kind, note and what else they say ("with" names an agency).
_MARKS = {
    "FA 2 reported a threat to kill": (
        ("key", "The last report before the death.", {}),
        ("risk", "", {"grade": "high", "person": "FA 2"}),
        ("contact", "To all partners of the MARAC.", {"direction": "sent", "with": "IDVA"}),
    ),
    "No referral received. FA 2 telephoned": (
        ("missed", "Three weeks to wait, four weeks before the death.", {}),
        ("disputed", "Their record says that a referral was sent.", {"with": "Police"}),
        ("seen", "By telephone only.", {"seen": "heard", "person": "FA 2"}),
    ),
    "Assault on FA 2 in the street": (("key", "", {}),),
    "FA 2 asked to be rehoused": (
        ("policy", "The priority for somebody who flees abuse is high, not medium.", {}),
    ),
    "Referral received from the police": (
        ("good", "Three days after the assault.", {}),
        ("contact", "", {"direction": "received", "with": "Police"}),
    ),
    "Community order began": (
        ("risk", "", {"tool": "OASys", "grade": "medium", "person": "MA 2"}),
    ),
}
_COMMENTS = (
    (
        "No referral received. FA 2 telephoned",
        "chair",
        "Settle with both agencies before the next panel meeting which of the two is right.",
    ),
    (
        "FA 2 asked to be rehoused",
        "panel",
        "The policy of 2019 is in the pack of the third meeting.",
    ),
    (
        "FA 2 called. The record holds nothing",
        "agency",
        "Is there a call log beside the record that says what was asked?",
    ),
)
_OWN_THEME = ("Waiting times", "Working together")
_THEMES = {
    "FA 2 reported a threat to kill": ("Threats to kill", "Use of MARAC"),
    "No referral received. FA 2 telephoned": ("Use of MARAC", "Referral", "Waiting times"),
    "FA 2 asked to be rehoused": ("Housing", "Policy or procedure not followed", "Waiting times"),
}
_EVENTS = (
    (
        "The night of the wrist injury.",
        ("FA 1 had a swollen wrist", "Attended with MA 1. Fractured wrist", "Wrist injury, said"),
    ),
    ("The referral to MARAC.", ("MARAC referral received from Haven", "MARAC referral sent by")),
)


def mark_entries(reviews, part_of, *, chair, coordinator):
    """Safe to repeat."""
    house.install(Theme)
    review, other = reviews["DHR-2024-02"], reviews["DARDR-2026-01"]
    if review.has_ended or other.has_ended:
        return
    name, group = _OWN_THEME
    themes.add_theme(review.partnership, name=name, group=group, by=coordinator)
    for start, several in _MARKS.items():
        for kind, note, said in several:
            _mark(_entry(review, start), kind, note, said, part_of, by=chair)
    for start, audience, text in _COMMENTS:
        comments.add_comment(
            _entry(review, start), text=text, audience=audience, by=chair, key=_key(audience)
        )
    term = Term.objects.filter(review=review).order_by("pk").first()
    for start, names in _THEMES.items():
        chosen = Theme.objects.for_reviews_of(review.partnership).filter(name__in=names)
        terms = [term] if term else []
        ties.tie(_entry(review, start), themes=chosen, terms=terms, by=chair)
    for note, starts in _EVENTS:
        entries = [_entry(other, start) for start in starts]
        events.put_together(entries, by=chair, key=_key(note), note=note)


def _mark(entry, kind, note, said, part_of, *, by):
    said = dict(said)
    if agency := said.pop("with", None):
        said["counterpart"] = part_of(entry.review, agency)
    if pseudonym := said.get("person"):
        said["person"] = entry.review.people.get(pseudonym=pseudonym)
    marks.set_mark(entry, kind=kind, note=note, by=by, key=_key(entry.text, kind), **said)


def _entry(review, start):
    return Entry.objects.select_related("review").get(review=review, text__startswith=start)


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(words))
