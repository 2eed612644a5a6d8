"""Packs: what goes in, what is missing, exactly as it went; and who reads it from when."""

import hashlib
import io
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from findings.services.locking import ChangedMeanwhile
from foundations.post.jobs import run_job
from foundations.post.models import Job
from foundations.vault.models import StoredFile
from reports.homeoffice.packs import NothingChosen, ask_for_pack, keep_pack, make
from reports.homeoffice.services import record_sending
from reports.leaks.deciding import undecided
from reports.leaks.keeping import keep_scan_of_version
from reports.leaks.looked import Looked
from reports.models import Document, Layout, Pack, PackSent, Recipient
from reviews import rules
from reviews.access import access_of
from reviews.clock.kinds import Milestone
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review, RoleHolder
from reviews.rules import Role, Stage, State
from reviews.services import end_role
from reviews.wording.kinds import Kind
from reviews.wording.services import install_house_wordings
from tests.conftest import with_role
from tests.factories.actionplans import RecommendationFactory
from tests.factories.actionplans_papers import final_paper
from tests.factories.reports import begun, paragraph_in
from tests.factories.reports_homeoffice import asked_for, pack_of, sent, version_of
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_letters import finished_letter
from tests.factories.reviews_people import IdentityFactory
from tests.foundations.office.pdf_samples import broken_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


@pytest.fixture
def document(review):
    document = begun(review)
    paragraph_in(document.sections.get(code="background"), "She asked for help.")
    return document


@pytest.fixture
def version(document, chair):
    return version_of(document, by=chair)


@pytest.fixture
def reader(review):
    Review.objects.filter(pk=review.pk).update(stage=Stage.QUALITY_ASSURANCE)
    return with_role(Role.HOME_OFFICE_READER, review)


def opened(pack):
    return zipfile.ZipFile(io.BytesIO(pack.stored.content))


def page_of(client, user, review):
    client.force_login(user)
    return client.get(reverse("reports:home-office", args=[review.reference]))


# --- Made by a worker ---------------------------------------------------------------------------


def test_a_pack_is_asked_for_on_the_page_and_made_by_a_worker(client, review, version, chair):
    client.force_login(chair)
    url = reverse("reports:pack-make", args=[review.reference])
    chosen = {"to": "home-office", "renderings": [version.pk], "meant": [version.pk]}

    answer = client.post(url, chosen | {"key": uuid.uuid4()})
    before = page_of(client, chair, review).content.decode()
    run_job(Job.objects.get(kind="reports.pack").pk)
    after = page_of(client, chair, review).content.decode()

    assert answer.url.endswith("#packs")
    assert "Pack 1, for the Home Office, is being made." in before
    assert "is being made" not in after
    assert "Record that pack 1 was sent" in after
    told = Event.objects.filter(type__startswith="office.pack").order_by("seq")
    assert [one.type for one in told] == ["office.pack_asked", "office.pack_made"]


def test_a_worker_that_dies_half_way_leaves_nothing_and_another_makes_it(review, version, chair):
    asked = asked_for(review, [version], by=chair)
    files = StoredFile.objects.count()
    with transaction.atomic():
        keep_pack(asked, make(asked))
        transaction.set_rollback(True)
    left = (review.packs.count(), StoredFile.objects.count())

    run_job(Job.objects.get(key=asked.job_key).pk)

    assert left == (0, files)
    assert [one.number for one in review.packs.all()] == [1]


def test_a_pack_whose_version_was_taken_away_meanwhile_is_not_made_and_says_so(
    client, review, document, version, chair
):
    asked = asked_for(review, [version], by=chair)
    Document.objects.filter(pk=document.pk).update(removed_at=timezone.now())

    run_job(Job.objects.get(key=asked.job_key).pk)

    page = page_of(client, chair, review).content.decode()
    assert "Pack 1 was not made: What was chosen for this pack was taken away meanwhile." in page
    assert (review.packs.count(), "is being made" in page) == (0, False)


def test_after_one_that_was_not_made_the_next_has_a_number_of_its_own(
    client, review, document, version, chair
):
    asked = asked_for(review, [version], by=chair)
    Job.objects.filter(key=asked.job_key).update(state="failed", problem="No room.")

    pack = pack_of(review, [version], by=chair)

    page = page_of(client, chair, review).content.decode()
    assert (pack.number, "No room." in page) == (2, False)


