import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplans.models import PlanImport, Status
from audit.models import Event
from foundations.dates import parse
from reviews.rules import AGENCY_ROLES, Material, Role, Stage
from reviews.services import share
from tests.actionplans.files import REFER, TRAIN, changed, plan
from tests.conftest import with_role
from tests.factories.actionplans import (
    ActionFactory,
    MilestoneFactory,
    PlanImportFactory,
    ProgressNoteFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
    UpdateFactory,
)
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db

OWN, OTHER, ELSEWHERE = "own", "another agency in the same review", "the same role elsewhere"
# Who reaches what, from the words of the design: (role, where it is held): plan, row, progress, import.
REACH = [
    (Role.COORDINATOR, OWN, 200, 200, 200, 200),
    (Role.CHAIR, OWN, 200, 200, 200, 200),
    (Role.BOARD_READER, OWN, 403, 404, 404, 403),
    (Role.HOME_OFFICE_READER, OWN, 200, 200, 403, 403),
    (Role.PANEL_MEMBER, OWN, 403, 404, 404, 403),
    (Role.ACTION_LEAD, OWN, 200, 200, 200, 403),
    (Role.IMR_AUTHOR, OWN, 200, 200, 403, 403),
    (Role.SIGN_OFF_OFFICER, OWN, 200, 200, 403, 403),
    (Role.ACTION_LEAD, OTHER, 200, 404, 404, 403),
    (Role.IMR_AUTHOR, OTHER, 200, 404, 404, 403),
    (Role.SIGN_OFF_OFFICER, OTHER, 200, 404, 404, 403),
    *(
        (role, ELSEWHERE, 404, 404, 404, 404)
        for role in (Role.COORDINATOR, Role.CHAIR, Role.BOARD_READER, Role.ACTION_LEAD)
    ),
    (Role.ADMINISTRATOR, OWN, 404, 404, 404, 404),
]


@pytest.fixture
def led():
    """A recommendation that one agency leads; another takes part too."""
    review = ReviewFactory(stage=Stage.MONITORING)
    link = RecommendationLeadFactory(recommendation__review=review, participation__review=review)
    return link.recommendation, link.participation


def address(name, one, *args):
    return reverse(f"actionplans:{name}", args=[one.review.reference, *args])


def plan_of(one):
    return address("plan", one)


def in_place(sign_in, role, where, one, part):
    if where == ELSEWHERE:
        part = ParticipationFactory()
        return sign_in(role, part.review, part if role in AGENCY_ROLES else None)
    if where == OTHER:
        part = ParticipationFactory(review=one.review)
    return sign_in(role, one.review, part if role in AGENCY_ROLES else None)


# --- Who reaches what ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "where", "plan_", "row", "progress", "upload"),
    REACH,
    ids=lambda value: str(value) if isinstance(value, str) else None,
)
def test_who_reaches_what(client, sign_in, led, role, where, plan_, row, progress, upload):
    one, part = led
    in_place(sign_in, role, where, one, part)

    answers = [
        client.get(address(*page)).status_code
        for page in [
            ("plan", one),
            ("plan-export", one, "xlsx"),
            ("recommendation-detail", one, one.pk),
            ("row-update", one, one.rows.live().get().pk),
            ("import-upload", one),
            ("import-list", one),
        ]
    ]

    assert answers == [plan_, plan_, row, progress, upload, upload]


@pytest.mark.parametrize(
    ("role", "expected"),
    [(Role.COORDINATOR, 302), (Role.CHAIR, 302), (Role.BOARD_READER, 404), (Role.ACTION_LEAD, 403)],
    ids=lambda value: str(value),
)
def test_who_settles_a_doubt(client, sign_in, led, role, expected):
    one, part = led
    one.doubts = [{"column": "target", "message": "Look.", "kind": "", "settled": False}]
    one.save()
    in_place(sign_in, role, OWN, one, part)

    assert client.post(address("doubt-settle", one, one.pk, 0)).status_code == expected


IMPORT_PAGES = [
    "import-detail",
    "import-columns",
    "import-kind",
    "import-save",
    "import-discard",
    "import-problems",
    "import-file",
]


@pytest.mark.parametrize("step", IMPORT_PAGES)
@pytest.mark.parametrize(
    ("role", "where", "found"),
    [
        (Role.CHAIR, OWN, True),
        (Role.COORDINATOR, OWN, True),
        (Role.BOARD_READER, OWN, False),
        (Role.ACTION_LEAD, OWN, False),
        (Role.CHAIR, ELSEWHERE, False),
    ],
    ids=lambda value: str(value),
)
def test_who_reaches_an_import(client, sign_in, led, step, role, where, found):
    one, part = led
    import_ = PlanImportFactory(review=one.review)
    in_place(sign_in, role, where, one, part)

    answer = client.get(address(step, one, import_.pk)).status_code

    assert (answer == 200) is found
    assert found or answer in (403, 404)


