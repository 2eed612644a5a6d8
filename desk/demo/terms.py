"""The terms of reference of the three reviews, in versions, and who has read which."""

import uuid

from django.utils import timezone

from accounts.models import User
from agencies.models import Agency
from foundations.dates import parse
from reviews.models import Participation
from reviews.terms import services
from reviews.terms.models import Term, TermsVersion

_SPACE = uuid.UUID("9a1e6f0c-6d0b-4a57-8a0e-2b7c3d9e4f11")

_COMMON = [
    "What did each agency know of abuse, and was risk recognised and assessed, and assessed anew when things changed?",
    "Were services offered in time, and were they in proportion to the risk that was known?",
    "Were the wishes and feelings of those at risk asked for, recorded and acted upon?",
    "What information was shared between agencies, what was not, and what difference did that make?",
    "Did each agency think about who the people were: their age, sex, health, disability, race and faith, and what that meant for getting help?",
    "Were policies followed, including those on referral to MARAC, and were they good enough?",
    "Did staff have the supervision and the time that the work asked for?",
]
_SUICIDE = [
    "Was suicide recognised as a risk of coercive control, and asked about?",
    "Did responses to self-harm ask about abuse at home?",
]
_LINES = [
    "Separation, and the months after it.",
    "What children saw and heard, and who asked them.",
]

# reference, versions: (why, terms added, key lines added, changed {number: words}, to agencies,
# to the panel), then who has read which version: (e-mail, agency or "" for the panel, version)
_TERMS = [
    (
        "DARDR-2026-01",
        [
            (
                "Agreed at the first panel meeting.",
                _COMMON,
                _LINES,
                {},
                ["Police", "Housing", "Northgate", "IDVA", "GP", "Children"],
            ),
            (
                "Two terms on suicide added at the second panel meeting. The second term now asks about time limits.",
                _SUICIDE,
                [],
                {
                    2: "Were services offered in time and within the limits that each agency sets itself, and were they in proportion to the risk that was known?"
                },
                ["Police", "Housing", "Northgate", "IDVA", "Children"],
            ),
        ],
        [("author", "Housing", 1), ("signoff", "Housing", 2), ("panel", "", 1)],
    ),
    (
        "DHR-2024-02",
        [
            (
                "Agreed at the first panel meeting.",
                _COMMON,
                _LINES[:1],
                {},
                ["Police", "Housing", "IDVA", "GP", "Adult care", "Eastwold Probation Trust"],
            ),
            ("", ["Was the release from prison planned together?"], [], {}, None),
        ],
        [("author", "Housing", 1), ("signoff", "Housing", 1), ("panel", "", 1)],
    ),
    (
        "DHR-2022-01",
        [
            (
                "Agreed at the second panel meeting.",
                _COMMON[:5],
                [],
                {},
                ["Police", "Northgate", "IDVA", "GP", "Adult care", "Tide"],
            )
        ],
        [],
    ),
]


def agree_terms(reviews, *, by):
    """`reviews` by reference; safe to repeat."""
    for reference, versions, readings in _TERMS:
        review = reviews[reference]
        if TermsVersion.objects.filter(review=review).exists():
            continue
        for version in versions:
            _make_version(review, *version, by=by)
        for name, agency, number in readings:
            services.confirm_reading(
                TermsVersion.objects.get(review=review, number=number),
                participation=_part(review, agency) if agency else None,
                by=User.objects.get(email=f"{name}@demo.example"),
            )


def _make_version(review, why, terms, lines, changed, agencies, *, by):
    """A version that goes to no agencies stays a draft."""
    version = services.begin_version(review, by=by, on=timezone.localdate())
    frame = {"why": why}
    if not version.scope_from:
        frame |= {"scope_from": parse("2018").value, "scope_reason": "Abuse was first recorded."}
    version = services.change_frame(version, seen=version.changes, by=by, **frame)
    for number, words in changed.items():
        row = version.texts.get(position=number)
        services.change_term(row, text=words, number=number, seen=row.changes, by=by)
    for kind, texts in ((Term.Kind.TERM, terms), (Term.Kind.LINE, lines)):
        for text in texts:
            key = uuid.uuid5(_SPACE, f"{review.reference}:{version.number}:{text}")
            services.add_term(version, kind=kind, text=text, by=by, key=key)
    if agencies:
        parts = [_part(review, agency) for agency in agencies]
        services.issue(version, participations=parts, panel=True, by=by)


def _part(review, agency):
    return Participation.objects.get(review=review, agency=Agency.objects.named(agency)[0])
