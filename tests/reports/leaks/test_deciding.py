"""Scans on record, and what people decide of what they found."""

import hashlib
import io
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from docx import Document

from audit.models import Event
from findings.services.locking import ChangedMeanwhile, KeyOfAnother
from foundations.office.everything import Stretch
from foundations.post.jobs import run_job
from foundations.post.models import Job
from foundations.vault.rotation import rotate
from reports.leaks.deciding import standing, undecided
from reports.leaks.looked import Looking
from reports.leaks.showing import lines_of
from reports.models import Hit, HitDecision, Rendering, Scan
from reports.services.paragraphs import change_paragraph
from reports.services.renderings import ask_for_rendering
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.rules import Role, State
from tests.conftest import with_role
from tests.factories.reports import begun, paragraph_in
from tests.factories.reports_scans import asked_for, decided, scanned
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory
from tests.foundations.office import hostile

pytestmark = pytest.mark.django_db
NAMED = "Zara Quillfeather"
CONTENT = f"On the day {NAMED} rang the surgery.\nNobody answered.\n".encode()


@pytest.fixture
def review():
    review = ReviewFactory()
    IdentityFactory(person=PersonFactory(review=review, pseudonym="MA 7"), names=[NAMED])
    return review


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


@pytest.fixture
def scan(review, chair):
    return scanned(review, CONTENT, by=chair)


def version(review, chair, document=None):
    """An anonymised version of a document with a name in it, made or refused."""
    document = document or review.documents.get()
    one = ask_for_rendering(
        document, variant="anonymised", format_="html", has_plan=False, by=chair, key=uuid.uuid4()
    )
    run_job(Job.objects.get(key=one.job_key).pk)
    return Rendering.objects.get(pk=one.pk)


@pytest.fixture
def paragraph(review):
    section = begun(review).sections.get(code="background")
    return paragraph_in(section, f"In the morning {NAMED} rang the surgery.")


# --- Found --------------------------------------------------------------------------------------


def test_a_scan_says_what_it_found_and_where_it_looked(scan):
    (hit,) = scan.hits.all()

    assert (hit.kind, hit.person, hit.severity) == ("name", "MA 7", "high")
    assert scan.told["hits"] == [
        ["text", "line 1", "On the day ", NAMED, " rang the surgery. Nobody answered. ", ANY_WHY]
    ]
    assert scan.told["looked_at"] == ["file name", "text"]
    assert (scan.high, scan.medium, scan.low, scan.unread) == (1, 0, 0, 0)
    assert scan.sha256 == hashlib.sha256(CONTENT).hexdigest()


class _Any(str):
    def __eq__(self, other):
        return isinstance(other, str) and "MA 7" in other

    __hash__ = str.__hash__


ANY_WHY = _Any()


def test_what_could_not_be_read_is_told(review, chair):
    scan = scanned(review, b"%PDF-1", name="report.pdf", by=chair)

    assert scan.told["could_not_read"] == ["it is damaged"]
    assert (scan.unread, scan.found) == (1, 0)


@pytest.mark.parametrize("case", hostile.cases()[::6], ids=str)
def test_what_no_reader_would_take_is_looked_at_as_far_as_it_goes(case, review, chair):
    scan = scanned(review, case.content, name=case.name, by=chair)

    assert Job.objects.get(key=scan.job_key).state == Job.State.DONE
    assert scan.told["looked_at"][0] == "file name"


def test_words_that_were_found_stand_nowhere_in_the_clear(scan, review, chair):
    name = f"{NAMED}.txt"
    scanned(review, CONTENT, name=name, by=chair)

    with connection.cursor() as cursor:
        for table in ("reports_scan", "reports_hit", "vault_storedfile", "audit_event", "post_job"):
            cursor.execute(f"select coalesce(string_agg(t::text, ''), '') from {table} t")  # noqa: S608
            (text,) = cursor.fetchone()
            assert "Quillfeather" not in text, table
            assert NAMED.encode().hex() not in text, table


def test_its_events_tell_counts_and_no_words(scan):
    told = list(Event.objects.filter(type__startswith="scan.").order_by("pk"))

    assert [one.type for one in told] == ["scan.asked", "scan.made"]
    assert told[1].data == {
        "source": "uploaded",
        "sha256": scan.sha256,
        "unread": 0,
        "high": 1,
        "medium": 0,
        "low": 0,
    }


def test_the_same_key_again_gives_the_first_scan(review, chair):
    key = uuid.uuid4()

    first = asked_for(review, by=chair, key=key)

    assert asked_for(review, by=chair, key=key) == first
    assert Job.objects.filter(kind="reports.scan").count() == 1
    with pytest.raises(KeyOfAnother):
        asked_for(ReviewFactory(), by=chair, key=key)


