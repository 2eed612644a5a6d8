"""Whoever was replaced, or said that they have a conflict, after the page was opened changes nothing."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from audit.models import Event
from foundations.dates import parse
from foundations.office.marked import marked_of
from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.checks.answers import Answers
from reports.checks.looking import look
from reports.copies import remarking, rounds
from reports.copies.about import candidates, seen_in
from reports.copies.family import record_change, record_reading
from reports.homeoffice import letters
from reports.homeoffice.services import answer_form
from reports.models import Rendering
from reports.outline import Outline
from reports.services import bringing, word
from reports.services.checks import answer, keep_found
from reports.services.documents import share_document, unshare_document
from reports.services.renderings import ask_for_rendering
from reports.services.rights import NO_LONGER
from reviews.access import access_of
from reviews.models import RoleHolder
from reviews.rules import Role
from reviews.services import end_role
from tests.conftest import with_role
from tests.factories.reports import begun, paragraph_in
from tests.factories.reports_homeoffice import a_letter, letter_of, points_in
from tests.factories.reports_scans import decided, scanned
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_family import CorrespondentFactory
from tests.factories.reviews_panel import ConflictFactory
from tests.reports.word import existing

pytestmark = pytest.mark.django_db


class Work:
    """A review with what its chair could do next."""

    def __init__(self):
        self.review = ReviewFactory()
        self.chair = with_role(Role.CHAIR, self.review)
        self.document = begun(self.review)
        self.section = self.document.sections.get(code="background")
        self.police = ParticipationFactory(review=self.review)
        self.author = with_role(Role.IMR_AUTHOR, self.review, self.police)
        self.by = self.chair  # who presses
        self.paragraph = paragraph_in(self.section, f"{self.police.agency.name} came.")

    def said(self, **more):
        return {"by": self.chair, "key": uuid.uuid4()} | more

    # --- Each gets what it needs ready, and returns what is left to press ------------------------

    def decide(self):
        scan = scanned(self.review, by=self.chair)
        return lambda: decided(scan, by=self.chair)

    def share(self):
        return lambda: share_document(self.document, by=self.chair)

    def unshare(self):
        share_document(self.document, by=self.chair)
        return lambda: unshare_document(self.document, by=self.chair)

    def send_round(self):
        seen = seen_in(candidates(Outline(self.document, texts=True), self.police))
        said = self.said(paragraphs=[self.paragraph], seen=seen)
        said["due"] = timezone.localdate() + timedelta(days=9)
        return lambda: rounds.send_round(self.document, self.police, **said)

    def withdraw_round(self):
        sent = self.send_round()()
        return lambda: rounds.withdraw_round(sent, because="Too early", by=self.chair)

    def enter_letter(self):
        said = {"content": a_letter("Say when."), "name": "a.docx", "outcome": "publish"}
        said |= self.said(on=timezone.localdate(), pack=None)
        return lambda: letters.enter_letter(self.review, **said)

    def enter_points(self):
        letter = letter_of(self.review, by=self.chair)
        return lambda: letters.enter_points(letter, ["Say when."], **self.said(seen=0))

    def answer_point(self):
        point = points_in(letter_of(self.review, by=self.chair), by=self.chair)[0]
        said = self.said(how="not", words="It is said in 4.1.")
        return lambda: letters.answer_point(point, **said)

    def withdraw_letter(self):
        letter = letter_of(self.review, by=self.chair)
        return lambda: letters.withdraw(letter, **self.said(why="Twice"))

    def answer_form(self):
        said = self.said(why="The record says so", seen=0)
        return lambda: answer_form(self.review, {"stalking": "Yes"}, **said)

    def answer_check(self):
        keep_found(self.document, by=self.chair)
        (line, *_) = Answers(self.document).beside(look(self.document).items)[-1].questions
        said = self.said(code=line.code, says="yes", reason="", seen=0)
        return lambda: answer(self.document, **said)

    def record_reading(self):
        how = {"variant": "confidential", "format_": "html", "has_plan": False}
        asked = ask_for_rendering(self.document, **self.said(**how))
        run_job(Job.objects.get(key=asked.job_key).pk)
        said = self.said(how="aloud", on=parse(f"{timezone.localdate():%-d %B %Y}").value)
        said["rendering"] = Rendering.objects.get(pk=asked.pk)
        said["correspondent"] = CorrespondentFactory(review=self.review)
        return lambda: record_reading(self.document, **said)

    def record_change(self):
        reading = self.record_reading()()
        return lambda: record_change(reading, **self.said(words="We say so now"))

    def settle_remark(self):
        one = self.remark()()
        self.by = self.chair
        return lambda: remarking.decline(one, **self.said(words="The record says so."))

    def remark(self):
        share_document(self.document, by=self.chair)
        self.by = with_role(Role.PANEL_MEMBER, self.review)
        said = self.said(version=self.paragraph.versions.get(), kind="comment", words="By whom?")
        return lambda: remarking.remark(self.paragraph, **said | {"by": self.by})

    def withdraw_remark(self):
        one = self.remark()()
        return lambda: remarking.withdraw(one, by=self.by, key=uuid.uuid4())

    def answer_line(self):
        line = self.send_round()().lines.get()
        self.by = self.author
        said = self.said(verdict="accurate", by=self.by)
        return lambda: rounds.answer_line(line, **said)

    def hand_in(self):
        sent = self.send_round()()
        self.by = self.author
        return lambda: rounds.hand_in(sent, by=self.by, others_accurate=True)

    def take_away(self):
        said = self.said()
        return lambda: word.take_away(self.document, **said)

    def bring_back(self):
        content = word.take_away(self.document, **self.said()).stored.content
        said = self.said(content=content, name="a.docx")
        return lambda: word.bring_back(self.document, marked_of(content, "a.docx"), **said)

    def save_returned(self):
        returned = self.bring_back()()
        return lambda: word.save(returned, [], by=self.chair)

    def discard_returned(self):
        returned = self.bring_back()()
        return lambda: word.discard(returned, by=self.chair)

    def bring(self):
        said = self.said(content=existing.saved(existing.typed(styled=True)), name="a.docx")
        return lambda: bringing.bring(self.review, **said)

    def save_brought(self):
        one = self.bring()()
        return lambda: bringing.save(one, by=self.chair)

    def discard_brought(self):
        one = self.bring()()
        return lambda: bringing.discard(one, by=self.chair)


WORK = [name for name in vars(Work) if not name.startswith("_") and name != "said"]


def refused(press):
    before = Event.objects.count()
    with pytest.raises(ValidationError) as refusal:
        press()
    return refusal.value.messages == [NO_LONGER] and Event.objects.count() == before


@pytest.mark.parametrize("what", WORK)
def test_who_was_replaced_meanwhile_does_nothing_more(what):
    work = Work()
    press = getattr(work, what)()
    access_of(work.by)  # as the page asked

    end_role(RoleHolder.objects.get(user=work.by), by=None)

    assert refused(press)


@pytest.mark.parametrize("what", WORK)
def test_who_still_may_does_it(what):
    press = getattr(Work(), what)()
    before = Event.objects.count()

    press()

    assert Event.objects.count() > before


def test_a_coordinator_who_declared_a_conflict_meanwhile_answers_for_no_agency():
    work = Work()
    line = work.send_round()().lines.get()
    coordinator = with_role(Role.COORDINATOR, work.review)
    said = {"verdict": "accurate", "by": coordinator, "on_behalf": True, "key": uuid.uuid4()}
    access_of(coordinator)

    ConflictFactory(member__review=work.review, member__user=coordinator, participation=work.police)

    assert refused(lambda: rounds.answer_line(line, **said))


def test_who_declared_a_conflict_meanwhile_decides_no_hit():
    work = Work()
    press = work.decide()
    access_of(work.chair)

    ConflictFactory(member__review=work.review, member__user=work.chair, participation=work.police)

    assert refused(press)
