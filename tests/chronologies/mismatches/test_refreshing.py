"""What is found is kept: new, changed, gone, found again; a judgement stays with it."""

import uuid

import pytest

from chronologies import services
from chronologies.mismatches.finding import reading
from chronologies.mismatches.models import Judgement, Mismatch
from chronologies.mismatches.services.refreshing import KIND, look_again
from foundations.dates import parse
from foundations.post.jobs import run_job
from foundations.post.models import Job
from reviews.rules import State
from tests.chronologies.mismatches.telling import HOUSING, POLICE, SUPPORT
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

REFERRED = "MA 1 was referred to Harbour and Wold Support."
RECEIVED = "Eastmoor Housing Services referred MA 1."


def change(entry, **content):
    return services.change_entry(
        entry, by=UserFactory(), content=content, seen=entry.versions.count(), reason="Corrected"
    )


def judge(mismatch):
    return Judgement.objects.create(
        mismatch=mismatch,
        key=uuid.uuid4(),
        verdict="not_material",
        reason="Known",
        evidence=mismatch.evidence,
        by=UserFactory(),
    )


def test_looking_twice_changes_nothing(told):
    told(HOUSING, "12.03.2012", REFERRED)
    first = told.refresh()
    before = list(told.rows().values())

    second = told.refresh()

    assert (first.added, second.added, second.changed, second.gone) == (1, 0, 0, 0)
    assert list(told.rows().values()) == before


def test_what_is_no_longer_found_is_gone_and_comes_back(told):
    told(HOUSING, "12.03.2012", REFERRED)
    (found,) = told.found()
    received = told(SUPPORT, "14.03.2012", RECEIVED)
    assert (told.found(), Mismatch.objects.get().gone_at is None) == ([], False)

    services.withdraw_entry(received, by=UserFactory(), reason="Of somebody else")

    assert [again.pk for again in told.found()] == [found.pk]


def test_what_was_judged_stays_judged_while_the_evidence_is_the_same(told):
    entry = told(HOUSING, "12.03.2012", REFERRED)
    judged = judge(told.found()[0])
    told(HOUSING, "12.05.2012", "Gas safety check.")

    (found,) = told.found()

    assert (found.entry_links.get().entry, found.evidence) == (entry, judged.evidence)


def test_a_change_of_the_words_it_rests_on_shows_beside_the_judgement(told):
    entry = told(HOUSING, "12.03.2012", REFERRED)
    judged = judge(told.found()[0])

    change(entry, text="MA 1 was referred to Harbour and Wold Support by fax.")
    (found,) = told.found()

    assert found.pk == judged.mismatch_id
    assert found.evidence != judged.evidence
    assert "by fax" in found.explanation


def test_after_one_change_only_what_it_touches_is_looked_at(told):
    for year in range(2010, 2014):
        for month in range(1, 13):
            told(HOUSING, f"03.{month:02}.{year}", "Rent letter sent.")
            told(POLICE, f"04.{month:02}.{year}", "Patrol passed the address.")
    told(HOUSING, "12.03.2012", REFERRED)
    told.refresh()
    received = told(SUPPORT, "14.03.2012", RECEIVED)

    looked = told.refresh(entries=[received.pk])

    assert looked.read == 1
    assert 0 < looked.looked_at < 12
    assert looked.gone == 1


@pytest.mark.parametrize("what", ["changed", "added", "withdrawn", "moved"])
def test_looking_at_what_a_change_touches_finds_what_looking_at_all_would(told, what):
    told(HOUSING, "12.03.2012", REFERRED)
    told(HOUSING, "20.06.2012", "The officer agreed to send MA 1 a mutual exchange application.")
    told(POLICE, "01.02.2012", "MA 2 stabbed MA 1 in the arm.", ["MA 1", "MA 2"])
    told(SUPPORT, "12.09.2012", "MA 1 told us MA 2 had stabbed him in the arm.", ["MA 1", "MA 2"])
    received = told(SUPPORT, "14.03.2012", RECEIVED)
    told.refresh()
    entry = _happened(what, told, received)

    told.refresh(entries=[entry.pk])
    some = list(told.rows().order_by("key").values_list("key", "evidence", "kind", "explanation"))
    told.refresh()

    assert some == list(
        told.rows().order_by("key").values_list("key", "evidence", "kind", "explanation")
    )


def _happened(what, told, received):
    if what == "changed":
        return change(received, text="MA 1 attended a coffee morning.")
    if what == "moved":
        return change(received, date=parse("14.11.2013").value)
    if what == "withdrawn":
        return services.withdraw_entry(received, by=UserFactory(), reason="Entered twice")
    return told(HOUSING, "02.07.2012", "Mutual exchange application sent to MA 1.")


def test_what_was_read_once_is_not_read_again(told):
    told(HOUSING, "12.03.2012", REFERRED)
    told.refresh()

    assert told.refresh().read == 0
    assert reading._READ


# --- By itself ------------------------------------------------------------------------------------


def waiting():
    return list(Job.objects.filter(kind=KIND, state="queued").order_by("pk"))


def test_a_changed_entry_has_a_worker_look(told):
    entry = told(HOUSING, "12.03.2012", "Rent letter sent.")
    told.refresh()

    change(entry, text=REFERRED)
    (job,) = waiting()
    run_job(job.pk)

    assert job.payload == {"review_id": told.review.pk, "entries": [entry.pk]}
    assert [found.kind for found in told.rows()] == ["sent-no-receipt"]


def test_several_changes_are_one_look(told):
    one, other = told(HOUSING, "12.03.2012", "A."), told(HOUSING, "13.03.2012", "B.")

    change(one, text="C.")
    change(other, text="D.")

    (job,) = waiting()
    assert job.payload["entries"] == [one.pk, other.pk]


def test_a_new_file_is_a_look_at_all(told):
    entry = told(HOUSING, "12.03.2012", "A.")
    change(entry, text="B.")

    look_again(told.review)

    (job,) = waiting()
    assert job.payload["entries"] is None


def test_a_look_that_a_worker_did_not_finish_is_done_by_the_next(told, monkeypatch):
    told(HOUSING, "12.03.2012", REFERRED)
    job = look_again(told.review)
    with monkeypatch.context() as broken:
        broken.setattr("chronologies.mismatches.services.refreshing.record", _dies)
        run_job(job.pk)
    assert not told.rows().exists()

    run_job(job.pk)

    assert told.rows().count() == 1


def _dies(*args, **kwargs):
    raise RuntimeError("the worker died")


def test_a_review_that_ended_is_left_as_it_is(told):
    told(HOUSING, "12.03.2012", REFERRED)
    job = look_again(told.review)
    told.review.state = State.CLOSED
    told.review.save()

    run_job(job.pk)

    assert not told.rows().exists()