def test_who_was_replaced_before_the_worker_came_gets_no_pack(review, version, chair):
    asked = asked_for(review, [version], by=chair)
    end_role(RoleHolder.objects.get(user=chair), by=None)

    job = Job.objects.get(key=asked.job_key)
    run_job(job.pk)

    job.refresh_from_db()
    assert job.problem.startswith("The review is no longer yours to write in.")
    assert review.packs.count() == 0


# --- What it holds ------------------------------------------------------------------------------


def test_a_pack_holds_the_chosen_version_byte_for_byte(review, version, chair):
    pack = pack_of(review, [version], by=chair)

    with opened(pack) as archive:
        name = "01 overview report, confidential, version 1.html"
        assert archive.read(name) == version.stored.content


def test_a_pack_for_the_home_office_holds_the_data_form_twice(review, version, chair):
    pack = pack_of(review, [version], by=chair)

    assert [one.name for one in pack.parts.all()] == [
        "01 overview report, confidential, version 1.html",
        "02 data form.pdf",
        "03 data form.xlsx",
    ]
    with opened(pack) as archive:
        assert broken_rules(archive.read("02 data form.pdf")) == []


def test_who_was_replaced_since_they_opened_the_page_makes_no_pack(review, version, chair):
    assert rules.can_write_documents(access_of(chair), review)
    end_role(RoleHolder.objects.get(user=chair), by=None)

    with pytest.raises(ValidationError, match="no longer yours to do"):
        asked_for(review, [version], by=chair)

    assert review.packs_asked.count() == 0


def test_the_list_on_top_gives_the_digest_of_each_file(review, version, chair):
    pack = pack_of(review, [version], by=chair)

    with opened(pack) as archive:
        said = archive.read("contents.txt").decode()
        names = [name for name in archive.namelist() if name != "contents.txt"]
        digests = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names}
    lines = [line.split("  ")[:2] for line in said.splitlines() if line[:64].isalnum()]
    assert {name: digest for digest, name in lines if len(digest) == 64} == digests
    assert len(digests) == 3


def test_what_is_missing_is_said_and_kept(review, version, chair):
    pack = pack_of(review, [version], by=chair)

    assert pack.missing == [
        "There is no executive summary: no version of one has been made.",
        "Overview report, confidential, version 1 is marked as a draft.",
        "Overview report, confidential, version 1: Nothing stands in 20 sections: 1, 2, 3, 4, 5, 6, 7, 8, "
        "9, 10, 11, 12 and 8 more.",
        "Overview report, confidential, version 1, is not anonymised: what the review holds stands in it "
        "whatever may be published of it, and real names were not kept out. Nobody has looked through it "
        "for what tells who somebody is. Whoever made the pack said that it is to go so.",
        "There is no action plan: no final one has been made.",
        "The data form says “Unknown” in 20 of its 21 fields.",
    ]


def test_another_paper_of_the_plan_is_not_the_plan(review, version, chair):
    RecommendationFactory(review=review)
    paper = final_paper(review, by=chair, kind="summary")

    pack = pack_of(review, [version], by=chair, papers=[paper])

    assert "There is no action plan: no final one has been made." in pack.missing


def test_a_confidential_version_goes_once_somebody_says_so_of_it(client, review, version, chair):
    other = version_of(version.document, by=chair)
    url = reverse("reports:pack-make", args=[review.reference])
    chosen = {"to": "home-office", "renderings": [version.pk, other.pk], "key": uuid.uuid4()}
    client.force_login(chair)
    fields = client.get(url).context["form"].fields

    asked = client.post(url, chosen)
    half = client.post(url, chosen | {"meant": [version.pk]})
    made = client.post(url, chosen | {"meant": [version.pk, other.pk]})
    run_job(Job.objects.get(kind="reports.pack").pk)

    assert "meant" not in fields
    assert [one.status_code for one in (asked, half, made)] == [422, 422, 302]
    assert "is not anonymised: what the review holds stands in it" in asked.content.decode()
    pack = Pack.objects.get()
    assert sum("said that it is to go so" in one for one in pack.missing) == 2
    told = Event.objects.get(type="office.pack_made")
    assert told.data["confidential"] == [version.pk, other.pk]


