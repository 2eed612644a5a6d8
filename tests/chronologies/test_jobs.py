import os
import signal
import subprocess
import sys
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from accounts.services import close_account
from audit.models import Event
from audit.services import verify
from chronologies import importing, services
from chronologies.models import ChronologyImport, Entry, Export
from foundations.post.jobs import run_job
from foundations.post.models import Job
from foundations.vault.models import StoredFile
from reviews.rules import Role
from reviews.services import end_role
from tests.chronologies.files import csv_of
from tests.chronologies.killed import POINTS
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory

State = ChronologyImport.State


def uploaded(part=None, content=None):
    part = part or ParticipationFactory()
    return services.upload(
        part.review,
        part,
        content=content or csv_of(),
        name="police.csv",
        by=with_role(Role.IMR_AUTHOR, part.review, part),
        key=uuid.uuid4(),
    )


def job_of(thing):
    return Job.objects.get(key=thing.job_key)


def begun(import_):
    """Read, previewed, and waiting to be saved."""
    services.run_now(import_)
    services.begin_saving(import_, by=import_.by)
    return ChronologyImport.objects.get(pk=import_.pk)


# --- What the jobs do ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_read_job_previews():
    import_ = uploaded()

    job = run_job(job_of(import_).pk)

    import_.refresh_from_db()
    job.refresh_from_db()
    assert (job.state, import_.state) == (Job.State.DONE, State.PREVIEWED)
    assert job.result == {"entries": 3}


@pytest.mark.django_db
def test_the_save_job_saves():
    import_ = begun(uploaded())

    run_job(job_of(import_).pk)

    import_.refresh_from_db()
    assert (import_.state, Entry.objects.count()) == (State.SAVED, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["role ended", "account closed"])
def test_whoever_may_no_longer_change_a_chronology_does_not_save_to_it(how):
    import_ = begun(uploaded())
    if how == "role ended":
        end_role(import_.by.roles.get(), by=None)
    else:
        close_account(import_.by, by=None)

    run_job(job_of(import_).pk)

    import_.refresh_from_db()
    assert (import_.state, Entry.objects.count()) == (State.REFUSED, 0)
    assert import_.problem == services.NO_LONGER


@pytest.mark.django_db
def test_a_job_holds_ids_only():
    import_ = uploaded()

    assert job_of(import_).payload == {"import_id": import_.pk}


@pytest.mark.django_db
def test_the_read_job_says_how_far_it_is(monkeypatch):
    monkeypatch.setattr(importing, "TELL_EVERY", 1)
    import_ = uploaded()

    run_job(job_of(import_).pk)

    assert job_of(import_).steps_done == 4


@pytest.mark.django_db
def test_a_discarded_import_is_not_brought_back_by_its_job():
    import_ = uploaded()
    services.discard_import(import_, by=import_.by)

    run_job(job_of(import_).pk)

    import_.refresh_from_db()
    assert import_.state == State.DISCARDED


@pytest.mark.django_db
def test_a_worker_that_was_taken_over_saves_nothing(monkeypatch):
    import_ = begun(uploaded())
    job = job_of(import_)
    read = importing.read_draft

    def slowly(*args, **kwargs):
        """So slow that another worker takes the job and finishes it."""
        monkeypatch.setattr(importing, "read_draft", read)
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        run_job(job.pk)
        return read(*args, **kwargs)

    monkeypatch.setattr(importing, "read_draft", slowly)
    run_job(job.pk)

    assert Entry.objects.count() == 3
    assert Event.objects.filter(type="chronology.imported").count() == 1


@pytest.mark.django_db
def test_a_job_that_failed_can_be_asked_for_again():
    import_ = uploaded()
    Job.objects.filter(key=import_.job_key).update(state=Job.State.FAILED, problem="Gave up.")

    services.look_again(import_, by=import_.by)
    import_.refresh_from_db()
    services.run_now(import_)

    import_.refresh_from_db()
    assert import_.state == State.PREVIEWED


@pytest.mark.django_db
def test_an_export_is_made_with_the_rights_its_asker_has_by_then():
    review = EntryFactory().review
    chair = with_role(Role.CHAIR, review)
    export = services.ask_for_export(review, format_="xlsx", chosen={}, by=chair, key=uuid.uuid4())
    end_role(chair.roles.get(), by=None)

    run_job(job_of(export).pk)

    export.refresh_from_db()
    assert (export.rows, export.places) == (0, [])


@pytest.mark.django_db
def test_a_double_click_asks_for_one_export():
    entry, key = EntryFactory(), uuid.uuid4()
    chair = with_role(Role.CHAIR, entry.review)
    ask = {"format_": "xlsx", "chosen": {}, "by": chair, "key": key}

    first = services.ask_for_export(entry.review, **ask)
    second = services.ask_for_export(entry.review, **ask)

    assert first == second
    assert Job.objects.count() == 1


