"""A real name that an agency reports is a doubt for those who keep the register, and for nobody else."""

import io
import uuid
import zipfile

import pytest
from django.urls import reverse

from actionplans import services
from actionplans.models import ProgressNote, Recommendation
from actionplans.progress import services as reporting
from actionplans.progress.forms import seen_of
from reviews.rules import Role, Stage
from tests.actionplans.files import AUDIT, TRAIN, changed, draft_of
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import RecommendationLeadFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def led():
    review = ReviewFactory(stage=Stage.MONITORING)
    link = RecommendationLeadFactory(recommendation__review=review, participation__review=review)
    return link.recommendation, link.participation


def address(name, one, *args):
    return reverse(f"actionplans:{name}", args=[one.review.reference, *args])


@pytest.fixture
def named(led):
    one, part = led
    for pseudonym, role, name in (
        ("FA 1", "victim", "Zara Quillfeather"),
        ("FC 1", "child", "Tobias Quillfeather-Oakes"),
    ):
        person = PersonFactory(review=one.review, pseudonym=pseudonym, role=role)
        IdentityFactory(person=person, names=[name])
    return one, part


def report(client, one, note):
    row = one.rows.live().get()
    said = {"words": note, "answer": "on_track", "seen": seen_of(row), "key": uuid.uuid4()}
    return client.post(address("row-update", one, row.pk), said)


def test_a_lead_who_names_somebody_is_not_told_and_the_keepers_are(client, sign_in, named):
    one, part = named
    sign_in(Role.ACTION_LEAD, one.review, part)

    answer = report(client, one, "Tobias Oakes was seen by the nurse.")
    shown = client.get(one.get_absolute_url()).content.decode()

    assert answer.status_code == 302
    assert ProgressNote.objects.get().note == "Tobias Oakes was seen by the nurse."
    assert "real name" not in shown
    (doubt,) = Recommendation.objects.get(pk=one.pk).doubts
    assert "Tobias" not in doubt["message"]
    sign_in(Role.CHAIR, one.review)
    assert (
        "A real name of somebody in this review stands in the progress"
        in client.get(one.get_absolute_url()).content.decode()
    )


def test_no_file_tells_a_lead_that_a_name_was_found(client, sign_in, named):
    one, part = named
    sign_in(Role.ACTION_LEAD, one.review, part)
    report(client, one, "Tobias Oakes was seen by the nurse.")

    export = client.get(address("plan-export", one, "xlsx")).content

    assert b"real name" not in b"".join(parts_of(export))
    assert b"was seen by the nurse" in b"".join(parts_of(export))


def parts_of(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_a_note_without_a_name_is_no_doubt(client, sign_in, named):
    one, part = named
    sign_in(Role.ACTION_LEAD, one.review, part)

    report(client, one, "Forty attended.")

    assert Recommendation.objects.get(pk=one.pk).doubts == []


def test_whoever_keeps_the_register_is_asked_at_once(client, sign_in, named):
    one, _ = named
    sign_in(Role.COORDINATOR, one.review)

    answer = report(client, one, "They told us of Tobias Oakes.")

    assert answer.status_code == 422
    assert "Write “FC 1” instead" in answer.content.decode()
    assert not ProgressNote.objects.exists()


def test_a_doubt_of_a_name_is_settled_by_the_keepers(client, sign_in, named):
    one, part = named
    sign_in(Role.ACTION_LEAD, one.review, part)
    report(client, one, "Tobias Oakes was seen by the nurse.")
    sign_in(Role.CHAIR, one.review)

    client.post(address("doubt-settle", one, one.pk, 0))

    assert Recommendation.objects.get(pk=one.pk).open_doubts == []


def test_a_corrected_file_keeps_the_doubt(named):
    review = named[0].review
    AgencyFactory(name="Northbank Police")
    _saved(review, TRAIN, AUDIT)
    one = Recommendation.objects.filter(review=review).exclude(pk=named[0].pk).first()
    reporting.report(
        one.rows.get(),
        words="Tobias Oakes was seen.",
        answer="on_track",
        by=UserFactory(),
        key=uuid.uuid4(),
        seen=None,
    )

    _saved(review, changed(TRAIN, target="May 2031"), AUDIT)

    one.refresh_from_db()
    assert one.target_as_written == "May 2031"
    assert [doubt["kind"] for doubt in one.doubts] == ["name"]


def _saved(review, *rows):
    draft, content = draft_of(review, *rows)
    services.save_file(draft, content, review, mapping=None, by=None, key=uuid.uuid4())