def test_no_pack_takes_a_confidential_version_that_was_not_meant(review, version, chair):
    with pytest.raises(ValidationError, match="meant to go"):
        ask_for_pack(
            review, to="home-office", renderings=[version], papers=[], by=chair, key=uuid.uuid4()
        )


def test_what_nobody_decided_on_is_said_with_the_pack(review, document, chair):
    section = document.sections.get(code="background")
    paragraph_in(section, "They met a Polish butcher in the spring.")
    version = version_of(document, by=chair, variant="anonymised")
    left = undecided(version)
    assert left

    said = pack_of(review, [version], by=chair).missing

    places = "1 place" if left == 1 else f"{left} places"
    assert (
        f"Overview report, anonymised, version 1: {places} in it may tell who somebody is, and nobody "
        "has decided on that."
    ) in said


@pytest.mark.parametrize("is_final", [True, False])
def test_a_name_that_came_into_the_register_later_is_said_with_the_pack(
    is_final, review, document, chair
):
    section = document.sections.get(code="background")
    paragraph_in(section, "She rang quillfeather again.")
    version = version_of(document, by=chair, variant="anonymised", is_final=is_final)
    left = undecided(version)
    person = PersonFactory(review=review, pseudonym="FA 1")
    IdentityFactory(review=review, person=person, names=["Anna Quillfeather"])

    said = pack_of(review, [version], by=chair).missing

    assert left == undecided(version) == 0
    assert (
        "Overview report, anonymised, version 1: 1 place in it may tell who somebody is, and nobody has "
        "decided on that."
    ) in said


def test_a_name_that_comes_into_the_register_while_the_pack_is_made_is_said(
    review, document, chair
):
    section = document.sections.get(code="background")
    paragraph_in(section, "She rang quillfeather again.")
    version = version_of(document, by=chair, variant="anonymised")
    asked = asked_for(review, [version], by=chair)

    def name_somebody(done, steps):
        if done == 1:  # what was chosen has been looked through, and the review is not locked yet
            person = PersonFactory(review=review, pseudonym="FA 1")
            IdentityFactory(review=review, person=person, names=["Anna Quillfeather"])

    said = make(asked, tell=name_somebody).missing

    assert any("1 place in it may tell who somebody is" in one for one in said)


def test_a_version_that_was_not_looked_through_whole_is_said_with_the_pack(review, document, chair):
    version = version_of(document, by=chair, variant="anonymised")
    looked = Looked((), ("the file: file name",), ("it is damaged",))
    keep_scan_of_version(version, looked, name="report.html")

    said = pack_of(review, [version], by=chair).missing

    assert (
        "Overview report, anonymised, version 1: Part of the file could not be looked through."
    ) in said


def test_a_summary_that_was_refused_is_said_to_be(review, version, chair):
    person = PersonFactory(review=review, pseudonym="FA 1", role="victim")
    IdentityFactory(person=person, names=["Zara Quillfeather"])
    summary = begun(review, Layout.EXECUTIVE_SUMMARY, title="Summary")
    section = summary.sections.order_by("position").first()
    paragraph_in(section, "Zara Quillfeather asked for help.")
    version_of(summary, by=chair, variant="anonymised")

    pack = pack_of(review, [version], by=chair)

    assert pack.missing[0] == (
        "There is no executive summary: the last version was refused, since 1 place may tell who "
        "somebody is."
    )


def test_a_final_plan_goes_in_as_it_was_made(review, version, chair):
    RecommendationFactory(review=review)
    paper = final_paper(review, by=chair, kind="plan", layout="2016")

    pack = pack_of(review, [version], by=chair, papers=[paper])

    parts = {one.name.rpartition(".")[2]: one.stored_id for one in pack.parts.all()[1:3]}
    assert parts == {"pdf": paper.pdf_id, "docx": paper.word_id}


def test_a_pack_of_nothing_is_refused(review, chair):
    with pytest.raises(NothingChosen):
        pack_of(review, [], by=chair)


def test_the_same_click_twice_makes_one_pack(review, version, chair):
    key = uuid.uuid4()

    assert pack_of(review, [version], by=chair, key=key) == pack_of(
        review, [version], by=chair, key=key
    )


