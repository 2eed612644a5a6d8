"""The chair fills in the data form, makes the pack, records that it went, enters the panel's letter and
answers it; the Home Office's reader finds what went there, and nothing else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.services.paragraphs import change_paragraph
from reviews.rules import Role, Stage
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reports import begun, paragraph_in
from tests.factories.reports_homeoffice import POINTS, a_letter, version_of
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (390, False)], ids=["desk", "telephone without scripts"]
)
def test_a_report_goes_to_the_home_office_and_its_letter_is_answered(
    transactional_db, sign_in_with, width, scripts
):
    review = ReviewFactory(stage=Stage.QUALITY_ASSURANCE)
    PersonFactory(review=review, pseudonym="FA 1", role="victim")
    document = begun(review)
    paragraph = paragraph_in(document.sections.get(code="background"), "She rang in May.")
    version_of(document, by=with_role(Role.CHAIR, review))
    options = {
        "viewport": {"width": width, "height": 900},
        "java_script_enabled": scripts,
    }
    page = sign_in_with(Role.CHAIR, review, **options)
    home, today = reverse("desk:review-home", args=[review.reference]), timezone.localdate()
    walk = Walk(page, start=home, with_rules=scripts)

    walk.begin("Home Office", "Data form", "Fill in The case")
    walk.fill({"Stalking": "Yes", "How is it known?": "The police report"})
    walk.press("Save")
    walk.sees("The police report")

    walk.begin("Home Office")
    walk.press("Make a pack")
    page.get_by_role("checkbox").first.check()
    walk.press("Make the pack")
    page.get_by_role("checkbox", name="is not anonymised").check()
    walk.press("Make the pack")
    run_job(Job.objects.get(kind="reports.pack").pk)
    walk.begin("Home Office")
    walk.sees("Pack 1, for the Home Office", "There is no executive summary")
    walk.follow("Record that pack 1 was sent")
    walk.fill({"On which day was it sent?": today, "To whom?": "The Interpersonal Abuse Unit"})
    walk.press("Record it")
    walk.sees("The Interpersonal Abuse Unit")

    change_paragraph(paragraph, text="She rang in June.", kind="numbered", seen=0, by=UserFactory())
    walk.follow("Enter a letter")
    page.get_by_label("Choose the letter").set_input_files(
        {"name": "letter.docx", "mimeType": WORD, "buffer": a_letter(*POINTS)}
    )
    walk.fill(
        {
            "Which date stands on it?": today,
            "What does it say of the report?": "Publish, after the changes that it asks for",
        }
    )
    walk.press("Enter the letter")
    walk.sees("Confirm what it asks for")
    walk.press("Enter these points")
    walk.follow("Answer point 1")
    walk.fill(
        {
            "What was done?": "A paragraph was changed or written",
            "In which document?": "Overview report",
            "Which paragraph?": "13.1",
        }
    )
    walk.press("Save the answer")
    walk.sees("1 of 2 open", "paragraph 13.1")
    walk.follow("Withdraw the letter or a point that was entered by mistake")
    walk.fill(
        {
            "What was entered by mistake?": f"Point 2: {POINTS[1]}",
            "Why is it withdrawn?": "Section 3 explains it.",
        }
    )
    walk.press("Withdraw it")
    walk.sees("This point was entered by mistake", "Section 3 explains it.")
    assert walk.faults == []

    reader = sign_in_with(Role.HOME_OFFICE_READER, review, **options)
    walk = Walk(reader, start=home, with_rules=scripts)
    walk.begin("Home Office")
    walk.sees("exactly as it went", "Pack 1", "letter.docx")
    assert reader.get_by_role("link", name="Make a pack").count() == 0
    assert walk.faults == []
