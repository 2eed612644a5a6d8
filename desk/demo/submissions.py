"""What agencies of the demonstration handed in: one waits for a second sign-off, one is shared."""

import io
import uuid
from datetime import timedelta

from django.utils import timezone
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from agencies.models import Agency
from foundations.dates import PartialDate, parse
from reviews.interviews.services import record_interview
from reviews.requests.models import Request
from reviews.requests.services import moving
from reviews.rules import Material, Role
from reviews.services import share
from reviews.submissions.models import Submission, SubmissionFile
from reviews.submissions.services.handing import enter, hand_in, return_inside, sign_off
from reviews.submissions.services.reading import read_file
from reviews.submissions.services.writing import add_file, begin

_SPACE = uuid.UUID("b7a0c0f8-5b86-4d0e-9d0b-2a2b8d2f7c35")
_HOUSING = {
    "heading": "Millbrook Homes",
    "met": "The housing office met FA 2 on six occasions between 2017 and 2023.",
    "lessons": [
        "A lock that is asked for is a question to be asked.",
        "Two teams each thought that the other had made the referral.",
    ],
    "recommendations": [
        "Ask every tenant who requests a lock change whether they feel safe at home.",
        "Name one officer for each referral to the specialist service.",
    ],
}
_POLICE = {
    "heading": "Millbrook Constabulary",
    "met": "Officers attended the address on four occasions between 2016 and 2023. On 9 November "
    "2018 officers took FA 2 to her sister’s home. A joint visit was made on 21 March 2023.",
    "lessons": ["Each call was assessed by itself, and nobody saw that there were four."],
    "recommendations": ["Show earlier calls to an address on the screen of whoever is sent."],
}


def hand_in_reports(review, *, author, officer, coordinator, chair):
    """After the agencies were asked. Safe to repeat."""
    housing, police = (_imr(review, agency) for agency in ("Housing", "Police"))
    _interview_staff(housing, by=author)
    if Submission.objects.filter(request__in=[housing, police]).exists():
        return
    _send_and_return(housing, author, officer, chair)
    _hand_in_again(housing, author)
    _enter_and_share(police, coordinator, chair)


def _send_and_return(request, author, officer, chair):
    first = begin(request, by=author)
    _add(first, "IMR Millbrook Homes.docx", report(**_HOUSING), by=author)
    hand_in(first, by=author, key=_key("handed in"))
    return_inside(
        first, by=officer, key=_key("inside"), reason="Please say who wrote it, and for whom."
    )
    hand_in(first, by=author, key=_key("handed in again"))
    sign_off(first, by=officer, key=_key("signed off"))
    moving.return_request(
        request,
        by=chair,
        key=_key("returned"),
        reason="Section 3 says what happened and not yet why. Please say what the officers knew then.",
        due=timezone.localdate() + timedelta(days=14),
    )


def _hand_in_again(request, author):
    """With a change and a comment left in the file, which the page shows before it is sent."""
    second = begin(request, by=author)
    words = report(**_HOUSING, why="The officers had no list of earlier requests.", marked=True)
    _add(second, "IMR Millbrook Homes, second version.docx", words, by=author)
    note = "Section 3 now says what the officers knew, and why nobody put the requests together."
    hand_in(second, by=author, key=_key("second"), note=note)


def _enter_and_share(request, coordinator, chair):
    version = begin(request, by=coordinator, on_behalf=True)
    _add(version, "IMR Millbrook Constabulary.docx", report(**_POLICE), by=coordinator)
    enter(
        version,
        by=coordinator,
        key=_key("entered"),
        signed_by_words="Detective superintendent, review team",
        reason="By secure e-mail, one Word file.",
    )
    moving.accept(request, by=chair, key=_key("accepted"))
    version.refresh_from_db()
    share(
        request.review,
        material=Material.SUBMISSION,
        submission=version,
        with_role=Role.PANEL_MEMBER,
        until=timezone.localdate() + timedelta(days=60),
        by=chair,
    )


def _add(submission, name, content, *, by):
    read_file(
        add_file(
            submission,
            content=content,
            name=name,
            part=SubmissionFile.Part.MAIN,
            key=_key(name),
            by=by,
        )
    )


# --- Interviews ---------------------------------------------------------------------------------

_OFFICER = "Senior investigating officer, major crime team"
# days ago (held) or ahead (planned), post, about, what was said before
_INTERVIEWS = [
    (-40, "Housing officer, north team", "The requests for a lock change, and what was asked then.",
     {"agreement": "agreed", "answered_by": _OFFICER, "answered": -55,
      "agreed_to": "An interview on housing practice, and not on the night of the death.",
      "conditions": "Notes are kept for the inquest."}),
    (-31, "Team leader, lettings", "How a transfer is decided, and who is told.",
     {"agreement": "not_needed", "why_not": "They did not know FA 2 and give no evidence."}),
    (9, "Repairs supervisor", "What those who come to a home are trained to see.",
     {"agreement": "waiting"}),
]  # fmt: skip


def _interview_staff(request, *, by):
    for days, post, about, said in _INTERVIEWS:
        answered = said.get("answered")
        record_interview(
            request,
            by=by,
            key=_key("interview", post),
            today=timezone.localdate(),
            state="held" if days < 0 else "planned",
            post=post,
            on=_day(days),
            by_whom="IMR author",
            about=about,
            answered_on=_day(answered) if answered else PartialDate.none(),
            **{name: words for name, words in said.items() if name != "answered"},
        )


def _day(days):
    return parse(f"{timezone.localdate() + timedelta(days=days):%-d %B %Y}").value


# --- The Word files -----------------------------------------------------------------------------


def report(*, heading, met, lessons, recommendations, why="", marked=False):
    """An IMR of an invented agency; `marked`: with a tracked change and a comment left in it."""
    document = Document()
    document.core_properties.author = "Review team"
    document.add_heading(f"Individual management review: {heading}", level=1)
    document.add_heading("1. Introduction", level=2)
    document.add_paragraph("Written by a manager who never dealt with FA 2 or MA 2.")
    document.add_heading("2. Involvement of the agency", level=2)
    document.add_paragraph(met)
    document.add_heading("3. Analysis", level=2)
    analysis = document.add_paragraph("Each contact was dealt with as it came. ")
    if why:
        analysis.add_run(why)
    if marked:
        _insert(analysis, " Nobody had been trained to look for a pattern.")
        document.add_comment(analysis.runs[0], text="Is this right?", author="Manager")
    document.add_heading("4. Lessons learned", level=2)
    for text in lessons:
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("5. Single agency recommendations", level=2)
    for text in recommendations:
        document.add_paragraph(text, style="List Number")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _insert(paragraph, text):
    """As Word keeps what was typed with changes tracked."""
    change = OxmlElement("w:ins")
    change.set(qn("w:id"), "900")
    change.set(qn("w:author"), "Manager")
    change.set(qn("w:date"), "2026-10-01T09:00:00Z")
    change.append(paragraph.add_run(text)._r)
    paragraph._p.append(change)


def _imr(review, agency):
    agency = Agency.objects.named(agency)[0]
    return Request.objects.get(
        participation__review=review, participation__agency=agency, kind="imr"
    )


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(words))
