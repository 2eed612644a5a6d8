import csv
import re
import uuid
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from chronologies import exports, forms, services
from chronologies.models import ChronologyImport, Entry, Export
from foundations.post.jobs import run_job
from foundations.post.models import Job
from foundations.vault.models import StoredFile
from foundations.vault.services import store
from reviews.rules import AGENCY_ROLES, Material, Role
from reviews.services import share, submit_chronology
from tests.chronologies.files import ROWS, csv_of, with_row
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import (
    ChronologyImportFactory,
    EntryFactory,
    ExportFactory,
    SourceFileFactory,
)
from tests.factories.reviews import ParticipationFactory, PersonFactory

pytestmark = pytest.mark.django_db
State = ChronologyImport.State


@pytest.fixture
def part():
    part = ParticipationFactory(agency__name="Northfield Police")
    for pseudonym in ("MA 1", "MA 2"):
        PersonFactory(review=part.review, pseudonym=pseudonym)
    return part


def page(name, part_or_row, *more):
    review = part_or_row.review
    return reverse(f"chronologies:{name}", args=[review.reference, part_or_row.pk, *more])


def review_page(name, review):
    return reverse(f"chronologies:{name}", args=[review.reference])


def sent(content, name="police.csv"):
    return SimpleUploadedFile(name, content)


def upload(client, part, content, name="police.csv", *, key=None):
    return client.post(
        page("import-upload", part), {"file": sent(content, name), "key": key or uuid.uuid4()}
    )


def words_of(response):
    text = re.sub(r"<(/?)(strong|span|a|b)\b[^>]*>", "", response.content.decode())
    text = re.sub(r"<[^>]+>", " ", text)
    return " ".join(text.replace("&quot;", '"').replace("&#x27;", "'").split())


# --- Who may use which page ---------------------------------------------------------------------

# In words, from design.md: an agency's pages are for its author and sign-off officer, and for the
# coordinator on its behalf; the chair reads. To everybody else in the review they do not exist.
EVERYBODY = [
    "coordinator",
    "chair",
    "author",
    "sign-off",
    "lead",
    "panel",
    "board",
    "home office",
    "other agency",
    "other review",
    "administrator",
    "signed out",
]
READERS = {"coordinator": 200, "chair": 200, "author": 200, "sign-off": 200, "lead": 403}
WRITERS = READERS | {"chair": 403}
ACCESS = {
    "chronology": READERS,
    "entry-add": WRITERS,
    "import-upload": WRITERS,
    "import-list": WRITERS,
    "chronology-submit": {
        "coordinator": 200,
        "sign-off": 200,
        "author": 403,
        "chair": 403,
        "lead": 403,
    },
    # A row is seen through visible_to: an action lead sees no entry, so there is none.
    "entry-detail": READERS | {"lead": 404},
    "entry-change": WRITERS | {"lead": 404},
    "entry-withdraw": WRITERS | {"lead": 404},
    # Drafts are for the agency and whoever acts for it: for the chair there are none.
    "import-detail": {"coordinator": 200, "author": 200, "sign-off": 200},
    "import-columns": {"coordinator": 200, "author": 200, "sign-off": 200},
    "import-discard": {"coordinator": 200, "author": 200, "sign-off": 200},
    "import-kind": {"coordinator": 200, "author": 200, "sign-off": 200},
    "import-save": {"coordinator": 200, "author": 200, "sign-off": 200},
    "import-problems": {"coordinator": 200, "author": 200, "sign-off": 200},
    "import-file": {"coordinator": 200, "author": 200, "sign-off": 200},
}
IN_REVIEW = {"author", "sign-off", "lead", "panel", "board", "home office", "other agency"}
REVIEW_ACCESS = {
    "combined": {"coordinator": 200, "chair": 200} | dict.fromkeys(IN_REVIEW, 403),
    "combined-undated": {"coordinator": 200, "chair": 200} | dict.fromkeys(IN_REVIEW, 403),
    "timeline": {"coordinator": 200, "chair": 200} | dict.fromkeys(IN_REVIEW, 403),
    "density": {"coordinator": 200, "chair": 200} | dict.fromkeys(IN_REVIEW, 403),
    "around": {"coordinator": 200, "chair": 200} | dict.fromkeys(IN_REVIEW, 403),
    "context-chronology": {"coordinator": 200, "chair": 200} | dict.fromkeys(IN_REVIEW, 403),
    "context-entry-add": {"coordinator": 200} | dict.fromkeys({*IN_REVIEW, "chair"}, 403),
    "context-import-upload": {"coordinator": 200} | dict.fromkeys({*IN_REVIEW, "chair"}, 403),
    "context-import-list": {"coordinator": 200} | dict.fromkeys({*IN_REVIEW, "chair"}, 403),
}
ROLES = {
    "coordinator": Role.COORDINATOR,
    "chair": Role.CHAIR,
    "author": Role.IMR_AUTHOR,
    "sign-off": Role.SIGN_OFF_OFFICER,
    "lead": Role.ACTION_LEAD,
    "panel": Role.PANEL_MEMBER,
    "board": Role.BOARD_READER,
    "home office": Role.HOME_OFFICE_READER,
    "administrator": Role.ADMINISTRATOR,
}