def test_nothing_is_looked_through_for_somebody_who_writes_no_more(review, chair):
    scan = asked_for(review, by=chair)
    chair.groups.clear()
    chair.roles.all().delete()

    run_job(Job.objects.get(key=scan.job_key).pk)

    job = Job.objects.get(key=scan.job_key)
    assert (job.state, "no longer yours" in job.problem) == (Job.State.FAILED, True)


def test_an_ended_review_takes_no_scan_and_no_decision(scan, review, chair):
    waiting = asked_for(review, by=chair)
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    run_job(Job.objects.get(key=waiting.job_key).pk)

    assert Job.objects.get(key=waiting.job_key).state == Job.State.FAILED
    with pytest.raises(ReviewEnded):
        asked_for(review, by=chair)
    with pytest.raises(ReviewEnded):
        decided(scan)


# --- Kept ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Hit, HitDecision])
def test_hits_and_decisions_are_never_changed_or_deleted(model, scan):
    decided(scan)
    row = model.objects.get()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(id=row.pk)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")


@pytest.mark.parametrize("change", [{"high": 0}, {"at": None}, {"sha256": "0"}, {"by": None}])
def test_a_finished_scan_is_never_changed(change, scan):
    with pytest.raises(DatabaseError, match="stays as it was found"), transaction.atomic():
        Scan.objects.filter(pk=scan.pk).update(**change)


def test_what_it_told_can_be_sealed_with_another_key(scan):
    told = scan.told

    done = rotate(renew_data_keys=True)

    assert done.unreadable == []
    assert Scan.objects.get(pk=scan.pk).told == told


# --- Decided ------------------------------------------------------------------------------------


def test_what_is_kept_needs_a_reason(scan):
    with pytest.raises(ValidationError, match="Say why"):
        decided(scan, reason=" ")

    assert not HitDecision.objects.exists()


def test_a_later_decision_replaces_an_earlier_one_and_both_stay(scan, review):
    decided(scan, verdict="change", reason="")
    decided(scan, reason="She wishes it")

    (hit,) = scan.hits.all()
    assert standing(review, [hit.sign])[hit.sign].reason == "She wishes it"
    assert list(hit.decisions.values_list("verdict", flat=True)) == ["change", "keep"]


def test_the_same_key_again_decides_nothing_twice(scan):
    key = uuid.uuid4()

    assert (decided(scan, key=key), decided(scan, key=key)) == (1, 1)
    assert HitDecision.objects.count() == 1


def test_a_decision_that_was_not_seen_is_not_replaced(scan):
    decided(scan)

    with pytest.raises(ChangedMeanwhile):
        decided(scan, verdict="change", seen=0)


def test_several_are_decided_or_none(scan):
    with pytest.raises(ValidationError, match="Choose"):
        decided(scan, [0, 7])

    assert not HitDecision.objects.exists()


def test_a_decision_is_told_without_its_words(scan):
    decided(scan, reason="Told by the family")

    event = Event.objects.get(type="scan.decided")
    assert event.data == {"verdict": "keep", "hits": 1}


# --- Taken over ---------------------------------------------------------------------------------


def kept_in(scan, review):
    signs = [hit.sign for hit in scan.hits.all()]
    return [sign in standing(review, signs) for sign in signs]


def test_a_decision_stands_for_the_same_words_in_the_same_surroundings(scan, review, chair):
    decided(scan)

    again = scanned(review, b"A new first line.\n" * 12 + CONTENT, by=chair)
    moved = scanned(review, CONTENT + b"\n" + b"More. " * 40, by=chair)
    same = scanned(review, CONTENT, by=chair)

    assert kept_in(same, review) == [True]
    assert kept_in(again, review) == kept_in(moved, review) == [False]


def test_a_change_far_away_asks_nothing_anew(review, chair):
    far = b"Much was said. " * 40
    decided(scanned(review, b"One. " + far + CONTENT + far, by=chair))

    again = scanned(review, b"Two. " + far + CONTENT + far, by=chair)

    assert kept_in(again, review) == [True]


@pytest.mark.parametrize(
    "content",
    [
        CONTENT.replace(b"rang", b"called"),
        CONTENT.replace(b"Zara Quillfeather", b"Ms Quillfeather"),
        CONTENT.replace(b"On the day", b"That day"),
    ],
)
def test_it_is_asked_anew_where_the_surroundings_changed(content, scan, review, chair):
    decided(scan)

    assert kept_in(scanned(review, content, by=chair), review) == [False]