def test_an_import_of_another_review_does_not_exist(client, sign_in, led):
    one, _ = led
    sign_in(Role.CHAIR, one.review)

    answer = client.get(address("import-detail", one, PlanImportFactory().pk))

    assert answer.status_code == 404


def test_a_row_of_another_review_does_not_exist(client, sign_in, led):
    one, _ = led
    sign_in(Role.CHAIR, one.review)

    answer = client.get(address("recommendation-detail", one, RecommendationFactory().pk))

    assert answer.status_code == 404


def test_nobody_reaches_it_signed_out(client, led):
    assert client.get(plan_of(led[0])).status_code == 302


def test_a_shared_plan_is_read_and_not_changed(client, sign_in, led):
    one, _ = led
    share(
        one.review,
        material=Material.ACTION_PLAN,
        with_role=Role.PANEL_MEMBER,
        by=with_role(Role.CHAIR, one.review),
    )
    sign_in(Role.PANEL_MEMBER, one.review)

    answers = [
        client.get(address(*page)).status_code
        for page in [
            ("plan", one),
            ("recommendation-detail", one, one.pk),
            ("row-update", one, one.rows.live().get().pk),
            ("import-upload", one),
        ]
    ]

    assert answers == [200, 200, 403, 403]


def test_a_lead_sees_nothing_of_the_others(client, sign_in, led):
    one, part = led
    hidden = RecommendationFactory(
        review=one.review, text="Hidden words", group="Hidden group", outcome="Hidden outcome"
    )
    RecommendationLeadFactory(recommendation=hidden, participation__review=one.review)
    sign_in(Role.ACTION_LEAD, one.review, part)

    shown = client.get(plan_of(one)).content.decode()

    assert one.text in shown
    assert "Hidden" not in shown
    assert hidden.leads.get().agency.name not in shown


# --- The plan -----------------------------------------------------------------------------------


def listed(client, one, **filters):
    rows = client.get(plan_of(one), filters).context["rows"]
    return [row.recommendation for _, row in rows]


@pytest.fixture
def chaired(sign_in):
    """A review whose chair is signed in."""
    review = ReviewFactory()
    sign_in(Role.CHAIR, review)
    return review


def test_lines_of_the_plan_stay_lines_and_hold_no_markup(client, chaired):
    one = RecommendationFactory(review=chaired, outcome="Trained.\n<b>Audited.</b>")

    shown = client.get(address("recommendation-detail", one, one.pk)).content.decode()

    assert '<span class="app-verbatim">Trained.\n&lt;b&gt;Audited.&lt;/b&gt;</span>' in shown


def test_a_row_shows_what_was_claimed_and_what_is_known(client, chaired):
    RecommendationFactory(review=chaired, claimed_status="completed", due="May 2014")

    shown = client.get(reverse("actionplans:plan", args=[chaired.reference])).content.decode()

    assert "Claimed complete, nothing shows it" in shown
    assert "May 2014" in shown


def test_an_open_row_past_its_date_is_overdue(client, chaired):
    one = RecommendationFactory(review=chaired, due="May 2014")

    (_, row), *_ = client.get(plan_of(one)).context["rows"]

    assert row.words == "Nothing reported, Overdue"


def test_where_all_actions_have_moved_it_is_not_overdue_and_says_until_when(client, chaired):
    one = RecommendationFactory(review=chaired, due="May 2014")
    for due in ("June 2047", "May 2047"):
        ActionFactory(recommendation=one, target=parse(due).value)

    page = client.get(plan_of(one))

    (_, row), *_ = page.context["rows"]
    assert (row.target, row.later, row.words) == ("May 2014", "June 2047", "Nothing reported")
    assert "actions: June 2047" in page.content.decode()
    assert "Last target of its actions" in client.get(one.get_absolute_url()).content.decode()
    figures = {figure["label"]: figure["value"] for figure in page.context["figures"]}
    assert figures["Overdue"] == 0
    assert listed(client, one, due="overdue") == []


