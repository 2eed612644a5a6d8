"""What there is to check, who can be asked to, and how a check stands."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from reviews.checking.models import AskedToCheck, Checked, CheckMark, QualityCheck
from reviews.models import RoleHolder
from reviews.panel.models import Conflict, PanelMember
from reviews.querying.models import Query
from reviews.requests.models import Request
from reviews.requests.states import State, What
from reviews.rules import Role

Outcome = CheckMark.Outcome
COLOURS = {
    Outcome.MET: "green",
    Outcome.PARTLY: "yellow",
    Outcome.NOT_MET: "red",
    Outcome.NOT_APPLICABLE: "grey",
}
FALLS_SHORT = frozenset({Outcome.PARTLY, Outcome.NOT_MET})


def requests_to_check(user, review):
    """The requests whose answers somebody may check."""
    return Request.objects.to_check_by(user).of(review).for_display()


def receipts_of(request):
    """Of what came, the newest first. A nil answer brings nothing to check."""
    return request.moves.filter(what=What.SUBMITTED).select_related("by").order_by("-pk")


def checkable(request):
    return request.kind in Checked.values and receipts_of(request).exists()


def who_can_be_asked(request):
    """Sitting members with an account who reach the review as its panel, are not of the agency
    itself, and have no conflict of interest with it."""
    part = request.participation
    on_the_panel = RoleHolder.objects.filter(
        role_group__review=part.review_id,
        role_group__role=Role.PANEL_MEMBER,
        user__is_active=True,
    )
    in_conflict = Conflict.objects.live().filter(
        Q(participation=part) | Q(participation=None), member__review=part.review_id
    )
    return (
        PanelMember.objects.sitting()
        .filter(review=part.review_id, user__in=on_the_panel.values("user"))
        .exclude(agency=part.agency_id)
        .exclude(user__in=in_conflict.values("member__user"))
    )


def newest_marks(check):
    """{item id: the newest mark}"""
    return {mark.item_id: mark for mark in check.marks.select_related("by").order_by("pk")}


@dataclass(frozen=True)
class Line:
    """One item of a check with what was found, and what was found before."""

    item: object
    mark: CheckMark | None
    earlier: list

    @property
    def tag(self):
        """(in words, colour)"""
        if self.mark is None or not self.mark.outcome:
            return "Not marked yet", "blue"
        return self.mark.get_outcome_display(), COLOURS[Outcome(self.mark.outcome)]

    @property
    def falls_short(self):
        return self.mark is not None and self.mark.outcome in FALLS_SHORT


def lines_of(check):
    marks = {}
    for mark in check.marks.select_related("by").order_by("pk"):
        marks.setdefault(mark.item_id, []).append(mark)
    return [
        Line(item, marks[item.pk][-1] if item.pk in marks else None, marks.get(item.pk, [])[:-1])
        for item in check.checklist.items.all()
    ]


def summary_of(lines):
    """“10 met, 2 partly met, 1 not met”"""
    counts = Counter(line.mark.outcome if line.mark else "" for line in lines)
    said = [f"{counts[one]} {one.label.lower()}" for one in Outcome if counts[one]]
    if counts[""]:
        said.append(f"{counts['']} not marked yet")
    return ", ".join(said)


def before_accepting(user, request):
    """What whoever accepts it should know, in sentences. Nothing of it stands in their way."""
    if request.state != State.SUBMITTED or not checkable(request):
        return []
    said = []
    checks = QualityCheck.objects.visible_to(user).filter(receipt=receipts_of(request).first())
    check = checks.select_related("checklist").first()
    lines = lines_of(check) if check else []
    if check is None:
        said.append("The quality check of what came has not been begun.")
    elif not check.is_over:
        said.append(f"The quality check is not finished: {summary_of(lines)}.")
    elif any(line.falls_short for line in lines):
        said.append(f"The quality check found: {summary_of(lines)}.")
    if n := Query.objects.visible_to(user).filter(request=request).unsettled().count():
        said.append(f"{n} {'query about it is' if n == 1 else 'queries about it are'} not settled.")
    return said


def asked_of(user, reviews):
    """{review id: the requests that this person was asked to check}, for their own page."""
    found = {}
    rows = AskedToCheck.objects.visible_to(user).filter(
        ended_at=None, member__user=user, request__participation__review__in=reviews
    )
    for asked in rows.select_related(
        "request__participation__agency", "request__participation__review"
    ):
        found.setdefault(asked.request.participation.review_id, []).append(asked.request)
    return found
