"""The anonymised action plan and progress statement: as files, as versions, and in a set that is released."""

import hashlib
import json
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from foundations.office.everything import everything_in
from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.leaks.deciding import decide, scan_of
from reports.leaks.showing import lines_of, newest
from reports.models import Document, Kind, Rendering, Variant
from reports.papers.gathering import gather_paper
from reports.release import services as releases
from reports.rendering.gathered import said_by
from reports.services.documents import begin_from_data, share_document
from reports.services.renderings import ask_for_rendering
from reports.services.sections import add_section
from reviews.rules import Role, Stage
from tests.conftest import with_role
from tests.factories.actionplans import RecommendationFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reports_release import final, proposed, published
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory, date
from tests.foundations.office.pdf_samples import broken_rules

pytestmark = pytest.mark.django_db

TOLD = (
    "Mrs Zara Quillfeather rang on Monday 4 May 2031, the day she was killed. She lived at 12 Larkspur "
    "Lane and gave 0114 496 0817."
)


@pytest.fixture
def review():
    return ReviewFactory(stage=Stage.QUALITY_ASSURANCE)


@pytest.fixture
def victim(review):
    person = PersonFactory(
        review=review,
        pseudonym="MA 7",
        role="victim",
        publish_death="season",
        publish_birth="age-band",
        publish_address="area",
        area="the north of the city",
    )
    IdentityFactory(
        person=person,
        names=["Zara Quillfeather"],
        born=date("2 March 1999").to_json(),
        died=date("4 May 2031").to_json(),
        addresses=["12 Larkspur Lane, Sheffield S1 2HH"],
        numbers=["0114 496 0817"],
    )
    return person


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


def plan_of(review, by, kind=Kind.ACTION_PLAN):
    return begin_from_data(review, kind=kind, title="What will be done", by=by, key=uuid.uuid4())


def words_of(content, name):
    return "\n".join(one.text for one in everything_in(content, name).stretches)


def asked(document, by, **said):
    said = {"variant": Variant.ANONYMISED, "format_": "html", "has_plan": False} | said
    one = ask_for_rendering(document, by=by, key=uuid.uuid4(), **said)
    run_job(Job.objects.get(key=one.job_key).pk)
    return Rendering.objects.select_related("document__review").get(pk=one.pk)


def gathered(review, kind=Kind.ACTION_PLAN, **said):
    said = {"variant": Variant.ANONYMISED, "at": timezone.now(), "by": None} | said
    return gather_paper(review, kind, **said)


def texts_of(review, **said):
    return [one.text for one in gathered(review, **said).stretches()]


# --- What is replaced ---------------------------------------------------------------------------


def test_what_is_known_of_somebody_is_replaced_by_what_may_be_said(review, victim):
    RecommendationFactory(review=review, number="1", text=TOLD)

    assert (
        "1: MA 7 rang in spring 2031, the day she was killed. She lived at the north of the city and "
        "gave a number that is not given."
    ) in texts_of(review)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("month-year", "in May 2031"),
        ("year", "in 2031"),
        ("nothing", "on a date that is not given"),
        ("exact", "on 4 May 2031"),
    ],
)
def test_a_date_is_said_as_its_rule_allows(rule, said, review, victim):
    type(victim).objects.filter(pk=victim.pk).update(publish_death=rule)
    RecommendationFactory(review=review, number="", text="She died on 4 May 2031.")

    assert f"She died {said}." in texts_of(review)


def test_an_exact_age_becomes_its_band(review, victim):
    RecommendationFactory(review=review, number="", text="MA 7, aged 32, asked for help.")

    assert "MA 7, aged 25 to 34, asked for help." in texts_of(review)


@pytest.mark.parametrize(
    "text",
    ["Thomas Quillfeather rang.", "T. Quillfeather rang.", "It was T Quillfeather who rang."],
)
def test_a_relative_who_is_not_registered_is_not_taken_for_somebody_who_is(text, review, victim):
    RecommendationFactory(review=review, number="", text=text)

    assert text in texts_of(review)


def test_a_surname_that_two_have_is_nobodys_until_somebody_decides(review, victim):
    IdentityFactory(
        person=PersonFactory(review=review, pseudonym="MA 8"), names=["Thomas Quillfeather"]
    )
    RecommendationFactory(review=review, number="", text="Mrs Quillfeather rang.")
    RecommendationFactory(review=review, number="", text="Thomas Quillfeather rang.")

    texts = texts_of(review)

    assert "Mrs Quillfeather rang." in texts
    assert "MA 8 rang." in texts


def test_it_says_how_much_was_replaced(review, victim):
    RecommendationFactory(review=review, text="Zara Quillfeather and Zara Quillfeather rang.")

    assert gathered(review).paper.notes[-1].endswith("(name: 2).")


def test_a_confidential_one_says_what_was_written(review, victim):
    RecommendationFactory(review=review, number="", text=TOLD)

    assert TOLD in texts_of(review, variant=Variant.CONFIDENTIAL)