@pytest.mark.parametrize("due", ["overdue", "undated", "unbacked", "soon"])
def test_filter_by_due(client, chaired, due):
    soon = timezone.localdate() + timezone.timedelta(days=20)
    rows = {
        "overdue": RecommendationFactory(review=chaired, due="May 2014"),
        "undated": RecommendationFactory(review=chaired),
        "unbacked": RecommendationFactory(
            review=chaired, claimed_status="completed", due="May 2014"
        ),
        "soon": RecommendationFactory(review=chaired, due=soon.strftime("%d.%m.%Y")),
    }

    assert listed(client, rows["soon"], due=due) == [rows[due]]


def test_filter_by_status(client, chaired):
    done = RecommendationFactory(review=chaired, status=Status.DONE)
    claimed = RecommendationFactory(review=chaired, claimed_status="completed")

    assert listed(client, done, status="done") == [done]
    assert listed(client, done, status="claimed") == [claimed]


def test_filter_by_agency(client, chaired):
    links = [
        RecommendationLeadFactory(recommendation__review=chaired, participation__review=chaired)
        for _ in range(2)
    ]
    nobody = RecommendationFactory(review=chaired)

    assert listed(client, nobody, agency=links[0].participation_id) == [links[0].recommendation]
    assert listed(client, nobody, agency="none") == [nobody]


def test_a_filter_filled_in_wrongly_hides_nothing(client, chaired):
    one = RecommendationFactory(review=chaired)

    assert listed(client, one, due="yesterday", status="x", agency="999") == [one]


def test_the_plan_says_what_to_do_and_what_to_read_below_its_figures(client, sign_in, led):
    one, part = led
    sign_in(Role.COORDINATOR, one.review)
    page = client.get(address("plan", one)).content.decode()
    places = [page.index(words) for words in ("app-figures", ">To do<", ">To read<", "<table")]
    assert places == sorted(places)

    sign_in(Role.ACTION_LEAD, one.review, part)
    page = client.get(address("plan", one)).content.decode()
    assert ">To do<" not in page
    assert "Every action: figures" in page


def test_withdrawn_rows_are_not_in_the_plan(client, chaired):
    one = RecommendationFactory(review=chaired)
    RecommendationFactory(review=chaired, withdrawn_at=timezone.now())

    assert listed(client, one) == [one]


def test_reading_the_plan_is_an_event(client, chaired):
    one = RecommendationFactory(review=chaired)

    client.get(plan_of(one))

    event = Event.objects.get(type="plan.read")
    assert event.data == {"rows": 1}


def test_an_empty_plan_says_so(client, chaired):
    answer = client.get(reverse("actionplans:plan", args=[chaired.reference]))

    assert "No recommendations yet" in answer.content.decode()


def full_row(review):
    link = RecommendationLeadFactory(
        recommendation__review=review,
        recommendation__parent=RecommendationFactory(review=review),
        recommendation__due="May 2014",
        participation__review=review,
    )
    for factory in (ActionFactory, MilestoneFactory, UpdateFactory, ProgressNoteFactory):
        factory(recommendation=link.recommendation)
    return link.recommendation


def queries(client, url, count_queries):
    client.get(url)  # what is fetched once a process is fetched
    with count_queries() as counted:
        client.get(url)
    return len(counted)


@pytest.fixture
def count_queries():
    return lambda: CaptureQueriesContext(connection)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.ACTION_LEAD], ids=lambda role: role.value)
def test_the_plan_asks_as_much_of_one_row_as_of_fifty(client, sign_in, count_queries, role):
    review = ReviewFactory()
    part = ParticipationFactory(review=review)
    sign_in(role, review, part if role in AGENCY_ROLES else None)
    url = reverse("actionplans:plan", args=[review.reference])
    counted = {}
    for wanted in (1, 3, 50):
        while review.recommendations.filter(leads=part).count() < wanted:
            RecommendationLeadFactory(recommendation=full_row(review), participation=part)
        counted[wanted] = queries(client, url, count_queries)

    assert counted[3] == counted[1]
    assert counted[50] == counted[1]


def test_the_list_of_files_asks_as_much_of_one_as_of_fifty(client, chaired, count_queries):
    url = reverse("actionplans:import-list", args=[chaired.reference])
    counted = []
    for count in (1, 2, 47):
        PlanImportFactory.create_batch(count, review=chaired, saved=True)
        counted.append(queries(client, url, count_queries))

    assert len(set(counted)) == 1


# --- One recommendation -------------------------------------------------------------------------


def test_a_row_shows_all_that_is_known_of_it(client, chaired):
    one = full_row(chaired)
    one.other = {"Cost": "Twenty thousand pounds"}
    one.save()

    shown = client.get(address("recommendation-detail", one, one.pk)).content.decode()

    for text in (
        one.text,
        one.parent.text,
        one.actions.get().text,
        one.milestones.get().text,
        one.updates.get().text,
        one.progress_notes.get().note,
        one.leads.get().agency.name,
        "Twenty thousand pounds",
    ):
        assert text in shown