def come_as(who, sign_in, part):
    if who == "signed out":
        return
    if who == "other agency":
        sign_in(Role.IMR_AUTHOR, part.review, ParticipationFactory(review=part.review))
    elif who == "other review":
        elsewhere = ParticipationFactory(agency=part.agency)
        sign_in(Role.IMR_AUTHOR, elsewhere.review, elsewhere)
    else:
        role = ROLES[who]
        sign_in(role, part.review, part if role in AGENCY_ROLES else None)


def expected(table, who):
    return 302 if who == "signed out" else table.get(who, 404)


def previewed(part):
    import_ = services.upload(
        part.review,
        part,
        content=csv_of(),
        name="police.csv",
        by=UserFactory(),
        key=uuid.uuid4(),
    )
    services.run_now(import_)
    services.accept_mapping(import_, by=import_.by)
    return ChronologyImport.objects.get(pk=import_.pk)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", ACCESS)
def test_who_may_use_an_agencys_pages(name, who, client, sign_in, part):
    # The Home Office reads only from quality assurance on.
    part.review.stage = "quality_assurance"
    part.review.save()
    thing = part
    if name.startswith("entry-") and name != "entry-add":
        thing = EntryFactory(participation=part)
    elif name.startswith("import-") and name not in {"import-upload", "import-list"}:
        thing = previewed(part)
    come_as(who, sign_in, part)

    response = client.get(page(name, thing))

    assert response.status_code == expected(ACCESS[name], who)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", REVIEW_ACCESS)
def test_who_may_use_a_reviews_pages(name, who, client, sign_in, part):
    part.review.stage = "quality_assurance"
    part.review.save()
    come_as(who, sign_in, part)

    response = client.get(review_page(name, part.review))

    assert response.status_code == expected(REVIEW_ACCESS[name], who)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("doubt-settle", WRITERS | {"lead": 404}),
        ("import-again", ACCESS["import-detail"]),
        ("chronology-export", READERS),
    ],
)
def test_who_may_post(name, table, who, client, sign_in, part):
    entry = EntryFactory(
        participation=part, doubts=[{"column": "date", "message": "?", "settled": False}]
    )
    address = {
        "doubt-settle": lambda: page(name, entry, 0),
        "import-again": lambda: page(name, previewed(part)),
        "chronology-export": lambda: page(name, part),
    }[name]()
    part.review.stage = "quality_assurance"
    part.review.save()
    come_as(who, sign_in, part)

    response = client.post(address, {"format": "xlsx", "key": uuid.uuid4()})

    allowed = 200 if name == "chronology-export" else 302
    wanted = expected(table, who)
    assert response.status_code == (allowed if wanted == 200 else wanted)


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_export_the_combined_chronology(who, client, sign_in, part):
    part.review.stage = "quality_assurance"
    part.review.save()
    come_as(who, sign_in, part)

    response = client.post(
        review_page("export-create", part.review), {"format": "xlsx", "key": uuid.uuid4()}
    )

    assert response.status_code == expected(REVIEW_ACCESS["combined"], who)


def test_an_export_is_its_askers_alone(client, sign_in, part):
    chair = with_role(Role.CHAIR, part.review)
    export = ExportFactory(review=part.review, by=chair)
    sign_in(Role.CHAIR, part.review)

    assert client.get(page("export-detail", export)).status_code == 404
    assert client.get(page("export-file", export)).status_code == 404

    client.force_login(chair)
    assert client.get(page("export-detail", export)).status_code == 200


@pytest.mark.parametrize("name", ["doubt-settle", "import-again", "export-create"])
def test_what_changes_something_is_not_done_by_a_link(name, client, sign_in, part):
    sign_in(Role.COORDINATOR, part.review)
    entry = EntryFactory(participation=part)
    address = {
        "doubt-settle": lambda: page(name, entry, 0),
        "import-again": lambda: page(name, previewed(part)),
        "export-create": lambda: review_page(name, part.review),
    }[name]()

    assert client.get(address).status_code == 405


def test_an_agency_that_only_leads_an_action_has_no_chronology(client, sign_in):
    part = ParticipationFactory(is_lead_only=True)
    sign_in(Role.COORDINATOR, part.review)

    assert client.get(page("chronology", part)).status_code == 404


def test_context_is_not_in_what_a_share_of_one_agency_shows(client, sign_in, part):
    EntryFactory(participation=None, review=part.review, text="Context words")
    EntryFactory(participation=part, text="Shared words")
    sign_in(Role.PANEL_MEMBER, part.review)
    share(
        part.review,
        material=Material.CHRONOLOGY,
        with_role=Role.PANEL_MEMBER,
        participation=part,
        by=UserFactory(),
    )

    assert "Context words" not in words_of(client.get(review_page("combined", part.review)))
    assert "Shared words" in words_of(client.get(review_page("combined", part.review)))
    context = client.get(review_page("context-chronology", part.review))
    assert "Context words" not in words_of(context)