def test_the_values_of_a_version_are_read_back(review, victim):
    RecommendationFactory(review=review, text=TOLD)
    one = gathered(review, is_final=True, version=3)

    assert said_by(json.loads(json.dumps(one.to_json()))) == one
    assert one.paper.marking == "OFFICIAL"
    assert ("Version", "3") in one.paper.facts


# --- From the command line ----------------------------------------------------------------------


def render(review, out, *, kind, to):
    call_command(
        *("render_report", "--review", review.reference, "--kind", kind, "--to", to),
        *("--variant", "anonymised", str(out), "--format=json"),
    )


@pytest.mark.parametrize("kind", ["action-plan", "progress-statement"])
@pytest.mark.parametrize("to", ["pdf", "docx", "html", "xlsx"])
def test_a_file_holds_the_pseudonym_and_no_name(kind, to, review, victim, tmp_path, capsys):
    RecommendationFactory(review=review, text="Zara Quillfeather asked for help.")
    out = tmp_path / f"paper.{to}"

    render(review, out, kind=kind, to=to)

    content = out.read_bytes()
    words = words_of(content, out.name)
    said = json.loads(capsys.readouterr().out)
    assert said["sha256"] == hashlib.sha256(content).hexdigest()
    assert said["rows"] == 1
    assert "MA 7 asked for help." in words
    assert "Quillfeather" not in words
    assert to != "pdf" or broken_rules(content) == []


def test_a_name_that_nobody_lists_refuses_it_with_its_place(review, victim, tmp_path, capsys):
    RecommendationFactory(review=review, number="4", text="Mrs Oriel Plumtree asked for help.")

    with pytest.raises(SystemExit) as end:
        render(review, tmp_path / "paper.pdf", kind="action-plan", to="pdf")

    said = capsys.readouterr().out
    assert end.value.code == 1
    assert {one["where"] for one in json.loads(said)["refused"]} == {"row 4"}
    assert "Plumtree" not in said
    assert list(tmp_path.iterdir()) == []


# --- As a version -------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["pdf", "docx", "html", "xlsx"])
def test_a_version_is_kept_with_its_values_its_file_and_its_digest(format_, review, victim, chair):
    RecommendationFactory(review=review, text="Zara Quillfeather asked for help.")

    one = asked(plan_of(review, chair), chair, format_=format_)

    content = one.stored.content
    assert one.sha256 == hashlib.sha256(content).hexdigest()
    assert (one.pages is not None) == (format_ == "pdf")
    assert one.stored.name == f"{review.reference} action plan anonymised version 1.{format_}"
    assert "MA 7 asked for help." in words_of(content, f"document.{format_}")
    assert "Quillfeather" not in str(one.values)


def test_a_version_stays_as_it_was_made(review, victim, chair):
    row = RecommendationFactory(review=review, text="Train every officer")
    one = asked(plan_of(review, chair), chair)

    type(row).objects.filter(pk=row.pk).update(text="Train nobody")

    assert "Train every officer" in str(Rendering.objects.get(pk=one.pk).values)


def test_what_may_be_a_person_refuses_a_version_until_somebody_decides(review, victim, chair):
    RecommendationFactory(review=review, text="Mrs Oriel Plumtree is to train every officer.")
    document = plan_of(review, chair)
    refused = asked(document, chair)
    scan = scan_of(refused)

    decide(
        scan,
        [one.number for one in scan.hits.all()],
        verdict="keep",
        reason="She is the head of training and agreed",
        by=chair,
        key=uuid.uuid4(),
        seen=0,
    )

    assert refused.is_refused
    assert asked(document, chair).is_made


def decided(version, verdict, by, *, words=None):
    """About all that was found in it, or about these words."""
    scan = scan_of(version)
    lines = [one for one in lines_of(scan) if words is None or one.words == words]
    return decide(
        scan,
        [one.number for one in lines],
        verdict=verdict,
        reason="They agreed" if verdict == "keep" else "",
        by=by,
        key=uuid.uuid4(),
        seen=newest(lines_of(scan)),
    )


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("Mrs Oriel Plumtree rang.", "Mrs Oriel Plumtree", "[unknown name left out] rang."),
        ("zara asked for help.", "zara", "MA 7 asked for help."),
        ("It was in May 2031.", "May 2031", "It was in spring 2031."),
        ("Mr Thomas Quillfeather rang.", "Quillfeather", "[name left out] rang."),
    ],
)
def test_what_is_to_be_changed_is_replaced_in_the_next_version(
    text, words, said, review, victim, chair
):
    RecommendationFactory(review=review, number="", text=text)
    document = plan_of(review, chair)
    first = asked(document, chair)
    assert words in [one.words for one in lines_of(scan_of(first))]
    decided(first, "change", chair)

    second = asked(document, chair)

    assert second.is_made
    assert said in [one.text for one in said_by(second.values).stretches()]


