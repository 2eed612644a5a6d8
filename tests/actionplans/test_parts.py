"""Who leads one action of a recommendation reads its text and that action, and nothing else of it."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from actionplans.models import Action, Milestone, Recommendation, Update
from actionplans.progress.decided import Decision
from actionplans.rows.models import JointLead
from actionplans.rows.services import follow
from desk.queries import Desk
from reviews.models import Share
from reviews.rules import Material, Role
from reviews.services import share
from tests.conftest import with_role
from tests.days import today
from tests.factories.actionplans import (
    ActionFactory,
    MilestoneFactory,
    ProgressNoteFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
    UpdateFactory,
)
from tests.factories.actionplans_progress import DecisionFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db
HIDDEN = (
    "Theirs to write",
    "Agreed by the board",
    "November told",
    "Half was done",
    "If funded",
    "spring 2019",
    "The other trust",
    "The accountable council",
    "Nobody came",
    "Slipped",
)


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def parts(review):
    return {
        name: ParticipationFactory(review=review, agency__name=name)
        for name in ("Our service", "The other trust", "The accountable council")
    }


@pytest.fixture
def one(review, parts):
    ours, other, council = parts.values()
    one = RecommendationFactory(
        review=review, text="Train every officer", due="spring 2019", outcome="Half was done"
    )
    RecommendationLeadFactory(recommendation=one, participation=council)
    for part, text in ((ours, "Ours to write"), (other, "Theirs to write")):
        RecommendationLeadFactory(recommendation=one, participation=part, is_accountable=False)
        ActionFactory(recommendation=one, lead=part, text=text)
    MilestoneFactory(recommendation=one, text="Agreed by the board")
    UpdateFactory(recommendation=one, text="November told")
    DecisionFactory(recommendation=one, condition="If funded")
    row = Action.objects.get(text="Theirs to write").row
    ProgressNoteFactory(recommendation=one, row=row, note="Nobody came")
    Recommendation.objects.filter(pk=one.pk).update(status="slipped", decision="accepted")
    return one


@pytest.fixture
def lead(client, review, parts):
    user = with_role(Role.ACTION_LEAD, review, parts["Our service"])
    client.force_login(user)
    return user


def words_of(response):
    return response.content.decode()


def hidden_in(text):
    return [words for words in HIDDEN if words in text]


def plan(client, one, **chosen):
    return client.get(reverse("actionplans:plan", args=[one.review.reference]), chosen)


def test_the_plan_shows_the_text_and_the_own_action(client, lead, one):
    text = words_of(plan(client, one)).replace(">Slipped</option>", "")

    assert ("Train every officer" in text, "Ours to write" in text) == (True, True)
    assert hidden_in(text) == []


def test_the_page_of_the_recommendation_shows_no_more(client, lead, one):
    text = words_of(client.get(one.get_absolute_url()))

    assert ("Train every officer" in text, "Ours to write" in text) == (True, True)
    assert "Your agency leads a part of this recommendation" in text
    assert hidden_in(text) == []


def test_the_accountable_lead_reads_the_recommendation(client, parts, one):
    client.force_login(with_role(Role.ACTION_LEAD, one.review, parts["The accountable council"]))

    text = words_of(client.get(one.get_absolute_url()))

    assert hidden_in(text) == [
        words for words in HIDDEN if words not in {"Theirs to write", "Nobody came"}
    ]


@pytest.mark.parametrize("format_", ["xlsx", "pdf"])
def test_a_file_of_the_plan_holds_no_more(client, lead, one, format_):
    url = reverse("actionplans:plan-export", args=[one.review.reference, format_])

    content = client.get(url).content

    text = _in_workbook(content) if format_ == "xlsx" else _in_pdf(content)
    assert ("Train every officer" in text, "Ours to write" in text) == (True, True)
    assert hidden_in(text) == []


def _in_workbook(content):
    rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return "\n".join(str(value) for row in rows for value in row if value)


def _in_pdf(content):
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize("chosen", [{"due": "overdue"}, {"status": "slipped"}])
def test_no_filter_tells_what_the_page_hides(client, lead, one, chosen):
    RecommendationLeadFactory(
        recommendation__review=one.review,
        recommendation__due="spring 2018",
        recommendation__status="slipped",
        recommendation__text="Led as a whole",
        participation=one.actions.get(text="Ours to write").lead,
    )

    text = words_of(plan(client, one, **chosen))

    assert ("Led as a whole" in text, "Train every officer" in text) == (True, False)


def test_the_first_page_counts_no_date_that_the_plan_hides(lead, one):
    desk = Desk(lead, [one.review], on=today())

    assert (desk.recommendations, desk.overdue) == ({one.review_id: 1}, {})


def test_a_joint_lead_reads_the_shared_action_alone(client, parts, one):
    joint = ParticipationFactory(review=one.review)
    JointLead.objects.create(action=one.actions.get(text="Ours to write"), participation=joint)
    RecommendationLeadFactory(recommendation=one, participation=joint, is_accountable=False)
    follow(one.review, [one])
    client.force_login(with_role(Role.ACTION_LEAD, one.review, joint))

    text = words_of(client.get(one.get_absolute_url()))

    assert "Ours to write" in text
    assert [words for words in hidden_in(text) if words != "Our service"] == []


def test_a_share_of_what_an_agency_leads_is_no_wider_than_what_it_sees(parts, one):
    user = with_role(Role.PANEL_MEMBER, one.review)
    share(
        one.review,
        material=Material.ACTION_PLAN,
        participation=parts["Our service"],
        with_role=Role.PANEL_MEMBER,
        by=with_role(Role.CHAIR, one.review),
    )

    assert Share.objects.count() == 1
    assert [action.text for action in Action.objects.visible_to(user)] == ["Ours to write"]
    assert list(Recommendation.objects.visible_to(user)) == [one]
    for model in (Milestone, Update, Decision):
        assert list(model.objects.visible_to(user)) == []