def test_a_shared_entry_leads_back_to_where_its_reader_may_go(client, sign_in, part):
    entry = EntryFactory(participation=part)
    sign_in(Role.PANEL_MEMBER, part.review)
    share(
        part.review,
        material=Material.CHRONOLOGY,
        with_role=Role.PANEL_MEMBER,
        participation=part,
        by=UserFactory(),
    )

    shown = client.get(page("entry-detail", entry)).content.decode()

    assert f'href="{review_page("combined", part.review)}"' in shown


# --- The list -----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize(("role", "queries"), [(Role.IMR_AUTHOR, 13), (Role.CHAIR, 12)])
def test_the_list_asks_as_often_whatever_its_length(
    role, queries, count, client, sign_in, part, django_assert_num_queries
):
    file = SourceFileFactory(participation=part)
    for _ in range(count):
        EntryFactory(participation=part, source_file=file, part_kind="csv", row=1)
    sign_in(role, part.review, part if role in AGENCY_ROLES else None)
    address = page("chronology", part)
    client.get(address)

    with django_assert_num_queries(queries):
        response = client.get(address)

    assert len(response.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_combined_list_asks_as_often_whatever_its_length(
    count, client, sign_in, part, django_assert_num_queries
):
    for number in range(count):
        other = ParticipationFactory(review=part.review) if number % 2 else part
        EntryFactory(participation=other)
    sign_in(Role.CHAIR, part.review)
    address = review_page("combined", part.review)
    client.get(address)

    with django_assert_num_queries(20):
        response = client.get(address)

    assert len(response.context["page_obj"]) == count


def test_fifty_a_page(client, sign_in, part):
    for _ in range(51):
        EntryFactory(participation=part)
    sign_in(Role.IMR_AUTHOR, part.review, part)

    second = client.get(page("chronology", part), {"page": 2})

    assert len(second.context["rows"]) == 1
    assert "Showing 51 to 51 of 51 entries" in words_of(second)


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({}, {"a", "b", "c", "undated"}),
        ({"person": "MA 1"}, {"a"}),
        ({"start": "2010"}, {"b", "c"}),
        ({"start": "2009", "end": "2010"}, {"a", "b"}),
        ({"start": "March 2011", "end": "March 2011"}, {"c"}),
        ({"words": "neighbours"}, {"b"}),
        ({"show": "doubtful"}, {"c"}),
        ({"show": "withdrawn"}, {"gone"}),
        ({"person": "MA 1", "start": "2012"}, set()),
        ({"page": "nonsense"}, {"a", "b", "c", "undated"}),
    ],
)
def test_the_list_is_filtered(filters, shown, client, sign_in, part):
    EntryFactory(participation=part, on="2009", text="a", persons=["MA 1"])
    EntryFactory(participation=part, on="2010", text="b", action="Spoke to a neighbour")
    EntryFactory(
        participation=part,
        on="12.03.2011",
        text="c",
        doubts=[{"column": "date", "message": "?", "settled": False}],
    )
    EntryFactory(participation=part, on="Undated", text="undated")
    EntryFactory(participation=part, text="gone", withdrawn_at=timezone.now())
    sign_in(Role.IMR_AUTHOR, part.review, part)

    response = client.get(page("chronology", part), filters)

    assert {row.entry.text for row in response.context["rows"]} == shown


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"start": "rubbish"}, "Enter a date such as 2011, March 2011 or 14.09.2011"),
        ({"start": "2011", "end": "2009"}, "the same as or after the date you search from"),
    ],
)
def test_a_filter_that_cannot_be_read_says_so_and_hides_nothing(
    filters, message, client, sign_in, part
):
    EntryFactory(participation=part, text="Here")
    sign_in(Role.IMR_AUTHOR, part.review, part)

    response = client.get(page("chronology", part), filters)

    assert message in words_of(response)
    assert "Here" in words_of(response)


def test_each_reading_is_in_the_trail(client, sign_in, part):
    EntryFactory(participation=part)
    reader = sign_in(Role.CHAIR, part.review)

    client.get(page("chronology", part))
    client.get(review_page("combined", part.review))

    events = Event.objects.filter(actor=f"user:{reader.pk}", stream__startswith="review:").order_by(
        "seq"
    )
    assert [(event.type, event.data) for event in events] == [
        ("entries.read", {"rows": 1}),
        ("combined.read", {"rows": 1}),
    ]


def test_a_doubt_stands_beside_its_cell(client, sign_in, part):
    EntryFactory(
        participation=part,
        doubts=[{"column": "date", "heading": "When", "message": "Which year?", "settled": False}],
    )
    sign_in(Role.IMR_AUTHOR, part.review, part)

    words = words_of(client.get(page("chronology", part)))

    assert "To check (When): Which year? It is right as it stands" in words


def test_the_chair_sees_a_doubt_and_cannot_settle_it(client, sign_in, part):
    EntryFactory(
        participation=part, doubts=[{"column": "date", "message": "Which year?", "settled": False}]
    )
    sign_in(Role.CHAIR, part.review)

    words = words_of(client.get(page("chronology", part)))

    assert "Which year?" in words
    assert "It is right as it stands" not in words


