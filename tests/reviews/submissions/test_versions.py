"""Reading, comparing and fetching what was sent."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from foundations.vault.models import StoredFile
from reviews.rules import Role
from reviews.services import share
from reviews.submissions.models import OwnPoint, Passage
from reviews.submissions.services.handing import hand_in, sign_off
from reviews.submissions.shown import shown
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_submissions import appendix, prepared, report, sent, with_file
from tests.reviews.submissions.test_services import again

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def chair(part, client):
    user = with_role(Role.CHAIR, part.review)
    client.force_login(user)
    return user


def page(submission, name="detail", *more, space="reviews:submission-"):
    request = submission.request
    at = [request.review.reference, request.pk, submission.number, *more]
    return reverse(f"{space}{name}", args=at)


def words(response):
    return " ".join(response.content.decode().split())


def next_of(first, *more, note="Two calls were found"):
    second = again(first)
    with_file(second, content=report(*more))
    hand_in(second, by=second.begun_by, key=uuid.uuid4(), note=note)
    sign_off(second, by=UserFactory(), key=uuid.uuid4())
    second.refresh_from_db()
    return second


def shared_with_panel(submission, by):
    return share(
        submission.review,
        material="submission",
        submission=submission,
        with_role=Role.PANEL_MEMBER,
        by=by,
    )


# --- Reading ------------------------------------------------------------------------------------


def test_the_chair_reads_the_report_by_heading(part, chair, client):
    submission = sent(part)

    text = words(client.get(page(submission)))

    for passage in submission.main.passages.all():
        assert f'href="#passage-{passage.position}"' in text
        assert passage.heading in text
    assert "The practice saw MA 1 on two occasions." in text
    assert "<td" in text
    assert "Table 1 of the report" in text
    assert "Train every receptionist to ask." in text
    assert f"Receipt {submission.move.number}" in text
    (event,) = Event.objects.filter(type="submission.read")
    assert event.data["version"] == 1


def test_the_request_lists_what_was_sent(part, chair, client):
    first = sent(part)
    second = next_of(first, "More")

    text = words(client.get(first.request.get_absolute_url()))

    assert page(first) in text
    assert page(second) in text
    assert "Two calls were found" in text


def test_headings_follow_each_other_without_a_gap(part):
    rows = [
        Passage(level=level, heading=str(level), position=at, is_certain=True)
        for at, level in enumerate((0, 3, 1, 2, 9, 9, 1))
    ]

    assert [one.level for one in shown(rows)] == [2, 3, 2, 3, 4, 5, 2]


def test_a_list_a_table_and_a_note_are_each_shown_as_one():
    blocks = [
        {"kind": "paragraph", "position": 1, "text": "Two things:"},
        {"kind": "paragraph", "position": 2, "text": "One", "label": "(a)", "depth": 0},
        {"kind": "paragraph", "position": 3, "text": "Two", "label": "(b)", "depth": 0},
        {"kind": "row", "position": 4, "cells": ["1", ""], "table": 1, "row": 1},
        {"kind": "row", "position": 5, "cells": ["3", "4"], "table": 1, "row": 2},
        {"kind": "row", "position": 6, "cells": ["5"], "labels": ["i."], "table": 2, "row": 1},
        {"kind": "note", "position": 7, "text": "See there", "label": "1"},
    ]

    (one,) = shown([Passage(level=1, position=1, is_certain=True, blocks=blocks)])

    assert [(run.kind, len(run.blocks), run.number) for run in one.runs] == [
        ("paragraph", 1, 0),
        ("list", 2, 0),
        ("table", 2, 1),
        ("table", 1, 2),
        ("notes", 1, 0),
    ]
    assert list(one.runs[2].rows) == [[("", "1"), ("", "")], [("", "3"), ("", "4")]]
    assert list(one.runs[3].rows) == [[("i.", "5")]]


def test_a_report_that_could_not_be_read_can_still_be_opened(part, chair, client):
    submission = sent(part)
    Passage.objects.all().delete()
    submission.main.points.all().delete()
    submission.files.update(unread_because="The file is damaged.")

    text = words(client.get(page(submission)))

    assert "The file is damaged." in text
    assert "Open the file to read it." in text
    assert page(submission, "download", submission.main.pk) in text


def test_reading_asks_as_much_of_a_long_report_as_of_a_short_one(part, chair, client):
    submission = sent(part)
    client.get(page(submission))
    counts = set()
    for first in (900, 800):
        with CaptureQueriesContext(connection) as asked:
            client.get(page(submission))
        counts.add(len(asked))
        file = submission.main
        Passage.objects.bulk_create(
            Passage(file=file, position=n, level=1, heading="More", is_certain=True)
            for n in range(first, first + 40)
        )
    assert len(counts) == 1


# --- What the panel sees of it --------------------------------------------------------------------


def test_whoever_it_is_shared_with_reads_it_and_nothing_around_it(part, chair, client):
    first = sent(part)
    file = first.main
    file.found = file.found | {"comments": 2, "commented_by": ["Reviewer 1"]}
    file.save()
    OwnPoint.objects.filter(text__startswith="Audit").update(is_left_out=True)
    second = next_of(first, "More")
    shared_with_panel(first, chair)
    client.force_login(with_role(Role.PANEL_MEMBER, part.review))

    text = words(client.get(page(first)))

    assert "The practice saw MA 1 on two occasions." in text
    assert part.agency.name in text
    for hidden in (
        "inside the agency",
        "Handed in",
        "Reviewer 1",
        "Receipt",
        "Audit referrals each quarter.</div>",
        "version 2",
        "Two calls",
        first.request.get_absolute_url() + '"',
    ):
        assert hidden not in text, hidden
    assert client.get(page(second)).status_code == 404
    assert client.get(page(first, "download", file.pk)).status_code == 200
    assert client.get(page(second, "download", second.main.pk)).status_code == 404
    assert client.get(page(first, "download", second.main.pk)).status_code == 404
    assert "There is one version" in words(client.get(page(first, "changes")))


def test_what_is_in_preparation_has_no_page_of_a_version(part, chair, client):
    first = sent(part)
    second = again(first)
    with_file(second, content=report("More"))
    file = reverse(
        "reviews:submission-file", args=[part.review.reference, first.request_id, second.main.pk]
    )

    assert client.get(page(first).replace("/1/", "/2/")).status_code == 404
    assert client.get(page(first, "download", second.main.pk)).status_code == 404
    assert client.get(file).status_code == 404


# --- Differences ----------------------------------------------------------------------------------


def test_two_versions_are_compared_by_heading(part, chair, client):
    first = sent(part)
    second = next_of(first, "It also rang her twice.")
    next_of(second, "It also rang her three times.", note="Three")

    of_second = words(client.get(page(second, "changes")))
    whole = words(client.get(page(second, "changes"), {"other": 1, "every": "on"}))
    of_three = words(client.get(page(first, "changes"), {"other": 3}))

    assert "From version 1 to version 2" in of_second
    assert "[added: </span>It also rang her twice." in of_second
    assert "This report is about nobody." not in of_second
    assert "This report is about nobody." in whole
    assert "From version 1 to version 3" in of_three
    assert "three times." in of_three
    told = Event.objects.filter(type="submission.read").order_by("pk").first()
    assert (told.data["version"], told.data["before"]) == (2, 1)


def test_the_same_version_or_none_is_no_choice(part, chair, client):
    first = sent(part)
    next_of(first, "More")

    for other in ("1", "7", "x", ""):
        response = client.get(page(first, "changes"), {"other": other})
        assert (response.status_code, "From version" in words(response)) == (200, False)


def test_a_version_that_could_not_be_read_is_not_compared(part, chair, client):
    first = sent(part)
    second = next_of(first, "More")
    first.files.update(unread_because="The file is damaged.")

    assert "The text of version 1 could not be read" in words(client.get(page(second, "changes")))


# --- Files ----------------------------------------------------------------------------------------


def test_files_are_fetched_as_they_came_and_told_of(part, chair, client):
    submission = sent(part, name="Our IMR.docx")

    response = client.get(page(submission, "download", submission.main.pk))

    assert response.content == submission.main.stored.content
    assert response["Content-Disposition"] == 'attachment; filename="Our IMR.docx"'
    assert Event.objects.filter(type="file.downloaded").count() == 1


@pytest.mark.parametrize(("scan", "said"), [("waiting", "checked"), ("infected", "Harmful")])
def test_a_file_that_is_held_is_not_fetched(scan, said, part, chair, client):
    submission = sent(part)
    StoredFile.objects.update(scan=scan)

    response = client.get(page(submission, "download", submission.main.pk))

    assert response.status_code not in (200, 404)
    assert said in words(response)
    assert not Event.objects.filter(type="file.downloaded").exists()
    assert client.get(page(submission)).status_code == 200


def test_what_was_taken_out_before_it_was_sent_is_nobodys(part, chair, client):
    submission = prepared(part)
    with_file(submission, content=appendix(), name="Letter.docx", part="appendix")
    letter = submission.appendices.get()
    letter.removed_at = submission.begun_at
    letter.save()
    hand_in(submission, by=submission.begun_by, key=uuid.uuid4())
    sign_off(submission, by=UserFactory(), key=uuid.uuid4())
    submission.refresh_from_db()

    assert client.get(page(submission, "download", letter.pk)).status_code == 404
    assert "Letter.docx" not in words(client.get(page(submission)))


# --- Beside the chronology ------------------------------------------------------------------------


def test_the_report_stands_beside_what_the_agency_recorded(part, chair, client):
    submission = sent(part)
    EntryFactory(participation=part, review=part.review, text="Seen at home", on="2011")
    EntryFactory(participation=part, review=part.review, text="Rang twice", on="2014")
    other = ParticipationFactory(review=part.review)
    EntryFactory(participation=other, review=part.review, text="Of another", on="2014")
    url = page(submission, "beside", space="chronologies:")

    text = words(client.get(url))
    of_2014 = words(client.get(url, {"start": "2013", "end": "2015"}))
    by_words = words(client.get(url, {"words": "home"}))

    assert url in client.get(page(submission)).content.decode()
    assert "The practice saw MA 1 on two occasions." in text
    assert "Seen at home" in text
    assert "Rang twice" in text
    assert "Of another" not in text
    assert "Seen at home" not in of_2014
    assert "Rang twice" in of_2014
    assert "Rang twice" not in by_words


def test_beside_the_chronology_is_for_those_who_may_read_both(part, chair, client):
    submission = sent(part)
    url = page(submission, "beside", space="chronologies:")
    shared_with_panel(submission, chair)
    panel = with_role(Role.PANEL_MEMBER, part.review)
    client.force_login(panel)
    without = client.get(url).status_code, url in client.get(page(submission)).content.decode()

    share(part.review, material="chronology", with_role=Role.PANEL_MEMBER, by=chair)

    assert without == (403, False)
    assert client.get(url).status_code == 200