def test_the_commissioner_gets_no_data_form_and_is_told_that_there_is_no_letter(
    review, version, chair
):
    pack = pack_of(review, [version], by=chair, to=Recipient.COMMISSIONER)

    assert [one.rendering for one in pack.parts.all()] == [version]
    assert pack.missing[-1] == "There is no letter: none to the Commissioner has been finished."


def test_the_commissioner_gets_the_finished_letter(review, version, chair):
    install_house_wordings()
    letter = finished_letter(review, kind=Kind.COMMISSIONER_REPORT, by=chair)

    pack = pack_of(review, [version], by=chair, to=Recipient.COMMISSIONER)

    assert [one.stored_id for one in pack.parts.all()] == [version.stored_id, letter.pdf_id]


@pytest.mark.parametrize("how", ["update", "delete"])
def test_a_pack_is_never_changed(how, review, version, chair):
    pack = pack_of(review, [version], by=chair)
    rows = Pack.objects.filter(pk=pack.pk)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(number=9) if how == "update" else rows._raw_delete("default")


# --- When it went -------------------------------------------------------------------------------


def test_a_pack_is_not_sent_before_it_was_made(review, version, chair):
    pack = pack_of(review, [version], by=chair)

    with pytest.raises(ValidationError, match="only made on"):
        sent(pack, by=chair, on=timezone.localdate() - timedelta(days=1))


def test_a_second_record_says_why_and_both_stay(review, version, chair):
    pack = pack_of(review, [version], by=chair)
    first = sent(pack, by=chair)

    with pytest.raises(ValidationError, match="Say why"):
        sent(pack, by=chair, seen=first.pk)
    with pytest.raises(ChangedMeanwhile):
        sent(pack, by=chair, why="Another unit")
    sent(pack, by=chair, seen=first.pk, to_whom="Another unit", why="Wrong unit")

    rows = PackSent.objects.filter(pack=pack)
    assert [one.to_whom for one in rows] == ["The Home Office", "Another unit"]


def test_the_clock_is_told_when_both_readers_have_it(review, version, chair):
    sent(pack_of(review, [version], by=chair), by=chair)
    assert not review.milestones.filter(milestone=Milestone.SENT).exists()

    other = pack_of(review, [version], by=chair, to=Recipient.COMMISSIONER)
    sent(other, by=chair, to_whom="The Commissioner")

    told = review.milestones.get(milestone=Milestone.SENT)
    assert told.on.earliest == told.on.latest == timezone.localdate()


def test_the_clock_takes_back_what_was_not_sent_after_all(review, version, chair):
    sent(pack_of(review, [version], by=chair), by=chair)
    other = pack_of(review, [version], by=chair, to=Recipient.COMMISSIONER)
    row = sent(other, by=chair, to_whom="The Commissioner")

    record_sending(
        other, on=None, to_whom="", why="It lay here", seen=row.pk, by=chair, key=uuid.uuid4()
    )

    assert not review.milestones.filter(milestone=Milestone.SENT).order_by("-pk").first().on


def test_after_the_review_a_sending_is_only_taken_back(client, review, version, chair, reader):
    pack = pack_of(review, [version], by=chair)
    row = sent(pack, by=chair)
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)
    said = {"why": "It lay here", "seen": row.pk, "key": uuid.uuid4()}
    url = reverse("reports:pack-sent", args=[review.reference, pack.number])
    assert url in page_of(client, chair, review).content.decode()
    assert page_of(client, reader, review).context["packs"] == [pack]
    with pytest.raises(ReviewEnded):
        sent(pack, by=chair, seen=row.pk, why="Another day")

    client.force_login(chair)
    taken_back = client.post(url, said).status_code

    assert taken_back == 302
    assert page_of(client, reader, review).context["packs"] == []
    assert url not in page_of(client, chair, review).content.decode()
    assert client.post(url, said | {"key": uuid.uuid4()}).status_code == 409


def test_who_was_replaced_since_they_opened_the_page_records_nothing(review, version, chair):
    pack = pack_of(review, [version], by=chair)
    assert rules.can_write_documents(access_of(chair), review)  # as the page asked
    end_role(RoleHolder.objects.get(user=chair), by=None)

    with pytest.raises(ValidationError, match="no longer yours to do"):
        sent(pack, by=chair)


