"""Rounds of factual accuracy: an agency gets the paragraphs about it, and no others, and answers."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from actionplans.resting.services import take_over
from audit.models import Event, EventType
from foundations.post.models import Message
from reports.copies import remarking, rounds
from reports.copies.about import candidates, seen_in
from reports.copies.owed import doubts_unsettled, extracts_unanswered
from reports.models import AccuracyRound, Document, ExtractAnswer, ExtractLine, Remark
from reports.outline import Outline
from reports.services.citing import cite, uncite
from reports.services.documents import share_document
from reports.services.paragraphs import add_paragraph, change_paragraph
from reviews.models import Review
from reviews.panel.services.declaring import record_conflict
from reviews.proceedings.models import Stops
from reviews.requests.queries import people_of
from reviews.rules import Role, State
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import RecommendationFactory, RecommendationLessonFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.findings import EvidenceFactory, LessonFactory, LessonFindingFactory
from tests.factories.reports import begun, for_now, paragraph_in
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_panel import PanelMemberFactory
from tests.factories.reviews_people import IdentityFactory
from tests.factories.reviews_proceedings import ProceedingFactory, hold
from tests.factories.reviews_submissions import OwnPointFactory
from tests.factories.reviews_submissions import sent as submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def police(review):
    agency = AgencyFactory(name="Westmark Police", short_name="WP")
    return with_somebody(ParticipationFactory(review=review, agency=agency))


@pytest.fixture
def housing(review):
    part = ParticipationFactory(review=review, agency=AgencyFactory(name="Elm Housing"))
    return with_somebody(part)


def with_somebody(part):
    with_role(Role.IMR_AUTHOR, part.review, part)
    return part


@pytest.fixture
def facts(review):
    return begun(review).sections.get(code="background")


@pytest.fixture
def paragraph(facts):
    return paragraph_in(facts, "Westmark Police came on 4 May.")


@pytest.fixture
def officer(sign_in, review, police):
    return sign_in(Role.SIGN_OFF_OFFICER, review, police)


def in_days(n=14):
    return timezone.localdate() + timedelta(days=n)


def sent(part, *paragraphs, by=None, **said):
    document = paragraphs[0].section.document
    seen = seen_in(candidates(Outline(document, texts=True), part))
    said = {"due": in_days(), "seen": seen, "key": uuid.uuid4()} | said
    by = by or with_role(Role.CHAIR, document.review)
    return rounds.send_round(document, part, paragraphs=paragraphs, by=by, **said)


def answered(line, verdict="accurate", **said):
    """By somebody of the agency who has left since, or by whoever is named."""
    said = {"key": uuid.uuid4()} | said
    if "by" in said:
        return rounds.answer_line(line, verdict=verdict, **said)
    with somebody_of(line.round) as by:
        said |= {"by": by, "seen": rounds.last_read(line, by)}
        return rounds.answer_line(line, verdict=verdict, **said)


def doubted(line, **said):
    said = {"because": "Our log has 5 May.", "proposed": "Westmark Police came on 5 May."} | said
    return answered(line, "not_accurate", **said)


def handed_in(round_, **said):
    with somebody_of(round_) as by:
        return rounds.hand_in(round_, by=by, **said)


def somebody_of(round_):
    return for_now(Role.IMR_AUTHOR, round_.review, round_.participation)


def to(name, round_, *more):
    return reverse(f"reports:{name}", args=[round_.review.reference, round_.pk, *more])


# --- Which paragraphs ---------------------------------------------------------------------------


def test_paragraphs_are_suggested_that_name_the_agency_or_rest_on_what_it_gave(
    facts, police, housing, review
):
    named = paragraph_in(facts, "The Westmark  police came.")
    cited = paragraph_in(facts, "Somebody came.")
    cite(cited, [EntryFactory(participation=police, review=review)], by=UserFactory())
    plain = paragraph_in(facts, "She was 34. WPs are not named.")
    other = paragraph_in(facts, "Elm Housing wrote to her.")

    found = candidates(Outline(facts.document, texts=True), police)

    told = {one.paragraph: (one.why, one.others, one.is_of_others) for one in found}
    assert told == {
        named: ("names it", (), False),
        cited: ("rests on what it gave", (), False),
        plain: ("", (), False),
        other: ("", ("Elm Housing",), True),
    }


def test_what_a_finding_or_lesson_or_recommendation_rests_on_counts(facts, police, housing, review):
    tie = LessonFindingFactory(lesson__review=review)
    for part in (police, housing):
        EvidenceFactory(finding=tie.finding, entry=EntryFactory(participation=part, review=review))
    recommendation = RecommendationFactory(review=review)
    RecommendationLessonFactory(recommendation=recommendation, lesson=tie.lesson)
    written = [paragraph_in(facts, "The Westmark Police could have asked.") for _ in range(3)]
    for paragraph, cited in zip(written, (tie.finding, tie.lesson, recommendation), strict=True):
        cite(paragraph, [cited], by=UserFactory())

    found = candidates(Outline(facts.document, texts=True), police)

    assert [(one.why, one.others) for one in found if one.paragraph in written] == [
        ("rests on what it gave and names it", ("Elm Housing",))
    ] * 3


def test_what_an_agencys_own_report_told_is_that_agencys(facts, police, housing, review):
    lesson = LessonFactory(review=review, participation=housing)
    point = OwnPointFactory(file=submitted(housing).main, position=900)
    (recommendation,) = take_over(review, [point], by=UserFactory())
    written = [paragraph_in(facts, "Nobody asked about the carer.") for _ in range(2)]
    for paragraph, cited in zip(written, (lesson, recommendation), strict=True):
        cite(paragraph, [cited], by=UserFactory())

    found = candidates(Outline(facts.document, texts=True), police)

    assert [(one.others, one.is_of_others) for one in found if one.paragraph in written] == [
        (("Elm Housing",), True)
    ] * 2


def test_evidence_taken_away_still_counts_for_the_words_stay(facts, police, housing, review):
    paragraph = paragraph_in(facts, "Nobody answered the door.")
    (citation,) = cite(
        paragraph, [EntryFactory(participation=housing, review=review)], by=UserFactory()
    )
    uncite(citation, by=UserFactory())

    (found,) = candidates(Outline(facts.document, texts=True), police)

    assert (found.others, found.is_of_others) == (("Elm Housing",), True)


def test_what_is_about_another_agency_alone_is_refused(facts, police, housing, review):
    other = paragraph_in(facts, "Nobody answered the door.")
    cite(other, [EntryFactory(participation=housing, review=review)], by=UserFactory())

    with pytest.raises(ValidationError, match="is about Elm Housing, and in nothing about Westm"):
        sent(police, other)

    assert AccuracyRound.objects.count() == 0


def test_what_is_inserted_from_the_data_goes_to_nobody(facts, police):
    block = facts.document.sections.get(code="panel").paragraphs.get()

    with pytest.raises(ValidationError, match="not in the document any more"):
        sent(police, block)


def test_the_page_ticks_what_is_suggested_and_offers_nothing_of_others(
    client, facts, paragraph, police, housing, review, sign_in
):
    plain, _ = (paragraph_in(facts, text) for text in ("She was 34.", "Elm Housing wrote."))
    sign_in(Role.CHAIR, review)
    document = facts.document
    url = reverse("reports:round-send", args=[review.reference, document.number, police.pk])

    form = client.get(url).context["form"]

    assert form.initial["chosen"] == [paragraph.pk]
    told = dict(form.fields["chosen"].choices)[paragraph.pk]
    assert told == "13.1: Westmark Police came on 4 May. (names it)"
    assert [pk for pk, _ in form.fields["chosen"].choices] == [paragraph.pk, plain.pk]


def test_what_was_asked_before_is_said_and_ticked_again_only_where_it_changed(
    client, facts, paragraph, police, review, sign_in
):
    second = paragraph_in(facts, "Westmark Police left.")
    round_ = sent(police, paragraph, second)
    for line in round_.lines.all():
        answered(line)
    handed_in(round_)
    change_paragraph(
        second, text="Westmark Police stayed.", kind="numbered", seen=0, by=UserFactory()
    )
    third = paragraph_in(facts, "Westmark Police rang.")
    sent(police, third)
    sign_in(Role.CHAIR, review)
    url = reverse("reports:round-send", args=[review.reference, facts.document.number, police.pk])

    form = client.get(url).context["form"]

    told = dict(form.fields["chosen"].choices)
    assert form.initial["chosen"] == [second.pk]
    assert told[paragraph.pk].endswith("(names it; answered in extract 1)")
    assert told[second.pk].endswith("(names it; answered in extract 1, and changed since)")
    assert told[third.pk].endswith("(names it; asked in extract 2)")


# --- Sending ------------------------------------------------------------------------------------


def test_an_extract_stays_as_it_was_sent(client, facts, paragraph, police, officer):
    second = paragraph_in(facts, f"As [[p:{paragraph.key}]] says, Westmark Police left.")
    round_ = sent(police, paragraph, second)
    change_paragraph(paragraph, text="Nobody came.", kind="numbered", seen=0, by=UserFactory())
    add_paragraph(
        facts, text="First of all.", kind="numbered", after=None, by=UserFactory(), key=uuid.uuid4()
    )

    page = client.get(round_.get_absolute_url()).content.decode()

    assert [line.number for line in round_.lines.all()] == ["13.1", "13.2"]
    assert "Westmark Police came on 4 May." in page
    assert "As 13.1 says" in page
    assert "Nobody came." not in page


def test_a_reference_names_no_heading_to_an_agency(client, facts, police, officer):
    appendix = facts.document.sections.filter(is_numbered=False).first()
    text = f"Westmark Police: see [[s:{appendix.key}]]."

    page = client.get(sent(police, paragraph_in(facts, text)).get_absolute_url()).content.decode()

    assert "see another part of this document" in page
    assert appendix.heading not in page


def test_its_agency_reads_what_kind_of_document_it_is_of_and_its_authors_the_title(
    client, facts, paragraph, police, review, officer, sign_in
):
    title = "The death of Zara Quillfeather, and Elm Housing"
    Document.objects.filter(pk=facts.document.pk).update(title=title)
    round_ = sent(police, paragraph)
    line = to("round-answer", round_, 1)
    pages = [round_.get_absolute_url(), line, to("round-hand-in", round_), reverse("desk:home")]

    read = [client.get(page).content.decode() for page in pages]

    sign_in(Role.CHAIR, review)
    assert f"Overview report, {police.agency}, {review}" in read[0]
    assert [page for page, shown in zip(pages, read, strict=True) if "Quillfeather" in shown] == []
    assert f"{title}, {police.agency}" in client.get(pages[0]).content.decode()


def test_a_second_click_sends_one_round_and_one_message_each(paragraph, police, review):
    with_role(Role.SIGN_OFF_OFFICER, review, police)
    people = list(people_of(police))
    key = uuid.uuid4()

    first, second = (sent(police, paragraph, key=key) for _ in range(2))

    told = Message.objects.order_by("pk")
    assert (first, len(people)) == (second, 2)
    assert sorted(one.to for one in told) == sorted(one.email for one in people)
    assert {one.subject for one in told} == {
        "There is 1 paragraph for your agency to check in the reviews system"
    }
    for words in ("Westmark", review.reference, "4 May"):
        assert words not in "".join(one.subject + one.body for one in told)


def test_a_hold_that_stops_sharing_refuses_an_extract_and_hides_the_one_that_went(
    client, paragraph, police, officer, review
):
    round_ = sent(police, paragraph)
    assert client.get(round_.get_absolute_url()).status_code == 200

    hold(ProceedingFactory(review=review), Stops.SHARING)

    assert client.get(round_.get_absolute_url()).status_code == 404
    assert list(extracts_unanswered([review])) == []
    with pytest.raises(ValidationError, match="A hold stops"):
        sent(police, paragraph)


@pytest.mark.parametrize("how", ["text", "evidence"])
def test_what_changed_since_the_page_was_opened_does_not_go_out_unseen(
    client, paragraph, police, housing, review, sign_in, how
):
    sign_in(Role.CHAIR, review)
    number = paragraph.section.document.number
    url = reverse("reports:round-send", args=[review.reference, number, police.pk])
    day = in_days()
    data = {
        "chosen": [paragraph.pk],
        "seen": client.get(url).context["form"]["seen"].value(),
        "key": uuid.uuid4(),
    } | {f"due_{part}": getattr(day, part) for part in ("day", "month", "year")}
    if how == "text":
        text = "Westmark Police came on 4 May, after Elm Housing had called."
        change_paragraph(paragraph, text=text, kind="numbered", seen=0, by=UserFactory())
    else:
        cite(paragraph, [EntryFactory(participation=housing, review=review)], by=UserFactory())

    refused = client.post(url, data)

    form = refused.context["form"]
    assert refused.status_code == 422
    assert "Somebody has changed the document since" in refused.content.decode()
    assert "also about Elm Housing" in refused.content.decode()
    assert (form["chosen"].value(), form["due"].value()) == (
        [str(paragraph.pk)],
        [str(day.day), str(day.month), str(day.year)],
    )
    assert AccuracyRound.objects.count() == 0

    client.post(url, data | {"seen": form["seen"].value()})

    assert AccuracyRound.objects.count() == 1


def test_a_new_round_makes_a_new_extract(paragraph, police):
    first = sent(police, paragraph)
    change_paragraph(
        paragraph, text="Westmark Police came late.", kind="numbered", seen=0, by=UserFactory()
    )

    second = sent(police, paragraph)

    assert (first.number, second.number) == (1, 2)
    said = [ExtractLine.objects.get(round=one).version.text for one in (first, second)]
    assert said == ["Westmark Police came on 4 May.", "Westmark Police came late."]


# --- Who sees it --------------------------------------------------------------------------------


def test_another_agency_finds_nothing_of_it(client, paragraph, police, housing, review, sign_in):
    round_ = sent(police, paragraph)
    sign_in(Role.IMR_AUTHOR, review, housing)

    assert client.get(round_.get_absolute_url()).status_code == 404


def test_a_leader_in_conflict_finds_nothing_of_it(client, paragraph, police, review, sign_in):
    round_ = sent(police, paragraph)
    chair = sign_in(Role.CHAIR, review)
    seat = PanelMemberFactory(review=review, user=chair)

    record_conflict(
        seat,
        participation=police,
        nature="Worked there",
        declared_on=timezone.localdate(),
        by=None,
        key=uuid.uuid4(),
    )

    assert list(AccuracyRound.objects.visible_to(chair)) == []
    assert client.get(round_.get_absolute_url()).status_code == 404


def test_an_author_in_conflict_with_the_whole_review_finds_no_extract(
    client, paragraph, police, review, sign_in
):
    round_ = sent(police, paragraph)
    author = sign_in(Role.IMR_AUTHOR, review, police)
    seat = PanelMemberFactory(review=review, user=author)
    before = client.get(round_.get_absolute_url()).status_code

    record_conflict(
        seat, nature="A friend", declared_on=timezone.localdate(), by=None, key=uuid.uuid4()
    )

    assert list(AccuracyRound.objects.visible_to(author)) == []
    assert (before, client.get(round_.get_absolute_url()).status_code) == (200, 404)


def test_its_authors_read_no_answer_before_it_is_handed_in(
    client, paragraph, police, review, sign_in
):
    round_ = sent(police, paragraph)
    doubted(round_.lines.get())
    sign_in(Role.CHAIR, review)

    before = client.get(round_.get_absolute_url()).content.decode()
    handed_in(round_)
    after = client.get(round_.get_absolute_url()).content.decode()

    assert ["Our log has 5 May." in page for page in (before, after)] == [False, True]


def test_what_is_withdrawn_the_agency_no_longer_finds(client, paragraph, police, officer):
    round_ = sent(police, paragraph)

    rounds.withdraw_round(round_, because="Sent too early", by=round_.sent_by)

    assert client.get(round_.get_absolute_url()).status_code == 404
    with pytest.raises(ValidationError, match="handed in already, or the extract was withdrawn"):
        answered(round_.lines.get())


def test_an_extract_is_withdrawn_also_after_the_review(client, paragraph, police, review, sign_in):
    round_ = sent(police, paragraph)
    sign_in(Role.CHAIR, review)
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    page = client.get(round_.get_absolute_url()).content.decode()
    client.post(to("round-withdraw", round_), {"because": "Nobody is to read it on"})

    round_.refresh_from_db()
    assert to("round-withdraw", round_) in page
    assert round_.withdrawn_because == "Nobody is to read it on"


# --- Answering ----------------------------------------------------------------------------------


def test_an_agency_answers_paragraph_by_paragraph_and_hands_in(
    client, facts, paragraph, police, officer
):
    second = paragraph_in(facts, "Westmark Police left.")
    round_ = sent(police, paragraph, second)
    said = {
        "verdict": "not_accurate",
        "because": "Our log has 5 May.",
        "proposed": "Westmark Police came on 5 May.",
        "file": SimpleUploadedFile("log.csv", b"Day,What\n5 May,A visit\n"),
        "key": uuid.uuid4(),
    }

    client.post(to("round-answer", round_, 1), said)
    early = client.post(to("round-hand-in", round_))
    client.post(to("round-answer", round_, 2), {"verdict": "accurate", "key": uuid.uuid4()})
    last = client.post(to("round-hand-in", round_), follow=True)

    assert early.status_code == 422
    assert "1 paragraph is not answered yet" in early.content.decode()
    assert "Answered" in last.content.decode()
    given = ExtractAnswer.objects.get(verdict="not_accurate")
    assert (given.by, given.name, given.on_behalf) == (officer, "log.csv", False)
    remark = Remark.objects.get()
    assert (remark.kind, remark.paragraph, remark.version) == (
        "accuracy",
        paragraph,
        paragraph.versions.get(),
    )
    assert remark.suggested == "Westmark Police came on 5 May."
    assert b"5 May,A visit" in b"".join(client.get(to("round-file", round_, 1)))


def test_an_agency_says_of_all_others_at_once_that_they_are_accurate(
    client, facts, paragraph, police, officer
):
    second = paragraph_in(facts, "Westmark Police left.")
    round_ = sent(police, paragraph, second)
    doubt, url = doubted(round_.lines.get(position=1)), to("round-hand-in", round_)

    page = client.get(url)
    refused = client.post(url)
    before = list(ExtractAnswer.objects.all())
    client.post(url, {"others": "on"})

    round_.refresh_from_db()
    given = ExtractAnswer.objects.get(line__position=2)
    assert [line.position for line in page.context["left"]] == [2]
    assert to("round-answer", round_, 2) in page.content.decode()
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"others"}
    assert before == [doubt]
    assert (given.verdict, given.by, round_.handed_in_by) == ("accurate", officer, officer)
    assert Remark.objects.get().answer == doubt


def begin_an_answer(round_, position, by):
    """Typed, and not saved."""
    said = {"verdict": "not_accurate", "because": "Nobody came that day."}
    browser = Client()
    browser.force_login(by)
    browser.post(to("round-answer", round_, position), said | {"_draft": "keep"})


@pytest.mark.parametrize("role", [Role.SIGN_OFF_OFFICER, Role.COORDINATOR])
def test_what_somebody_has_begun_to_answer_goes_in_as_accurate_only_once_it_is_answered(
    client, facts, paragraph, police, review, sign_in, role
):
    second = paragraph_in(facts, "Westmark Police left.")
    round_, colleague = sent(police, paragraph, second), with_role(role, review, police)
    begin_an_answer(round_, 2, colleague)
    sign_in(role, review, police if role == Role.SIGN_OFF_OFFICER else None)
    url = to("round-hand-in", round_)

    page = client.get(url).content.decode()
    refused = client.post(url, {"others": "on"})
    before = ExtractAnswer.objects.count()
    client.post(to("round-answer", round_, 2), {"verdict": "no_comment", "key": uuid.uuid4()})
    client.post(url, {"others": "on"})

    round_.refresh_from_db()
    said = "Somebody has begun an answer to paragraph 13.2 and has not saved it. Save an answer there first"
    again = refused.content.decode()
    assert (refused.status_code, before) == (422, 0)
    assert refused.context["form"].errors == {"others": [said]}
    for shown in (page, again):
        assert shown.split("Begun, and not saved")[1].count(to("round-answer", round_, 2)) == 1
        assert str(colleague) not in shown
        assert "Nobody came that day." not in shown
    verdicts = {line: one.verdict for line, one in rounds.last_answers(round_).items()}
    assert list(verdicts.values()) == ["no_comment", "accurate"]
    assert round_.handed_in_at


def test_the_page_to_hand_in_says_where_an_answer_was_begun_again_and_not_saved(
    client, paragraph, police, review, officer
):
    round_ = sent(police, paragraph)
    answered(round_.lines.get())
    before = client.get(to("round-hand-in", round_)).context["begun"]

    begin_an_answer(round_, 1, with_role(Role.IMR_AUTHOR, review, police))

    after = client.get(to("round-hand-in", round_))
    assert (before, after.context["begun"]) == ([], [round_.lines.get()])
    assert "it does not go in with the answers" in after.content.decode()


def test_the_first_page_says_that_what_is_answered_is_not_handed_in(
    client, paragraph, police, officer
):
    round_, home = sent(police, paragraph), reverse("desk:home")

    before = client.get(home).content.decode()
    answered(round_.lines.get())
    after = client.get(home).content.decode()

    assert "To check" in before
    assert "Extract 1, sent on" in before
    assert "Answered, not handed in" in after


def test_nothing_is_asked_of_others_where_every_paragraph_is_answered(
    client, paragraph, police, officer
):
    round_ = sent(police, paragraph)
    answered(round_.lines.get())

    page = client.get(to("round-hand-in", round_))

    assert "others" not in page.context["form"].fields
    assert "Every paragraph is answered." in page.content.decode()


def test_the_last_answer_before_handing_in_counts(paragraph, police):
    round_ = sent(police, paragraph)
    line = round_.lines.get()
    doubted(line)
    answered(line, "no_comment")

    handed_in(round_)

    assert Remark.objects.count() == 0
    assert [one.verdict for one in line.answers.all()] == ["not_accurate", "no_comment"]


def test_a_doubt_of_a_colleague_gives_way_only_to_somebody_who_has_read_it(
    client, paragraph, police, review, officer
):
    round_ = sent(police, paragraph)
    line, url = round_.lines.get(), to("round-answer", round_, 1)
    form = client.get(url).context["form"]
    doubted(line, by=with_role(Role.IMR_AUTHOR, review, police))
    said = {"verdict": "accurate", "seen": form["seen"].value(), "key": uuid.uuid4()}

    first = client.post(url, said)
    stood = rounds.last_answers(round_)[line.pk].verdict
    second = client.post(url, said | {"seen": first.context["form"]["seen"].value()})

    page = first.content.decode()
    assert (first.status_code, second.status_code) == (422, 302)
    assert "Our log has 5 May." in page
    assert "Put the two together" in page
    assert [stood, rounds.last_answers(round_)[line.pk].verdict] == ["not_accurate", "accurate"]


def test_nothing_is_answered_after_handing_in(paragraph, police):
    round_ = sent(police, paragraph)
    answered(round_.lines.get())
    handed_in(round_)

    with pytest.raises(ValidationError, match="handed in already"):
        doubted(round_.lines.get())

    assert handed_in(round_).handed_in_by == AccuracyRound.objects.get().handed_in_by


def test_who_doubts_says_what_shows_it(client, paragraph, police, officer):
    round_ = sent(police, paragraph)
    data = {"verdict": "not_accurate", "because": "", "key": uuid.uuid4()}

    response = client.post(to("round-answer", round_, 1), data)

    assert response.status_code == 422
    assert "Say what is not accurate, and what shows it" in response.content.decode()


def test_a_file_named_after_somebody_of_the_case_is_refused(
    client, paragraph, police, review, officer
):
    IdentityFactory(person__review=review, names=["Zara Quillfeather"])
    round_ = sent(police, paragraph)
    data = {"verdict": "not_accurate", "because": "Our log has 5 May.", "key": uuid.uuid4()}
    file = SimpleUploadedFile("zara_quillfeather log.csv", b"Day,What\n5 May,A visit\n")

    response = client.post(to("round-answer", round_, 1), data | {"file": file})

    assert (response.status_code, ExtractAnswer.objects.count()) == (422, 0)
    assert "The name of the file holds a real name" in response.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"because": "Our log has 5 May."},
        {"proposed": "Westmark Police came on 5 May."},
        {"file": SimpleUploadedFile("log.csv", b"Day,What\n5 May,A visit\n")},
    ],
)
def test_what_was_typed_is_not_lost_beside_another_verdict(
    client, paragraph, police, officer, typed
):
    round_ = sent(police, paragraph)
    data = {"verdict": "no_comment", "key": uuid.uuid4()} | typed

    response = client.post(to("round-answer", round_, 1), data)

    assert response.status_code == 422
    assert "Choose “It is not accurate”, or take that out" in response.content.decode()
    assert ExtractAnswer.objects.count() == 0


def test_an_answer_can_be_changed_to_another_verdict(client, paragraph, police, officer):
    round_ = sent(police, paragraph)
    doubted(round_.lines.get())
    form = client.get(to("round-answer", round_, 1)).context["form"]
    data = {name: form[name].value() for name in ("because", "proposed", "seen")}

    client.post(to("round-answer", round_, 1), data | {"verdict": "accurate", "key": uuid.uuid4()})

    assert [one.verdict for one in ExtractAnswer.objects.all()] == ["not_accurate", "accurate"]


def test_a_reference_in_proposed_words_refers_to_what_it_did(facts, paragraph, police):
    second = paragraph_in(facts, f"As in [[p:{paragraph.key}]], Westmark Police left.")
    round_ = sent(police, second)
    add_paragraph(
        facts, text="First of all.", kind="numbered", after=None, by=UserFactory(), key=uuid.uuid4()
    )

    doubted(round_.lines.get(), proposed="As in [[13.1]], they stayed.")
    handed_in(round_)

    assert Remark.objects.get().suggested == f"As in [[p:{paragraph.key}]], they stayed."


def test_the_coordinator_answers_on_the_agencys_behalf(client, paragraph, police, review, sign_in):
    round_ = sent(police, paragraph)
    sign_in(Role.COORDINATOR, review)

    client.post(to("round-answer", round_, 1), {"verdict": "accurate", "key": uuid.uuid4()})
    client.post(to("round-hand-in", round_))

    round_.refresh_from_db()
    assert (round_.on_behalf, ExtractAnswer.objects.get().on_behalf) == (True, True)


def test_the_coordinator_says_of_all_others_on_the_agencys_behalf_that_they_are_accurate(
    client, facts, paragraph, police, review, sign_in
):
    second, third = (paragraph_in(facts, f"Westmark Police {did}.") for did in ("left", "wrote"))
    round_ = sent(police, paragraph, second, third)
    coordinator = sign_in(Role.COORDINATOR, review)
    doubt = doubted(round_.lines.get(position=1), by=coordinator, on_behalf=True)
    url = to("round-hand-in", round_)

    left = [line.position for line in client.get(url).context["left"]]
    refused = client.post(url)
    client.post(url, {"others": "on"})

    round_.refresh_from_db()
    given = ExtractAnswer.objects.exclude(pk=doubt.pk).order_by("line__position")
    assert (left, refused.status_code) == ([2, 3], 422)
    assert [(one.line.position, one.verdict, one.on_behalf, one.by) for one in given] == [
        (2, "accurate", True, coordinator),
        (3, "accurate", True, coordinator),
    ]
    assert (round_.on_behalf, round_.handed_in_by) == (True, coordinator)
    assert Remark.objects.get().answer == doubt
    told = Event.objects.filter(type=EventType.EXTRACT_ANSWERED, data__verdict="accurate")
    assert [one.data["on_behalf"] for one in told] == [True, True]


def test_of_all_others_nobody_says_so_on_behalf_of_an_agency_that_has_answered_itself(
    client, facts, paragraph, police, review, sign_in
):
    round_ = sent(police, paragraph, paragraph_in(facts, "Westmark Police left."))
    doubt = doubted(round_.lines.get(position=1))
    sign_in(Role.COORDINATOR, review)

    response = client.post(to("round-hand-in", round_), {"others": "on"})

    round_.refresh_from_db()
    assert response.status_code == 422
    assert escape(rounds.THEIR_OWN) in response.content.decode()
    assert (list(ExtractAnswer.objects.all()), round_.handed_in_at) == ([doubt], None)


def test_nobody_hands_in_on_behalf_what_the_agency_said_itself(
    client, paragraph, police, review, sign_in
):
    round_ = sent(police, paragraph)
    doubted(round_.lines.get())
    sign_in(Role.COORDINATOR, review)

    response = client.post(to("round-hand-in", round_))

    round_.refresh_from_db()
    assert response.status_code == 422
    assert "The agency has begun to answer this itself" in response.content.decode()
    assert (round_.handed_in_at, Remark.objects.count()) == (None, 0)


def test_an_answer_on_behalf_takes_the_place_of_none_of_the_agencys_own(
    client, facts, paragraph, police, review, sign_in
):
    second = paragraph_in(facts, "Westmark Police left.")
    round_ = sent(police, paragraph, second)
    own = doubted(round_.lines.get(position=1))
    sign_in(Role.COORDINATOR, review)

    answers = [
        client.post(
            to("round-answer", round_, position), {"verdict": "accurate", "key": uuid.uuid4()}
        ).status_code
        for position in (1, 2)
    ]

    assert answers == [422, 302]
    assert list(ExtractAnswer.objects.filter(line__position=1)) == [own]
    assert ExtractAnswer.objects.get(line__position=2).on_behalf


def test_what_one_coordinator_said_on_behalf_another_replaces_only_once_they_read_it(
    client, paragraph, police, review, sign_in
):
    round_ = sent(police, paragraph)
    line, url = round_.lines.get(), to("round-answer", round_, 1)
    sign_in(Role.COORDINATOR, review)
    seen = client.get(url).context["form"]["seen"].value()
    first = with_role(Role.COORDINATOR, review)
    doubted(line, by=first, on_behalf=True)
    said = {"verdict": "accurate", "seen": seen, "key": uuid.uuid4()}

    refused = client.post(url, said)
    stood = rounds.last_answers(round_)[line.pk].by
    client.post(url, said | {"seen": refused.context["form"]["seen"].value()})

    page = client.get(round_.get_absolute_url())
    (shown,) = page.context["lines"]
    assert (refused.status_code, stood) == (422, first)
    assert "Our log has 5 May." in refused.content.decode()
    assert (shown.answer.verdict, [one.by for one in shown.earlier]) == ("accurate", [first])
    assert "Our log has 5 May." in page.content.decode()


def test_what_was_said_on_behalf_is_no_chairs_to_read_before_it_is_handed_in(
    client, paragraph, police, review, sign_in
):
    round_ = sent(police, paragraph)
    doubted(round_.lines.get(), by=with_role(Role.COORDINATOR, review), on_behalf=True)
    sign_in(Role.CHAIR, review)

    assert "Our log has 5 May." not in client.get(round_.get_absolute_url()).content.decode()


def test_the_agency_hands_in_what_was_answered_on_its_behalf(client, paragraph, police, officer):
    round_ = sent(police, paragraph)
    coordinator = with_role(Role.COORDINATOR, round_.review)
    answered(round_.lines.get(), by=coordinator, on_behalf=True)

    client.post(to("round-hand-in", round_))

    round_.refresh_from_db()
    assert (round_.handed_in_by, round_.on_behalf) == (officer, False)


# --- What becomes of it -------------------------------------------------------------------------


def test_the_agency_reads_what_became_of_its_answer_and_not_the_new_text(
    client, paragraph, police, officer
):
    round_ = sent(police, paragraph)
    doubted(round_.lines.get())
    handed_in(round_)

    remarking.accept(
        Remark.objects.get(),
        text="The police came on 5 May, after Elm Housing had called.",
        words="Thank you.",
        seen=0,
        by=round_.sent_by,
        key=uuid.uuid4(),
    )

    page = client.get(round_.get_absolute_url()).content.decode()
    assert "<strong>Accepted</strong>, in other words" in page
    assert "Thank you." in page
    assert "Elm Housing" not in page


def test_the_panel_reads_nothing_of_what_an_agency_says_of_its_extract(
    client, paragraph, police, review, sign_in
):
    document = paragraph.section.document
    share_document(document, shows_remarks=True, by=with_role(Role.CHAIR, document.review))
    round_ = sent(police, paragraph)
    doubted(round_.lines.get())
    handed_in(round_)
    member = sign_in(Role.PANEL_MEMBER, review)

    assert list(Remark.objects.visible_to(member)) == []
    assert client.get(round_.get_absolute_url()).status_code == 404


def test_silence_is_shown_and_reminded_of(client, paragraph, police, review, sign_in):
    round_ = sent(police, paragraph)
    sign_in(Role.CHAIR, review)
    document = paragraph.section.document
    url = reverse("reports:remark-list", args=[review.reference, document.number])

    (owed,) = extracts_unanswered([review])
    standing = client.get(url).context["rounds"][0]

    assert (owed.due, owed.part_id, owed.page) == (
        round_.due,
        police.pk,
        round_.get_absolute_url(),
    )
    assert (standing.state, standing.colour) == ("No answer yet", "orange")
    assert round_.days_late(round_.due + timedelta(days=3)) == 3


def test_a_doubt_waits_for_those_who_lead_until_it_is_settled(
    client, paragraph, police, review, sign_in
):
    round_ = sent(police, paragraph)
    doubted(round_.lines.get())
    handed_in(round_)
    sign_in(Role.CHAIR, review)

    (owed,) = doubts_unsettled([review])
    home = client.get(review.get_absolute_url()).content.decode()
    remarking.decline(
        Remark.objects.get(), words="The record says so.", by=round_.sent_by, key=uuid.uuid4()
    )

    assert (owed.item, owed.for_leaders) == (str(round_.pk), True)
    assert "1 open remark" in home
    assert list(doubts_unsettled([review])) == []


def test_an_agency_finds_it_in_its_work(client, paragraph, police, officer):
    round_ = sent(police, paragraph)

    page = client.get(reverse("desk:home")).content.decode()

    assert "Is the draft accurate about Westmark Police?" in page
    assert round_.get_absolute_url() in page


@pytest.mark.parametrize("model", [ExtractLine, ExtractAnswer, AccuracyRound])
def test_the_database_keeps_what_was_sent_and_answered(paragraph, police, model):
    doubted(sent(police, paragraph).lines.get())

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")
    field = {ExtractLine: "number", ExtractAnswer: "because", AccuracyRound: "number"}[model]
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**{field: "9"})


def test_what_became_of_a_round_stays_as_it_was_recorded(paragraph, police):
    first, second = (sent(police, paragraph) for _ in range(2))
    by = second.sent_by
    answered(first.lines.get())
    handed_in(first)
    rounds.withdraw_round(second, because="Sent too early", by=by)
    later = timezone.now() + timedelta(days=1)

    for round_, said in (
        (first, {"handed_in_at": later}),
        (first, {"handed_in_at": None, "handed_in_by": None}),
        (first, {"handed_in_by": by}),
        (first, {"on_behalf": True}),
        (second, {"withdrawn_at": later}),
        (second, {"withdrawn_at": None, "withdrawn_because": ""}),
        (second, {"withdrawn_by": None}),
        (second, {"withdrawn_because": "Another reason"}),
    ):
        with pytest.raises(DatabaseError, match="stays on record"), transaction.atomic():
            AccuracyRound.objects.filter(pk=round_.pk).update(**said)


def test_a_round_goes_over_to_the_agency_that_another_was_merged_into(paragraph, police, housing):
    round_ = sent(police, paragraph)
    answered(round_.lines.get())
    handed_in(round_)

    AccuracyRound.objects.filter(pk=round_.pk).update(participation=housing)

    round_.refresh_from_db()
    assert round_.participation == housing