def test_a_lead_sees_no_more_of_the_whole_than_its_number(client, sign_in, led):
    one, part = led
    one.parent = RecommendationFactory(review=one.review, text="Hidden words")
    one.save()
    sign_in(Role.ACTION_LEAD, one.review, part)

    shown = client.get(address("recommendation-detail", one, one.pk)).content.decode()

    assert "Hidden words" not in shown


def test_reading_a_row_is_an_event(client, chaired):
    one = RecommendationFactory(review=chaired)

    client.get(address("recommendation-detail", one, one.pk))

    assert Event.objects.get(type="plan.read").target == f"actionplans.recommendation:{one.pk}"


# --- Imports ------------------------------------------------------------------------------------


def upload(client, review, content, name="plan.csv", key=None):
    return client.post(
        reverse("actionplans:import-upload", args=[review.reference]),
        {"file": SimpleUploadedFile(name, content), "key": key or uuid.uuid4()},
    )


def test_a_file_goes_in_step_by_step(client, chaired):
    where = upload(client, chaired, plan(TRAIN, REFER)).url
    columns = client.get(where).url
    form = client.get(columns).context["form"]
    accepted = client.post(columns, {name: field.initial for name, field in form.fields.items()})
    preview = client.get(accepted.url).content.decode()
    import_ = PlanImport.objects.get()
    saved = client.post(reverse("actionplans:import-save", args=[chaired.reference, import_.pk]))

    assert TRAIN[1] in preview
    assert "Northbank Housing" in preview
    assert preview.count("read as") == 1  # where it says more than the file's own words
    assert "read as 31 May 2024" in preview
    assert client.get(saved.url).status_code == 200
    assert chaired.recommendations.count() == 2


def test_a_double_click_uploads_once(client, chaired):
    key = uuid.uuid4()

    answers = [upload(client, chaired, plan(TRAIN), key=key) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert PlanImport.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"%PDF-1.7", "plan.pdf"), (b"PK\x03\x04", "plan.docx"), (b"Hello\n", "letter.csv")],
)
def test_what_cannot_be_read_is_said_beside_the_box(client, chaired, content, name):
    answer = upload(client, chaired, content, name)

    assert answer.status_code == 422
    assert len(answer.context["form"].errors["file"]) == 1
    assert PlanImport.objects.count() == 0


def test_a_corrected_column_is_read_again(client, chaired):
    content = plan(("Train staff", "Northbank Police"), headings=("Words", "Whose"))
    columns = client.get(upload(client, chaired, content).url).url

    answer = client.post(columns, {"column0": "recommendation", "column1": "lead_agency"})

    preview = client.get(answer.url).content.decode()
    assert "Train staff" in preview
    assert "None in the file" in preview  # no action: said, not left empty


def test_columns_without_a_recommendation_are_refused(client, chaired):
    columns = client.get(upload(client, chaired, plan(TRAIN)).url).url

    answer = client.post(columns, {"column0": "number"})

    assert answer.status_code == 422


def test_a_corrected_file_shows_what_would_change(client, chaired):
    for rows in ((TRAIN, REFER), (changed(TRAIN, target="June 2024"), REFER)):
        upload(client, chaired, plan(*rows))
        import_ = PlanImport.objects.first()
        import_.is_mapping_checked = True
        import_.save()
        preview = client.get(import_.get_absolute_url()).content.decode()
        client.post(reverse("actionplans:import-save", args=[chaired.reference, import_.pk]))

    assert "It will say" in preview
    assert "June 2024" in preview
    assert chaired.recommendations.count() == 2


def test_a_discarded_file_leaves_nothing(client, chaired):
    upload(client, chaired, plan(TRAIN))
    import_ = PlanImport.objects.get()
    args = [chaired.reference, import_.pk]

    client.post(reverse("actionplans:import-discard", args=args))
    client.post(reverse("actionplans:import-save", args=args))

    assert chaired.recommendations.count() == 0
    assert "discarded" in client.get(import_.get_absolute_url()).content.decode()


def test_the_file_comes_back_as_it_was_sent(client, chaired):
    upload(client, chaired, plan(TRAIN))
    import_ = PlanImport.objects.get()

    answer = client.get(reverse("actionplans:import-file", args=[chaired.reference, import_.pk]))

    assert answer.content == plan(TRAIN)
    assert Event.objects.filter(type="file.downloaded").count() == 1