def test_a_cell_is_known_by_what_stands_beside_it(review, chair):
    page = "<table><tr><td>{}</td><td>" + NAMED + "</td><td>rang</td></tr></table>"
    first = scanned(review, page.format("Caller").encode(), name="a.html", by=chair)
    decided(first)

    same = scanned(review, page.format("Caller").encode(), name="a.html", by=chair)
    other = scanned(review, page.format("Victim").encode(), name="a.html", by=chair)

    assert (kept_in(same, review), kept_in(other, review)) == ([True], [False])


def test_nothing_decided_in_another_review_is_taken_over(scan, chair):
    other = ReviewFactory()
    IdentityFactory(person=PersonFactory(review=other, pseudonym="MA 7"), names=[NAMED])
    decided(scan)

    there = scanned(other, CONTENT, by=with_role(Role.CHAIR, other))

    assert kept_in(there, other) == [False]
    assert there.hits.get().sign != scan.hits.get().sign


# --- Versions -----------------------------------------------------------------------------------


def test_an_anonymised_version_is_refused_until_what_was_found_is_kept(paragraph, review, chair):
    refused = version(review, chair)
    scan = Scan.objects.get(rendering=refused)
    assert (refused.is_refused, scan.stored, undecided(refused)) == (True, None, scan.found)

    decided(scan, verdict="change", reason="")
    assert version(review, chair).is_refused

    decided(scan)
    made = version(review, chair)

    assert made.is_made
    assert undecided(made) == 0
    assert Scan.objects.get(rendering=made).sha256 == made.sha256


def test_a_place_that_changed_is_asked_anew(paragraph, review, chair):
    decided(Scan.objects.get(rendering=version(review, chair)))
    assert version(review, chair).is_made

    change_paragraph(
        paragraph,
        text=f"In the evening {NAMED} rang the surgery.",
        kind="numbered",
        seen=paragraph.changes,
        by=chair,
    )

    assert version(review, chair).is_refused


def test_what_was_changed_in_the_text_is_no_longer_found(paragraph, review, chair):
    assert version(review, chair).is_refused

    change_paragraph(paragraph, text="In the morning MA 7 rang.", kind="numbered", seen=0, by=chair)

    made = version(review, chair)
    assert made.is_made
    assert undecided(made) == 0


def test_a_slight_hit_lets_a_version_be_made_and_counts_as_undecided(review, chair):
    section = begun(review).sections.get(code="background")
    paragraph_in(section, "They met a Polish butcher in the spring.")

    made = version(review, chair)

    scan = Scan.objects.get(rendering=made)
    assert (made.is_made, scan.low, undecided(made)) == (True, scan.found, scan.found)
    assert scan.found > 0


def test_a_version_that_nobody_looked_through_is_not_said_to_be_decided(review, chair):
    begun(review)
    one = ask_for_rendering(
        review.documents.get(),
        variant="confidential",
        format_="html",
        has_plan=False,
        by=chair,
        key=uuid.uuid4(),
    )
    run_job(Job.objects.get(key=one.job_key).pk)

    assert undecided(one) is None


def test_the_file_of_a_version_is_looked_through_too(review, chair):
    begun(review)

    scan = Scan.objects.get(rendering=version(review, chair))

    assert {"text", "the file: links", "the file: comments"} <= set(scan.told["looked_at"])


def test_what_a_file_holds_beside_its_text_is_told_once(review):
    looking = Looking(review)
    looked = looking.at_stretches([Stretch("text", "paragraph 1.1", f"{NAMED} rang.")])
    file = Document()
    file.add_paragraph(f"1.1 {NAMED} rang.")
    file.core_properties.author = NAMED
    out = io.BytesIO()
    file.save(out)

    found = looking.at_drawn(looked, out.getvalue(), "report.docx").sightings

    assert [one.hit.part for one in found] == ["text", "document properties"]


def test_a_known_name_that_the_text_did_not_hold_is_told_of_the_file(review):
    looking = Looking(review)
    looked = looking.at_stretches([Stretch("text", "paragraph 1.1", "She rang.")])
    page = f"<p>1.1 {NAMED} rang.</p>".encode()

    found = looking.at_drawn(looked, page, "report.html").sightings

    assert [(one.hit.part, one.hit.person) for one in found] == [("text", "MA 7")]


def test_many_decisions_of_other_scans_take_no_more_queries_than_one(
    review, chair, django_assert_num_queries
):
    content = "\n".join(f"Call 07700 9001{n}." for n in range(10, 60)).encode()
    first = scanned(review, content, by=chair)
    decided(first)
    again = scanned(review, content, by=chair)
    assert len(again.told["hits"]) == 50

    with django_assert_num_queries(3):  # its hits, their decisions, where these were made
        lines = lines_of(again)

    assert len(lines) == 50
    assert {one.decided_in for one in lines} == {first}