def test_what_is_kept_and_what_is_changed_stay_decided_in_every_later_version(
    review, victim, chair
):
    filler = " Every officer is trained in how to ask again and how to listen." * 4
    text = f"Mrs Oriel Plumtree trains.{filler} Mr Tobias Larkfield was left out."
    RecommendationFactory(review=review, number="", text=text)
    document = plan_of(review, chair)
    first = asked(document, chair)
    decided(first, "keep", chair, words="Mrs Oriel Plumtree")
    decided(first, "change", chair, words="Mr Tobias Larkfield")

    versions = [asked(document, chair) for _ in range(2)]

    assert [one.is_made for one in versions] == [True, True]
    assert [
        "Mrs Oriel Plumtree trains." in str(one.values)
        and "[unknown name left out] was left out." in str(one.values)
        for one in versions
    ] == [True, True]


# --- In a set -----------------------------------------------------------------------------------


def test_a_plan_is_released_beside_a_summary_and_read_by_the_board(
    review, victim, chair, client, sign_in
):
    RecommendationFactory(review=review, text="Zara Quillfeather asked for help.")
    plan = final(plan_of(review, chair), chair, format_="pdf")
    release = published(review, renderings=[plan])
    sign_in(Role.BOARD_READER, review)

    file = release.files.get()
    page = client.get(release.get_absolute_url()).content.decode()
    answer = client.get(
        reverse("reports:release-file", args=[review.reference, release.pk, file.pk])
    )

    assert file.title == "What will be done"
    assert file.sha256 in page
    assert hashlib.sha256(answer.content).hexdigest() == plan.sha256


@pytest.mark.parametrize("format_", ["pdf", "docx", "html", "xlsx"])
@pytest.mark.parametrize("kind", [Kind.ACTION_PLAN, Kind.PROGRESS_STATEMENT, Kind.CHRONOLOGY])
def test_every_part_of_every_file_is_looked_through(kind, format_, review, victim, chair):
    RecommendationFactory(review=review, text="Zara Quillfeather asked for help.")
    EntryFactory(review=review, participation=None, text="Zara Quillfeather rang.")
    version = final(plan_of(review, chair, kind), chair, format_=format_)

    assert scan_of(version).unread == 0
    assert proposed(review, by=chair, renderings=[version]).files.count() == 1


def test_a_name_that_the_register_learns_later_keeps_a_plan_from_leaving(review, victim, chair):
    RecommendationFactory(review=review, text="Ask Plumtree House for help.")
    plan = final(plan_of(review, chair), chair)
    IdentityFactory(person=PersonFactory(review=review), names=["Oriel Plumtree"])

    with pytest.raises(ValidationError, match="nobody has decided"):
        releases.propose(
            review,
            renderings=[plan],
            not_before=timezone.localdate(),
            by=chair,
            key=uuid.uuid4(),
        )


# --- Its pages ----------------------------------------------------------------------------------


def test_it_is_begun_and_a_version_is_asked_for_on_pages(review, victim, client, sign_in):
    RecommendationFactory(review=review, text="Train every officer")
    sign_in(Role.CHAIR, review)
    begin = reverse("reports:document-begin", args=[review.reference])
    choices = client.get(begin).content.decode()

    answer = client.post(
        begin, {"template": "action-plan", "title": "What will be done", "key": uuid.uuid4()}
    )
    page = client.get(answer.url).content.decode()
    one = Document.objects.get(kind=Kind.ACTION_PLAN)
    asking = reverse("reports:rendering-ask", args=[review.reference, one.number])
    form = client.get(asking).content.decode()
    client.post(
        asking,
        {"variant": "anonymised", "format": "xlsx", "is_final": "on", "key": uuid.uuid4()},
    )

    made = Rendering.objects.get(document=one)
    assert "Action plan: made from what is already recorded; nobody writes in it" in choices
    assert "Nobody writes this document" in page
    assert "as an appendix" not in form
    assert (made.variant, made.format, made.is_final) == ("anonymised", "xlsx", True)
    listed = client.get(reverse("reports:document-list", args=[review.reference])).content.decode()
    assert "Made from its own pages" in listed


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.BOARD_READER])
@pytest.mark.parametrize("name", ["document-detail", "rendering-list"])
def test_it_is_its_authors_until_it_is_released(name, role, review, chair, client, sign_in):
    document = plan_of(review, chair)
    sign_in(role, review)

    answer = client.get(reverse(f"reports:{name}", args=[review.reference, document.number]))

    assert answer.status_code in (403, 404)


@pytest.mark.parametrize("name", ["section-add", "word", "document-share", "checks"])
def test_it_has_no_pages_of_what_is_written(name, review, client, sign_in):
    document = plan_of(review, sign_in(Role.CHAIR, review))

    answer = client.get(reverse(f"reports:{name}", args=[review.reference, document.number]))

    assert answer.status_code == 404


def test_no_section_is_added_to_it(review, chair):
    document = plan_of(review, chair)

    with pytest.raises(ValidationError, match="Nobody writes this document"):
        add_section(document, heading="More", by=chair, key=uuid.uuid4())


def test_it_is_not_shared_with_the_panel(review, chair):
    document = plan_of(review, chair)

    with pytest.raises(ValidationError, match="Nobody writes this document"):
        share_document(document, by=chair)


def test_there_is_one_of_each(review, chair):
    plan_of(review, chair)

    with pytest.raises(ValidationError, match="one already"):
        plan_of(review, chair)
