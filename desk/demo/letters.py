"""Letters of the demonstration: sent before it was entered here, on their way, and still in draft."""

import contextlib
import uuid
from datetime import date

from django.utils import timezone

from agencies.models import Agency
from foundations.office.pdf import FontsMissing, RenderFailed
from reviews.letters.models import Letter
from reviews.letters.services import (
    change_letter,
    finish_letter,
    make_letter,
    register_letter_from_elsewhere,
    write_in_register,
)
from reviews.wording.kinds import Kind
from reviews.wording.services import install_house_wordings, make_version, newest_for

_SPACE = uuid.UUID("a4b2c8de-1f0a-4b61-9a77-3d5e60c41f02")

# reference, kind, agency, what it was about, sent, how, acknowledged
_BEFORE = [
    (
        "DARDR-2026-01",
        Kind.AGENCY_SCOPING,
        "Police",
        "Request to search and secure records",
        date(2025, 12, 8),
        "secure",
        date(2025, 12, 10),
    ),
    (
        "DARDR-2026-01",
        Kind.HOME_OFFICE_DECISION,
        "",
        "Decision to hold a review",
        date(2026, 2, 12),
        "email",
        date(2026, 2, 26),
    ),
    (
        "DHR-2024-02",
        Kind.HOME_OFFICE_DECISION,
        "",
        "Decision to hold a review",
        date(2024, 4, 22),
        "email",
        None,
    ),
    (
        "DHR-2022-01",
        Kind.COMMISSIONER_REPORT,
        "",
        "Report of a completed review",
        date(2024, 6, 3),
        "secure",
        date(2024, 6, 5),
    ),
]


def write_letters(reviews, *, by):
    """`reviews` by reference; safe to repeat."""
    install_house_wordings()
    if Letter.objects.filter(review__in=reviews.values()).exists():
        return
    for reference, kind, agency, title, sent, how, acknowledged in _BEFORE:
        review = reviews[reference]
        letter = register_letter_from_elsewhere(
            review,
            kind=kind,
            title=title,
            participation=_part(review, agency) if agency else None,
            on=sent,
            how=how,
            by=by,
            key=_key(reference, kind, agency),
            today=timezone.localdate(),
        )
        if acknowledged:
            _register(letter, "acknowledged", on=acknowledged, how="email", by=by)
    _write_today(reviews["DARDR-2026-01"], by=by)
    _write_to_family(reviews["DARDR-2026-01"], by=by)
    _reword(reviews["DARDR-2026-01"].partnership, by=by)


def _write_today(review, *, by):
    """One that came back, one to be finished, and one in which something is not known."""
    drafts = {}
    for agency, reply_by in (("GP", date(2027, 1, 29)), ("Northgate", date(2027, 1, 29))):
        drafts[agency] = make_letter(
            review,
            kind=Kind.AGENCY_IMR_REQUEST,
            by=by,
            key=_key(review.reference, "imr", agency),
            on=timezone.localdate(),
            participation=_part(review, agency),
            reply_by=reply_by,
        )
    make_letter(
        review,
        kind=Kind.COMMISSIONER_REPORT,
        by=by,
        key=_key(review.reference, "report"),
        on=timezone.localdate(),
    )
    # A machine that cannot draw PDFs still gets a demonstration, with one more draft in it.
    with contextlib.suppress(RenderFailed, FontsMissing):
        _send_and_get_back(drafts["GP"], by=by)


def _write_to_family(review, *, by):
    """To a grandmother when the review began, and to an aunt who was found since."""
    letter = register_letter_from_elsewhere(
        review,
        kind=Kind.FAMILY_FIRST,
        title="A review, and your part in it",
        person=review.people.get(pseudonym="Grandmother 1"),
        on=date(2026, 2, 17),
        how="post",
        by=by,
        key=_key(review.reference, "grandmother"),
        today=timezone.localdate(),
    )
    _register(letter, "acknowledged", on=date(2026, 3, 3), how="telephone", by=by)
    letter = make_letter(
        review,
        kind=Kind.FAMILY_FIRST,
        by=by,
        key=_key(review.reference, "aunt"),
        on=timezone.localdate(),
        person=review.people.get(pseudonym="Aunt 1"),
        reply_by=date(2027, 1, 29),
    )
    with contextlib.suppress(RenderFailed, FontsMissing):
        letter = finish_letter(letter, by=by)
        _register(letter, "sent", on=timezone.localdate(), how="post", by=by)


def _send_and_get_back(letter, *, by):
    letter = change_letter(
        letter,
        title="Request for a short individual management review",
        text=letter.text,
        seen=letter.changes,
        by=by,
    )
    letter = finish_letter(letter, by=by)
    _register(letter, "sent", on=timezone.localdate(), how="email", by=by)
    _register(
        letter,
        "returned",
        on=timezone.localdate(),
        how="email",
        by=by,
        note="The mailbox of the surgery is full.",
    )


def _reword(partnership, *, by):
    make_version(
        kind=Kind.AGENDA,
        partnership=partnership,
        title="Agenda: {{ meeting.title }}, {{ meeting.date }}",
        text=(
            "1. Welcome, apologies and deputies\n2. Conflicts of interest and confidentiality\n"
            "3. Minutes and actions\n4. Family and friends\n5. Criminal proceedings and inquest\n"
            "6. Chronologies and IMRs: what is awaited\n7. Learning that cannot wait\n"
            "8. Dates and any other business"
        ),
        source="The partnership’s own panel protocol. Checked by the coordinator.",
        effective_from=timezone.localdate(),
        seen=newest_for(Kind.AGENDA, partnership),
        by=by,
        on=timezone.localdate(),
        key=_key(partnership.slug, "agenda"),
    )


def _register(letter, what, **more):
    key = _key(str(letter.key), what)
    write_in_register(letter, what=what, key=key, today=timezone.localdate(), **more)


def _part(review, agency):
    return review.participations.get(agency=Agency.objects.named(agency)[0])


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(words))