# --- Who reads it -------------------------------------------------------------------------------


def test_the_reader_finds_a_pack_from_the_day_it_is_recorded_as_sent(
    client, review, version, chair, reader
):
    pack = pack_of(review, [version], by=chair)
    url = reverse("reports:pack-file", args=[review.reference, pack.number, 1])
    assert page_of(client, reader, review).context["packs"] == []
    assert client.get(url).status_code == 404

    sent(pack, by=chair)

    assert page_of(client, reader, review).context["packs"] == [pack]
    assert client.get(url).content == version.stored.content


def test_the_reader_finds_neither_what_was_not_sent_after_all_nor_what_went_elsewhere(
    client, review, version, chair, reader
):
    pack = pack_of(review, [version], by=chair)
    row = sent(pack, by=chair)
    record_sending(
        pack, on=None, to_whom="", why="It lay here", seen=row.pk, by=chair, key=uuid.uuid4()
    )
    other = pack_of(review, [version], by=chair, to=Recipient.COMMISSIONER)
    sent(other, by=chair)

    assert page_of(client, reader, review).context["packs"] == []


def test_why_a_record_was_wrong_is_for_those_who_write(client, review, version, chair, reader):
    pack = pack_of(review, [version], by=chair)
    row = sent(pack, by=chair)
    sent(pack, by=chair, seen=row.pk, why="Our mistake")

    assert "Our mistake" in page_of(client, chair, review).content.decode()
    assert "Our mistake" not in page_of(client, reader, review).content.decode()


def test_a_pack_is_made_and_sent_on_its_pages(client, review, version, chair):
    client.force_login(chair)
    form = {"to": "home-office", "renderings": [version.pk], "key": uuid.uuid4()}
    form["meant"] = [version.pk]
    made = client.post(reverse("reports:pack-make", args=[review.reference]), form)
    assert made.status_code == 302
    run_job(Job.objects.get(kind="reports.pack").pk)
    today = timezone.localdate()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}

    url = reverse("reports:pack-sent", args=[review.reference, 1])
    names = set(client.get(url).context["form"].fields)
    client.post(url, day | {"to_whom": "The unit", "seen": 0, "key": uuid.uuid4()})

    assert "why" not in names
    assert PackSent.objects.get().on == today
    page = page_of(client, chair, review).content.decode()
    assert "What it does not hold" in page
    assert "The unit" in page


def test_a_sending_that_is_recorded_while_a_form_is_read_is_shown_and_asked_about(
    client, review, version, chair
):
    client.force_login(chair)
    pack = pack_of(review, [version], by=chair)
    url = reverse("reports:pack-sent", args=[review.reference, pack.number])
    today = timezone.localdate()
    said = {"on_day": today.day, "on_month": today.month, "on_year": today.year, "seen": 0}
    was_read, recorded = [], []

    def somebody_is_quicker(execute, sql, *rest):
        if 'FROM "reports_packsent"' in sql:
            was_read.append(sql)
        if sql.startswith("SAVEPOINT") and was_read and not recorded:
            recorded.append("now")
            sent(pack, by=chair)
        return execute(sql, *rest)

    with connection.execute_wrapper(somebody_is_quicker):
        response = client.post(url, said | {"to_whom": "Another unit", "key": uuid.uuid4()})

    assert response.status_code == 422
    assert "to The Home Office" in response.content.decode()
    form = response.context["form"]
    assert form["seen"].value() == str(PackSent.objects.get().pk)
    assert "why" in form.fields


def test_a_form_that_names_a_record_that_is_not_there_is_no_fault_of_ours(
    client, review, version, chair
):
    client.force_login(chair)
    pack = pack_of(review, [version], by=chair)
    url = reverse("reports:pack-sent", args=[review.reference, pack.number])
    said = {"on_day": 1, "on_month": 6, "on_year": 2026, "to_whom": "The unit"}

    response = client.post(url, said | {"seen": 5, "key": uuid.uuid4()})

    assert response.status_code == 422
    assert response.context["form"]["seen"].value() == "0"