def test_text_is_shown_and_never_run(client, sign_in, part):
    EntryFactory(participation=part, text="<script>alert(1)</script>", other={"<b>": "<i>x</i>"})
    sign_in(Role.IMR_AUTHOR, part.review, part)

    page_ = client.get(page("chronology", part)).content.decode()
    detail = client.get(page("entry-detail", Entry.objects.get())).content.decode()

    assert "<script>alert" not in page_ + detail
    assert "<i>x</i>" not in detail


# --- By hand ------------------------------------------------------------------------------------


def typed(**changes):
    return {
        "date_day": "12",
        "date_month": "March",
        "date_year": "2011",
        "time": "22:15",
        "persons": ["MA 1"],
        "text": "A neighbour rang.",
        "key": uuid.uuid4(),
    } | changes


def test_an_entry_is_added_by_hand(client, sign_in, part):
    author = sign_in(Role.IMR_AUTHOR, part.review, part)

    response = client.post(page("entry-add", part), typed())

    entry = Entry.objects.get()
    assert response["Location"] == page("chronology", part)
    assert (str(entry.date), entry.time, entry.persons) == ("12 March 2011", "22:15", ["MA 1"])
    assert (entry.created_by, entry.on_behalf, entry.participation) == (author, False, part)


def test_the_coordinator_adds_on_the_agencys_behalf(client, sign_in, part):
    sign_in(Role.COORDINATOR, part.review)

    client.post(page("entry-add", part), typed())

    assert Entry.objects.get().on_behalf is True
    assert "on the agency’s behalf" in words_of(client.get(page("chronology", part)))


def test_a_double_click_adds_once(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    once = typed()

    client.post(page("entry-add", part), once)
    client.post(page("entry-add", part), once)

    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": ""}, "Say what happened"),
        ({"date_day": "31", "date_month": "2"}, "Date must be a real date"),
        ({"text": "x" * 20_001}, "20000"),
        ({"time": "x" * 501}, "500"),
        ({"time": "25:10"}, "Enter a time of day such as 22:15"),
        ({"persons": ["Somebody else"]}, "Somebody else"),
        ({"text": "bad \x00 character"}, "Null characters"),
    ],
)
def test_what_is_typed_wrongly_is_said_and_kept(changes, message, client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)

    response = client.post(page("entry-add", part), typed(comment="Kept words", **changes))

    assert response.status_code == 422
    assert message in words_of(response)
    assert "Kept words" in words_of(response)
    assert Entry.objects.count() == 0


def change(client, entry, **changes):
    form = client.get(page("entry-change", entry)).context["form"]
    as_shown = {}
    for bound in form:
        if bound.name == "date":
            boxes = bound.field.widget.decompress(bound.value())
            as_shown |= dict(
                zip(["date_day", "date_month", "date_year", "date_text"], boxes, strict=True)
            )
        else:
            as_shown[bound.html_name] = bound.value() if bound.value() is not None else ""
    return client.post(page("entry-change", entry), as_shown | changes)


def test_a_time_that_a_file_said_wrongly_stays_while_something_else_is_changed(
    client, sign_in, part
):
    entry = EntryFactory(participation=part, time="25:99", text="Before")
    sign_in(Role.IMR_AUTHOR, part.review, part)

    change(client, entry, text="After")

    entry.refresh_from_db()
    assert (entry.time, entry.text) == ("25:99", "After")


def test_an_entry_is_changed(client, sign_in, part):
    entry = EntryFactory(participation=part, on="mid-September 2011", text="Before")
    sign_in(Role.IMR_AUTHOR, part.review, part)

    response = change(client, entry, text="After")

    entry.refresh_from_db()
    assert response.status_code == 302
    assert (entry.text, str(entry.date)) == ("After", "mid-September 2011")
    assert entry.versions.get().snapshot["text"] == "Before"


def test_a_stale_page_does_not_overwrite(client, sign_in, part):
    entry = EntryFactory(participation=part, text="Before")
    sign_in(Role.IMR_AUTHOR, part.review, part)
    services.change_entry(entry, by=UserFactory(), content={"text": "Theirs"}, seen=0)

    response = change(client, entry, text="Mine", seen=0)

    entry.refresh_from_db()
    assert response["Location"] == page("entry-detail", entry)
    assert entry.text == "Theirs"


def test_after_submission_the_page_asks_why(client, sign_in, part):
    entry = EntryFactory(participation=part, text="Before")
    submit_chronology(part, by=UserFactory())
    sign_in(Role.IMR_AUTHOR, part.review, part)

    refused = change(client, entry, text="After")
    assert (refused.status_code, "Give the reason" in words_of(refused)) == (422, True)

    change(client, entry, text="After", reason="A page was found")
    entry.refresh_from_db()
    assert (entry.text, entry.versions.get().reason) == ("After", "A page was found")


