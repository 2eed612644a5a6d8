"""What agencies handed in, and whom they interviewed for it, as lines of a schedule."""

from django.utils import timezone

from reviews.interviews.models import Interview
from reviews.letters.printing import as_word
from reviews.proceedings.disclosure.sources import Material, register
from reviews.submissions.models import SubmissionFile
from reviews.submissions.states import State
from reviews.wording.blocks import blocks_of


def _files(user, review):
    rows = SubmissionFile.objects.visible_to(user).filter(
        submission__request__participation__review=review, submission__state=State.SENT
    )
    return rows.select_related(
        "stored", "submission__move", "submission__request__participation__agency"
    ).defer("stored__body")


def _reports(user, review):
    for file in _files(user, review).order_by("submission", "pk"):
        version = file.submission
        what = "" if file.part == SubmissionFile.Part.MAIN else ", an appendix"
        yield Material(
            source="report",
            row=file.pk,
            description=f"{version.title}{what}",
            name=file.stored.name[:150],
            on=timezone.localdate(version.move.at),
            sha256=file.stored.sha256,
            concerns=(version.participation,),
        )


def _report(user, review, row):
    return _files(user, review).get(pk=row).stored.content


def _of_review(user, review):
    rows = Interview.objects.visible_to(user).filter(request__participation__review=review)
    return rows.select_related("request__participation__agency")


def _interviews(user, review):
    """Every entry, those that a later one stands instead of as well."""
    for one in _of_review(user, review).order_by("pk"):
        yield Material(
            source="interview",
            row=one.pk,
            description=f"Record {one.pk} of an interview with staff: "
            f"{one.get_state_display().lower()}",
            on=timezone.localdate(one.recorded_at),
            concerns=(one.request.participation,),
        )


def _interview(user, review, row):
    one = _of_review(user, review).get(pk=row)
    words = (
        f"Interviewed: {one.post}",
        f"{one.get_state_display()}: {one.on}, by {one.by_whom}",
        f"About: {one.about}",
        f"Senior investigating officer: {one.get_agreement_display()}",
        f"By {one.answered_by}, {one.answered_on}" if one.answered_by else "",
        f"To: {one.agreed_to}" if one.agreed_to else "",
        f"Conditions: {one.conditions}" if one.conditions else "",
        f"Why: {one.why_not}" if one.why_not else "",
    )
    return as_word(
        "Interview with staff",
        blocks_of("\n\n".join(filter(None, words))),
        above=one.request.participation.agency.name,
        reference=review.reference,
        made_at=timezone.now(),
    )


def add_what_was_requested():
    register("report", label="IMR or information report", lines=_reports, content=_report)
    register(
        "interview",
        label="Interview with staff",
        lines=_interviews,
        content=_interview,
        is_made=True,
    )
