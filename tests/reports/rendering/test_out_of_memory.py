"""A report that takes more memory to draw than there is: said in a sentence, and nothing of it lost."""

import pytest

from foundations.office.pdf import TOO_MUCH
from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.models import Rendering
from reviews.rules import Role
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ReviewFactory
from tests.foundations.office.narrow import with_little_memory
from tests.reports.rendering.made_up import table_of
from tests.reports.rendering.test_versions import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(monkeypatch):
    found = with_little_memory(monkeypatch)
    yield found
    found.close()


def test_a_version_for_which_there_is_not_enough_memory_is_told_and_its_text_stays(
    client, sign_in, waiting
):
    review = ReviewFactory()
    chair = sign_in(Role.CHAIR, review)
    document = begun(review)
    row = paragraph_in(document.sections.get(code="background"), table_of(6, 400))
    before = row.text
    asked = ask(document, chair, format_="pdf")
    job = Job.objects.get(key=asked.job_key)

    run_job(job.pk)

    job.refresh_from_db()
    one = Rendering.objects.get()
    row.refresh_from_db()
    assert (job.state, job.problem) == (Job.State.FAILED, TOO_MUCH)
    assert (one.is_made, one.is_refused, one.stored, row.text) == (False, False, None, before)
    page = client.get(one.get_absolute_url()).content.decode()
    assert "divide its longest section" in page
    assert "It was made on" not in page