def test_a_row_changes_in_place(client, sign_in, part):
    entry = EntryFactory(participation=part, text="Before")
    sign_in(Role.IMR_AUTHOR, part.review, part)
    as_script = {"HTTP_HX_REQUEST": "true"}

    form = client.get(page("entry-change", entry), **as_script)
    assert form.content.strip().startswith(b'<tr class="govuk-table__row app-row-edit"')

    refused = client.post(page("entry-change", entry), {"text": "", "seen": 0}, **as_script)
    assert (refused.status_code, b"<html" in refused.content) == (422, False)

    saved = client.post(page("entry-change", entry), {"text": "After", "seen": 0}, **as_script)
    assert saved.content.strip().startswith(b'<tr class="govuk-table__row"')
    assert "After" in words_of(saved)
    assert b'data-announce="The entry has been changed."' in saved.content


def test_an_entry_is_withdrawn_with_a_reason(client, sign_in, part):
    entry = EntryFactory(participation=part)
    sign_in(Role.IMR_AUTHOR, part.review, part)

    refused = client.post(page("entry-withdraw", entry), {"reason": ""})
    assert (refused.status_code, Entry.objects.live().count()) == (422, 1)

    client.post(page("entry-withdraw", entry), {"reason": "Somebody else’s record"})
    assert Entry.objects.live().count() == 0
    history = words_of(client.get(page("entry-detail", entry)))
    assert "Reason: Somebody else’s record" in history


def test_a_withdrawn_entry_cannot_be_changed(client, sign_in, part):
    entry = EntryFactory(participation=part, withdrawn_at=timezone.now())
    sign_in(Role.IMR_AUTHOR, part.review, part)

    assert client.get(page("entry-change", entry)).status_code == 403


def test_a_doubt_is_settled_beside_its_cell(client, sign_in, part):
    entry = EntryFactory(
        participation=part, doubts=[{"column": "date", "message": "Which year?", "settled": False}]
    )
    sign_in(Role.IMR_AUTHOR, part.review, part)

    response = client.post(page("doubt-settle", entry, 0), HTTP_HX_REQUEST="true")

    entry.refresh_from_db()
    assert entry.open_doubts == []
    assert "Which year?" not in words_of(response)


def test_history_says_what_changed_from_what(client, sign_in, part):
    entry = EntryFactory(participation=part, text="Before", on="2009")
    services.change_entry(
        entry, by=UserFactory(name="Robin Editor"), content={"text": "After"}, seen=0
    )
    sign_in(Role.CHAIR, part.review)

    words = words_of(client.get(page("entry-detail", entry)))

    assert "by Robin Editor" in words
    assert "What happened Before: Before After: After" in words
    assert "Added by hand" in words


# --- Submitting ---------------------------------------------------------------------------------


def test_the_sign_off_officer_submits(client, sign_in, part):
    EntryFactory(participation=part)
    officer = sign_in(Role.SIGN_OFF_OFFICER, part.review, part)
    assert "It holds 1 entry." in words_of(client.get(page("chronology-submit", part)))

    client.post(page("chronology-submit", part))

    part.refresh_from_db()
    assert part.submitted_by == officer
    assert client.get(page("chronology-submit", part)).status_code == 403


# --- A file, step by step -----------------------------------------------------------------------