# --- Killed at any point ------------------------------------------------------------------------


def run_and_be_killed(job, point):
    """The job is run by a process that is gone at that point."""
    worker = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.chronologies.killed", str(job.pk), point],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=False,
        capture_output=True,
        timeout=120,
    )
    assert worker.returncode == -signal.SIGKILL, worker.stderr.decode()[-2000:]


def take_over(job):
    """What the sweeper does once the dead worker's lease is over."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    return run_job(job.pk)


BEFORE_COMMIT = [
    "once claimed",
    "in the middle of reading",
    "once compared",
    "once the rows are staged",
    "once the entries are written",
    "once marked as done",
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", BEFORE_COMMIT)
def test_killed_while_saving_leaves_nothing_and_the_next_worker_saves_once(point):
    import_ = begun(uploaded())
    job = job_of(import_)

    run_and_be_killed(job, point)

    assert Entry.objects.count() == 0
    assert ChronologyImport.objects.get(pk=import_.pk).state == State.SAVING
    assert Event.objects.filter(type="chronology.imported").count() == 0

    take_over(job)

    assert Entry.objects.count() == 3
    assert ChronologyImport.objects.get(pk=import_.pk).state == State.SAVED
    assert Event.objects.filter(type="chronology.imported").count() == 1
    assert verify().broken is None


@pytest.mark.django_db(transaction=True)
def test_killed_after_the_commit_saves_nothing_twice():
    import_ = begun(uploaded())
    job = job_of(import_)

    run_and_be_killed(job, "once committed")

    assert Entry.objects.count() == 3
    assert take_over(job) is None
    assert Entry.objects.count() == 3
    assert Event.objects.filter(type="chronology.imported").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["in the middle of reading", "once the preview is written"])
def test_killed_while_reading_shows_nothing_and_the_next_worker_previews(point):
    import_ = uploaded()
    job = job_of(import_)

    run_and_be_killed(job, point)

    assert ChronologyImport.objects.get(pk=import_.pk).state == State.UPLOADED

    take_over(job)

    assert ChronologyImport.objects.get(pk=import_.pk).state == State.PREVIEWED


@pytest.mark.django_db(transaction=True)
def test_killed_while_exporting_leaves_no_file_and_the_next_worker_makes_one():
    entry = EntryFactory()
    chair = with_role(Role.CHAIR, entry.review)
    export = services.ask_for_export(
        entry.review, format_="xlsx", chosen={}, by=chair, key=uuid.uuid4()
    )
    job = job_of(export)

    run_and_be_killed(job, "once the export is kept")

    assert StoredFile.objects.count() == 0

    take_over(job)

    assert Export.objects.get().stored is not None
    assert StoredFile.objects.count() == 1


def test_every_point_is_used():
    used = {
        *BEFORE_COMMIT,
        "once committed",
        "once the preview is written",
        "once the export is kept",
    }

    assert used == set(POINTS)


# --- At the same moment -------------------------------------------------------------------------


def at_once(*tasks):
    """Each in a thread of its own, with its own connection."""

    def run(task):
        try:
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


@pytest.mark.django_db(transaction=True)
def test_two_who_save_the_same_rows_at_the_same_moment_do_not_double_them(monkeypatch):
    part = ParticipationFactory()
    imports = [begun(uploaded(part)), begun(uploaded(part))]
    both_have_read, read = threading.Barrier(2), importing.read_draft

    def read_and_wait(*args, **kwargs):
        draft = read(*args, **kwargs)
        both_have_read.wait(timeout=30)
        return draft

    monkeypatch.setattr(importing, "read_draft", read_and_wait)
    at_once(*(partial(run_job, job_of(import_).pk) for import_ in imports))

    states = sorted(ChronologyImport.objects.values_list("state", flat=True))
    assert states == [State.PREVIEWED, State.SAVED]
    assert Entry.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_upload(monkeypatch):
    part, by, key = ParticipationFactory(), UserFactory(), uuid.uuid4()
    both_have_looked, store = threading.Barrier(2), services.store

    def wait_and_store(*args, **kwargs):
        both_have_looked.wait(timeout=30)
        return store(*args, **kwargs)

    monkeypatch.setattr(services, "store", wait_and_store)
    click = partial(
        services.upload, part.review, part, content=csv_of(), name="a.csv", by=by, key=key
    )
    first, second = at_once(click, click)

    assert first == second
    assert (StoredFile.objects.count(), Job.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_hear_the_same_bell_do_the_job_once():
    job = job_of(begun(uploaded()))

    at_once(partial(run_job, job.pk), partial(run_job, job.pk), partial(run_job, job.pk))

    assert Entry.objects.count() == 3
    assert Event.objects.filter(type="chronology.imported").count() == 1
