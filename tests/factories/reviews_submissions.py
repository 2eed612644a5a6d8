import uuid

import factory
from docx import Document

from reviews.submissions.models import (
    OwnPoint,
    Passage,
    Submission,
    SubmissionFile,
    SubmissionMove,
)
from reviews.submissions.services.handing import hand_in, sign_off
from reviews.submissions.services.reading import read_file
from reviews.submissions.services.writing import add_file, begin
from reviews.submissions.states import State, What
from tests.factories.accounts import UserFactory
from tests.factories.reviews_requests import RequestFactory, asked
from tests.foundations.office.reports import saved, styled


class SubmissionFactory(factory.django.DjangoModelFactory):
    """The row alone; `prepared`, `handed_in` and `sent` below make one the way the pages do."""

    class Meta:
        model = Submission

    request = factory.SubFactory(RequestFactory, kind="imr")


class SubmissionMoveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SubmissionMove

    submission = factory.SubFactory(SubmissionFactory)
    key = factory.LazyFunction(uuid.uuid4)
    what = What.TAKEN_BACK
    before, after = State.WAITING, State.DRAFT


class PassageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Passage

    file = None
    position = factory.Sequence(lambda n: n + 1)
    level = 1
    heading = "Involvement of the agency"
    is_certain = True


class OwnPointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OwnPoint

    file = None
    kind = "recommendation"
    position = factory.Sequence(lambda n: n + 1)
    text = "Ask everybody"


def report(*words, **more):
    """A Word IMR of nobody, with headings, two lessons and two recommendations."""
    return styled(extra=words, **more)


def appendix(*words):
    document = Document()
    for one in words or ("A letter",):
        document.add_paragraph(one)
    return saved(document)


def with_file(
    submission, *, content=None, name="IMR.docx", part=SubmissionFile.Part.MAIN, by=None, key=None
):
    """Kept and read, as the page does both."""
    file = add_file(
        submission,
        content=report() if content is None else content,
        name=name,
        part=part,
        key=key or uuid.uuid4(),
        by=by or UserFactory(),
    )
    return read_file(file)


def prepared(part=None, *, request=None, by=None, on_behalf=False, **more):
    """A version with its report, still in the agency's hands."""
    by = by or UserFactory()
    request = request or asked(part, kind="imr")
    submission = begin(request, by=by, on_behalf=on_behalf)
    with_file(submission, by=by, **more)
    return submission


def handed_in(part=None, *, by=None, note="", **more):
    by = by or UserFactory()
    submission = prepared(part, by=by, **more)
    hand_in(submission, by=by, key=uuid.uuid4(), note=note)
    submission.refresh_from_db()
    return submission


def sent(part=None, *, signed_by=None, **more):
    submission = handed_in(part, **more)
    sign_off(submission, by=signed_by or UserFactory(), key=uuid.uuid4())
    submission.refresh_from_db()
    return submission