def test_a_dated_row_that_is_left_out_stands_in_sight(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    upload(client, part, csv_of(*ROWS, ("16.04.2011", "MA 2", "", "")))
    import_ = ChronologyImport.objects.get()
    columns = page("import-columns", import_)
    form = client.get(columns).context["form"]
    client.post(columns, {bound.html_name: bound.initial for bound in form})

    response = client.get(page("import-detail", import_))

    (row,) = response.context["left_out"]
    assert row["where"].endswith(" 5")
    assert "Left out, and worth a look These will not be saved." in words_of(response)


def test_a_file_is_uploaded_checked_and_saved(client, sign_in, part):
    author = sign_in(Role.IMR_AUTHOR, part.review, part)

    response = upload(client, part, csv_of())
    import_ = ChronologyImport.objects.get()
    detail, columns = page("import-detail", import_), page("import-columns", import_)
    assert response["Location"] == detail
    assert client.get(detail)["Location"] == columns

    form = client.get(columns).context["form"]
    guessed = {bound.html_name: bound.initial for bound in form}
    assert list(guessed.values()) == ["date", "person", "text", "action"]
    assert client.post(columns, guessed)["Location"] == detail

    preview = words_of(client.get(detail))
    assert "Save 3 entries" in preview
    assert ROWS[0][2] in preview

    client.post(page("import-save", import_))
    assert [entry.created_by for entry in Entry.objects.all()] == [author] * 3
    assert "Saved on" in words_of(client.get(detail))
    assert ROWS[0][2] in words_of(client.get(page("chronology", part)))


def test_corrected_columns_are_read_again_and_remembered(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    odd = csv_of(("2011", "A neighbour rang.", "n/a"), headings=("When", "Zzz", "Yyy"))
    upload(client, part, odd)
    import_ = ChronologyImport.objects.get()

    client.post(
        page("import-columns", import_),
        {"part0-column0": "date", "part0-column1": "text", "part0-column2": "comment"},
    )

    assert "Comment: n/a" in words_of(client.get(page("import-detail", import_)))
    upload(client, part, odd, name="other.csv")
    second = ChronologyImport.objects.latest("pk")
    assert client.get(page("import-detail", second)).status_code == 200


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({}, "Say which column has the date and which says what happened"),
        ({"part0-column0": "text"}, "Say which column has the date"),
        ({"part0-column0": "date"}, "Say which column says what happened"),
        ({"part0-column0": "colour"}, "Select a valid choice"),
    ],
)
def test_columns_that_cannot_be_read_are_asked_again(chosen, message, client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    upload(client, part, csv_of())

    response = client.post(page("import-columns", ChronologyImport.objects.get()), chosen)

    assert response.status_code == 422
    assert message in words_of(response)


def test_a_file_without_a_table_asks_for_another_file_and_not_for_columns(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    minutes, content = docx.Document(), BytesIO()
    minutes.add_paragraph("Minutes of a meeting.")
    minutes.save(content)
    upload(client, part, content.getvalue(), name="minutes.docx")

    asked = client.get(page("import-columns", ChronologyImport.objects.get()))

    assert "There is no table in this file" in words_of(asked)
    assert "Say which column" not in words_of(asked)
    assert f'href="{page("import-upload", part)}"' in asked.content.decode()


def test_a_double_click_on_upload_is_one_import(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    key = uuid.uuid4()

    first = upload(client, part, csv_of(), key=key)
    second = upload(client, part, csv_of(), key=key)

    assert first["Location"] == second["Location"]
    assert ChronologyImport.objects.count() == 1


def test_a_double_click_on_save_saves_once(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    import_ = previewed(part)

    client.post(page("import-save", import_))
    client.post(page("import-save", import_))

    assert Entry.objects.count() == 3


def bad_workbook(change):
    book = openpyxl.Workbook()
    change(book)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


BAD = [
    ("empty.csv", b"", "This file is empty"),
    ("empty.xlsx", b"   ", "“empty.xlsx” is empty"),
    ("lie.xlsx", b"Date,Event\n2009,A call\n", "“lie.xlsx”"),
    ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "“old.xls”"),
    ("cut.xlsx", bad_workbook(lambda book: None)[:400], "“cut.xlsx”"),
    ("notes.pdf", b"%PDF-1.7 ...", "“notes.pdf”"),
    ("page.csv", b"<!doctype html><html></html>", "“page.csv”"),
    ("noending", b"\x00\x01\x02", "noending"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD, ids=[name for name, *_ in BAD])
def test_a_bad_file_is_refused_beside_the_box(name, content, message, client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)

    response = upload(client, part, content, name)

    assert response.status_code == 422
    assert message in words_of(response)
    assert (StoredFile.objects.count(), ChronologyImport.objects.count()) == (0, 0)


def test_no_file_is_asked_for(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)

    response = client.post(page("import-upload", part), {"key": uuid.uuid4()})

    assert (response.status_code, "Choose the file to upload" in words_of(response)) == (422, True)


def test_a_rejected_row_stops_the_file_and_comes_back_marked(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    upload(client, part, csv_of(*with_row(1, What_happened="x" * 30_000)))
    import_ = ChronologyImport.objects.get()
    services.accept_mapping(import_, by=import_.by)

    shown = words_of(client.get(page("import-detail", import_)))
    assert "Nothing can be saved yet: 1 row cannot be taken as it stands" in shown
    assert "Save 2 entries" not in shown

    copy = client.get(page("import-problems", import_))
    rows = list(csv.reader(StringIO(copy.content.decode("utf-8-sig"), newline="")))
    assert copy["Content-Disposition"] == 'attachment; filename="To check, police.csv"'
    assert (rows[0][-1], bool(rows[2][-1])) == ("Problem", True)

    client.post(page("import-save", import_))
    assert Entry.objects.count() == 0


def test_a_doubtful_row_shows_its_doubt_before_it_is_saved(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    upload(client, part, csv_of(*with_row(0, Date="31 September 2020")))
    import_ = ChronologyImport.objects.get()
    services.accept_mapping(import_, by=import_.by)

    shown = words_of(client.get(page("import-detail", import_)))

    assert "September 2020 has no day 31" in shown
    assert "Save 3 entries" in shown


def test_a_corrected_file_shows_old_and_new_before_it_is_saved(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    client.post(page("import-save", previewed(part)))
    upload(client, part, csv_of(*with_row(0, Action_taken="Changed words.")))
    import_ = ChronologyImport.objects.latest("pk")

    shown = words_of(client.get(page("import-detail", import_)))
    assert "This looks like a corrected version of police.csv" in shown
    assert "Officers attended. Changed words." in shown

    client.post(page("import-save", import_))
    assert Entry.objects.live().count() == 3


def test_the_user_may_say_that_they_are_further_entries(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    client.post(page("import-save", previewed(part)))
    upload(client, part, csv_of(("2012", "MA 2", "Another call.", "")))
    import_ = ChronologyImport.objects.latest("pk")

    client.post(page("import-kind", import_), {"is_further": "yes"})

    shown = words_of(client.get(page("import-detail", import_)))
    assert "All of it will be added as further entries" in shown
    client.post(page("import-save", import_))
    assert Entry.objects.live().count() == 4


def test_an_import_into_a_submitted_chronology_asks_why(client, sign_in, part):
    submit_chronology(part, by=UserFactory())
    sign_in(Role.IMR_AUTHOR, part.review, part)
    import_ = previewed(part)

    refused = client.post(page("import-save", import_), {"reason": ""})
    assert (refused.status_code, Entry.objects.count()) == (422, 0)

    client.post(page("import-save", import_), {"reason": "A page was found"})
    assert Entry.objects.count() == 3


def test_a_discarded_file_leaves_nothing(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    import_ = previewed(part)

    client.post(page("import-discard", import_))

    assert "This file was discarded" in words_of(client.get(page("import-detail", import_)))
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("name", ["import-columns", "import-kind", "import-save", "import-discard"])
def test_a_page_that_came_too_late_shows_where_the_file_is_now(name, client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    import_ = previewed(part)
    client.post(page("import-save", import_))
    posted = {"is_further": "yes", "part0-column0": "date", "part0-column2": "text"}

    response = client.post(page(name, import_), posted)

    assert response["Location"] == page("import-detail", import_)
    assert Entry.objects.count() == 3


def test_the_file_comes_back_as_it_was_sent(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    upload(client, part, csv_of())

    response = client.get(page("import-file", ChronologyImport.objects.get()))

    assert response.content == csv_of()
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert Event.objects.filter(type="file.downloaded").count() == 1


def test_context_of_the_review_team_goes_the_same_way(client, sign_in, part):
    sign_in(Role.COORDINATOR, part.review)
    upload_page = review_page("context-import-upload", part.review)

    client.post(upload_page, {"file": sent(csv_of(), "context.csv"), "key": uuid.uuid4()})
    import_ = ChronologyImport.objects.get()
    form = client.get(page("import-columns", import_)).context["form"]
    client.post(page("import-columns", import_), {b.html_name: b.initial for b in form})
    client.post(page("import-save", import_))

    assert set(Entry.objects.values_list("participation", "on_behalf")) == {(None, False)}
    words = words_of(client.get(review_page("context-chronology", part.review)))
    assert ROWS[0][2] in words
    assert "context.csv" in words_of(client.get(review_page("context-import-list", part.review)))


def test_a_file_that_cannot_be_read_has_no_copy_with_problems(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    import_ = ChronologyImportFactory(
        source_file__participation=part,
        source_file__name="police.xlsx",
        source_file__stored=store(b"nonsense", name="police.xlsx"),
    )
    work()

    response = client.get(page("import-problems", import_))

    assert response["Location"] == page("import-detail", import_)
    assert "police.xlsx" in words_of(client.get(response["Location"]))


def test_uploaded_files_are_listed_with_what_became_of_them(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    client.post(page("import-save", previewed(part)))

    words = words_of(client.get(page("import-list", part)))

    assert "police.csv" in words
    assert "3 added, 0 changed, 0 removed" in words


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_list_of_files_asks_as_often_whatever_its_length(
    count, client, sign_in, part, django_assert_num_queries
):
    for _ in range(count):
        ChronologyImportFactory(source_file__participation=part)
    sign_in(Role.IMR_AUTHOR, part.review, part)
    address = page("import-list", part)
    client.get(address)

    with django_assert_num_queries(8):
        client.get(address)


# --- A long file --------------------------------------------------------------------------------


@pytest.fixture
def long_files(monkeypatch):
    """Every file counts as long, and waits for a worker."""
    monkeypatch.setattr(forms, "SMALL", 0)
    monkeypatch.setattr("chronologies.views.imports.SMALL", 0)


def work():
    for job in Job.objects.filter(state=Job.State.QUEUED):
        run_job(job.pk)


@pytest.mark.usefixtures("long_files")
def test_a_long_file_is_read_and_saved_by_a_worker(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    upload(client, part, csv_of())
    import_ = ChronologyImport.objects.get()
    detail = page("import-detail", import_)
    assert "Your file is being read" in words_of(client.get(detail))

    work()
    services.accept_mapping(import_, by=import_.by)
    client.post(page("import-save", import_))
    waiting = client.get(detail)
    assert "Your entries are being saved" in words_of(waiting)
    assert b'<noscript><meta http-equiv="refresh"' in waiting.content

    work()
    assert "Saved on" in words_of(client.get(detail))
    assert Entry.objects.count() == 3


@pytest.mark.usefixtures("long_files")
def test_the_asking_script_is_sent_on_when_the_worker_is_done(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    upload(client, part, csv_of())
    detail = page("import-detail", ChronologyImport.objects.get())
    waiting = client.get(detail, HTTP_HX_REQUEST="true")
    assert (waiting.status_code, b'id="progress"' in waiting.content) == (200, True)

    work()

    done = client.get(detail, HTTP_HX_REQUEST="true")
    assert done["HX-Redirect"] == detail


@pytest.mark.usefixtures("long_files")
def test_progress_is_for_whoever_asked(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    upload(client, part, csv_of())
    Job.objects.update(steps_done=12_000)
    detail = page("import-detail", ChronologyImport.objects.get())
    assert "12000 rows read so far" in words_of(client.get(detail))

    sign_in(Role.SIGN_OFF_OFFICER, part.review, part)

    assert "rows read so far" not in words_of(client.get(detail))


@pytest.mark.usefixtures("long_files")
def test_a_worker_that_gave_up_can_be_asked_again(client, sign_in, part):
    sign_in(Role.IMR_AUTHOR, part.review, part)
    upload(client, part, csv_of())
    import_ = ChronologyImport.objects.get()
    Job.objects.update(state=Job.State.FAILED, problem="This could not be finished.")
    assert "This could not be finished." in words_of(client.get(page("import-detail", import_)))

    client.post(page("import-again", import_))
    work()

    import_.refresh_from_db()
    assert import_.state == State.PREVIEWED


# --- The combined chronology --------------------------------------------------------------------


@pytest.fixture
def three_agencies(part):
    gp = ParticipationFactory(review=part.review, agency__name="Elm Surgery")
    EntryFactory(participation=part, on="12.03.2011", text="Police words", persons=["MA 1"])
    EntryFactory(participation=gp, on="12.03.2011", text="Surgery words")
    EntryFactory(participation=gp, on="2009", text="Earlier words")
    EntryFactory(participation=None, review=part.review, on="Undated", text="Team words")
    EntryFactory(text="Another review’s words")
    return {"police": part, "gp": gp}


def texts(response):
    return [entry.text for entry in response.context["page_obj"]]


def test_the_combined_chronology_has_every_agency_in_time(client, sign_in, three_agencies):
    review = three_agencies["police"].review
    sign_in(Role.CHAIR, review)

    response = client.get(review_page("combined", review))

    assert texts(response) == ["Earlier words", "Police words", "Surgery words"]
    assert "1 undated" in words_of(response)


def test_undated_entries_have_a_place_of_their_own(client, sign_in, three_agencies):
    review = three_agencies["police"].review
    sign_in(Role.CHAIR, review)

    assert texts(client.get(review_page("combined-undated", review))) == ["Team words"]


def test_the_combined_chronology_is_filtered_by_agency(client, sign_in, three_agencies):
    review = three_agencies["police"].review
    sign_in(Role.CHAIR, review)

    response = client.get(
        review_page("combined", review), {"place": three_agencies["gp"].pk, "start": "2010"}
    )

    assert texts(response) == ["Surgery words"]


def test_the_filter_names_no_agency_that_is_not_seen(client, sign_in, three_agencies):
    review = three_agencies["police"].review
    sign_in(Role.PANEL_MEMBER, review)
    share(
        review,
        material=Material.CHRONOLOGY,
        with_role=Role.PANEL_MEMBER,
        participation=three_agencies["gp"],
        by=UserFactory(),
    )

    response = client.get(review_page("combined", review))

    assert texts(response) == ["Earlier words", "Surgery words"]
    assert "Northfield Police" not in words_of(response)


# --- Taking entries along -----------------------------------------------------------------------


def ask(client, address, **posted):
    return client.post(address, {"format": "xlsx", "key": uuid.uuid4()} | posted)


def test_a_short_list_is_downloaded_at_once(client, sign_in, three_agencies):
    review = three_agencies["police"].review
    chair = sign_in(Role.CHAIR, review)

    response = ask(client, review_page("export-create", review), place=three_agencies["gp"].pk)

    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    assert sheet.max_row == 3
    event = Event.objects.get(type="export.made")
    assert (event.actor, event.data["rows"]) == (f"user:{chair.pk}", 2)
    assert Export.objects.count() == 0


def test_a_long_list_is_made_by_a_worker(client, sign_in, three_agencies, monkeypatch):
    monkeypatch.setitem(exports.DIRECTLY, "xlsx", 1)
    review = three_agencies["police"].review
    sign_in(Role.CHAIR, review)

    response = ask(client, review_page("export-create", review))
    export = Export.objects.get()
    assert response["Location"] == page("export-detail", export)
    assert client.get(page("export-file", export)).status_code == 404

    work()

    assert "It holds 4 entries" in words_of(client.get(page("export-detail", export)))
    file = client.get(page("export-file", export))
    assert openpyxl.load_workbook(BytesIO(file.content)).active.max_row == 5


def test_an_agency_exports_its_own_whatever_it_asks_for(client, sign_in, three_agencies):
    police = three_agencies["police"]
    sign_in(Role.IMR_AUTHOR, police.review, police)

    response = ask(client, page("chronology-export", police), place=three_agencies["gp"].pk)

    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    assert [row[7] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["Police words"]


def test_an_export_in_no_known_form_does_not_exist(client, sign_in, three_agencies):
    review = three_agencies["police"].review
    sign_in(Role.CHAIR, review)

    assert ask(client, review_page("export-create", review), format="exe").status_code == 404
