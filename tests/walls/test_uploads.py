"""What is brought to the door and does not belong inside stays outside, and breaks nothing."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from actionplans.models import PlanImport
from chronologies.models import ChronologyImport, SourceFile
from foundations.vault.models import StoredFile
from reviews.rules import Role
from reviews.submissions.models import Submission
from tests.chronologies.files import csv_of
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_requests import asked
from tests.foundations.office import hostile

pytestmark = pytest.mark.django_db
NAMES = {
    "a path": ("../../etc/passwd.csv", "passwd.csv"),
    "another system's path": ("C:\\Users\\jo\\notes.csv", "notes.csv"),
    "an address": ("/etc/shadow.csv", "shadow.csv"),
    "turned round": ("police\u202egnp.csv", "policegnp.csv"),
    "markup": ("<script>alert(1)</script>.csv", None),
    "very long": ("a" * 240 + ".csv", None),
    "only dots": ("....csv", None),
}


@pytest.fixture
def part():
    return ParticipationFactory()


def at_the_door(client, part, room, name, content):
    at = [part.review.reference, *([part.pk] if room == "chronologies" else [])]
    form = {"key": uuid.uuid4(), "file": SimpleUploadedFile(name, content)}
    return client.post(reverse(f"{room}:import-upload", args=at), form)


@pytest.mark.parametrize("case", hostile.cases(), ids=str)
def test_what_is_refused_leaves_nothing(case, client, sign_in, part):
    sign_in(Role.SIGN_OFF_OFFICER, part.review, part)

    response = at_the_door(client, part, "chronologies", case.name, case.content)

    assert response.status_code == 422
    kept = [model.objects.count() for model in (StoredFile, SourceFile, ChronologyImport)]
    assert kept == [0, 0, 0]


@pytest.mark.parametrize("case", hostile.cases()[::4], ids=str)
def test_a_plan_goes_through_the_same_door(case, client, sign_in, part):
    sign_in(Role.CHAIR, part.review)

    response = at_the_door(client, part, "actionplans", case.name, case.content)

    assert response.status_code == 422
    assert [StoredFile.objects.count(), PlanImport.objects.count()] == [0, 0]


@pytest.mark.parametrize("what", NAMES)
def test_a_name_leads_nowhere_and_into_no_header(what, client, sign_in, part):
    name, shown = NAMES[what]
    sign_in(Role.IMR_AUTHOR, part.review, part)
    file = SimpleUploadedFile("x.csv", csv_of())
    file._name = name  # as a client may write it, whatever Django would make of it

    url = reverse("chronologies:import-upload", args=[part.review.reference, part.pk])
    assert client.post(url, {"key": uuid.uuid4(), "file": file}).status_code == 302

    import_ = ChronologyImport.objects.get()
    kept = import_.source_file.name
    response = client.get(
        reverse("chronologies:import-file", args=[part.review.reference, import_.pk])
    )
    assert shown in (None, kept)
    assert len(kept) <= 150
    assert not set("/\\<>\r\n\u202e") & set(kept)
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert "Set-Cookie" not in response.headers


def test_a_file_is_fetched_by_its_own_agency_and_by_nobody_else(client, part):
    sender = with_role(Role.IMR_AUTHOR, part.review, part)
    client.force_login(sender)
    at_the_door(client, part, "chronologies", "a.csv", csv_of())
    import_ = ChronologyImport.objects.get()
    other = ParticipationFactory(review=part.review)
    people = {
        with_role(Role.IMR_AUTHOR, part.review, part): 200,
        with_role(Role.COORDINATOR, part.review): 200,
        with_role(Role.CHAIR, part.review): 404,
        with_role(Role.PANEL_MEMBER, part.review): 404,
        with_role(Role.ACTION_LEAD, part.review, part): 404,
        with_role(Role.IMR_AUTHOR, part.review, other): 404,
        with_role(Role.ADMINISTRATOR): 404,
        UserFactory(): 404,
    }

    found = {}
    for person in people:
        visitor = Client()
        visitor.force_login(person)
        for name in ("file", "problems"):
            url = reverse(f"chronologies:import-{name}", args=[part.review.reference, import_.pk])
            found[person] = visitor.get(url).status_code
            assert found[person] == people[person]


def bring(client, request, **files):
    url = reverse("reviews:submission-prepare", args=[request.review.reference, request.pk])
    return client.post(url, {"key": uuid.uuid4(), **files})


@pytest.mark.parametrize("box", ["report", "appendices"])
@pytest.mark.parametrize("case", hostile.cases()[1::6], ids=str)
def test_a_version_goes_through_the_same_door(case, box, client, sign_in, part):
    request = asked(part, kind="imr")
    sign_in(Role.IMR_AUTHOR, part.review, part)

    response = bring(client, request, **{box: SimpleUploadedFile(case.name, case.content)})

    assert response.status_code == 422
    assert [StoredFile.objects.count(), Submission.objects.count()] == [0, 0]


@pytest.mark.parametrize("what", NAMES)
def test_the_name_of_an_appendix_leads_nowhere(what, client, sign_in, part):
    name, shown = NAMES[what]
    request = asked(part, kind="imr")
    sign_in(Role.IMR_AUTHOR, part.review, part)
    file = SimpleUploadedFile("x.csv", csv_of())
    file._name = name

    assert bring(client, request, appendices=file).status_code == 302

    kept = StoredFile.objects.get().name
    assert shown in (None, kept)
    assert len(kept) <= 150
    assert not set("/\\<>\r\n\u202e") & set(kept)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_refused_is_named_in_plain_words(name, client, sign_in, part):
    request = asked(part, kind="imr")
    sign_in(Role.IMR_AUTHOR, part.review, part)
    file = SimpleUploadedFile("x.csv", b"MZ\x90\x00")
    file._name = NAMES[name][0]

    text = bring(client, request, appendices=file).content.decode()

    assert "is a program" in text
    assert "<script>alert(1)" not in text
    assert "\u202e" not in text
