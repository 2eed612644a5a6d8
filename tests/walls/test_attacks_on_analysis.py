"""What was tried against the analysis by somebody who means it, and must never work again: marks,
timeline, mismatches, findings, lessons and the thread."""

import io
import uuid
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from actionplans.models import Recommendation, RecommendationLead
from actionplans.resting import services as resting
from actionplans.resting.models import RecommendationLesson
from actionplans.rows.models import PlanRow
from chronologies.exports import may_still_have
from chronologies.marking.models import EntryTerm, EntryTheme, EventGroup, Mark, Theme
from chronologies.marking.services import comments, events, marks
from chronologies.mismatches.models import Judgement, MismatchQuery
from chronologies.mismatches.services import asking
from chronologies.mismatches.services.refreshing import look_again
from chronologies.models import Entry, Export
from chronologies.timeline import printing
from findings.models import Count, Evidence, Finding, Lesson, LessonFinding, TermAnswer
from findings.services import evidence, lessons
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Participation, Review, Share
from reviews.proceedings.models import Stops
from reviews.querying.models import Query
from reviews.querying.services import sending
from reviews.rules import Material, Role, State
from reviews.services import share
from tests.factories.actionplans import ProgressNoteFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.chronologies_marking import EntryThemeFactory, ThemeFactory
from tests.factories.chronologies_mismatches import JudgementFactory, mismatch
from tests.factories.reviews_proceedings import ProceedingFactory, hold
from tests.factories.reviews_querying import in_days
from tests.factories.reviews_submissions import OwnPointFactory
from tests.walls.addresses import address
from tests.walls.test_conflicts import again, in_conflict

pytestmark = pytest.mark.usefixtures("for_now")
NO_SUCH = 98765432
SECRET = "Heronsgate"
LEADERS = ("chair", "coordinator")
AGENCY = ("author_own", "officer_own", "lead_own", "author_other")


def page(name, world, *more):
    return reverse(name, args=[world.rows.one.reference, *more])


def words(response):
    return " ".join(response.content.decode().split())


def client_of(world, name):
    return world.placements[name].client


def give(world, *materials, part=None):
    """To the panel."""
    for material in materials:
        whose = part if material == Material.CHRONOLOGY else None
        share(
            world.rows.one,
            material=material,
            with_role=Role.PANEL_MEMBER,
            participation=whose,
            by=world.rows.chair,
        )


def submitted(part):
    Participation.objects.filter(pk=part.pk).update(
        submitted_at=timezone.now(), submitted_by=User.objects.first()
    )


def secret_of(each):
    """An agency's entry with a word that stands nowhere else."""
    Entry.objects.filter(pk=each.entry.pk).update(text=f"{SECRET} called", comment=SECRET)
    each.entry.refresh_from_db()
    return each.entry


def in_file(response):
    """All words of a workbook."""
    content = b"".join(response) if response.streaming else response.content
    with ZipFile(io.BytesIO(content)) as zipped:
        return " ".join(zipped.read(name).decode("utf-8", "replace") for name in zipped.namelist())


# --- A mismatch tells no word of what is not shared ----------------------------------------------

DATE_IN_WORDS = f"The day after MA 1 rang {SECRET}"


@pytest.fixture
def dated_in_words(world, for_now):
    """Whose date is a sentence: a chronology's cell may hold anything."""
    rows = world.rows
    return mismatch(
        rows.theirs.entry, missing=rows.ours.part, on=DATE_IN_WORDS, explanation=f"It says {SECRET}"
    )


@pytest.mark.parametrize("name", ["mismatch-list", "mismatch-detail", "mismatch-export"])
def test_a_date_that_is_a_sentence_is_told_to_nobody_who_may_not_read_the_entry(
    name, world, dated_in_words
):
    give(world, Material.MISMATCHES)
    more = [dated_in_words.pk] if name == "mismatch-detail" else []

    response = client_of(world, "panel").get(page(f"chronologies:{name}", world, *more))

    assert response.status_code == 200
    said = in_file(response) if name == "mismatch-export" else words(response)
    assert SECRET not in said


@pytest.mark.parametrize("name", ["mismatch-list", "mismatch-detail", "mismatch-export"])
def test_the_leaders_read_it(name, world, dated_in_words):
    more = [dated_in_words.pk] if name == "mismatch-detail" else []

    response = client_of(world, "chair").get(page(f"chronologies:{name}", world, *more))

    said = in_file(response) if name == "mismatch-export" else words(response)
    assert DATE_IN_WORDS in said


def test_no_query_is_drafted_with_the_words_of_another_agency_s_date(world, dated_in_words):
    ours = world.rows.ours.part
    where = page("chronologies:mismatch-query", world, dated_in_words.pk, ours.pk)

    response = client_of(world, "chair").get(where)

    assert SECRET not in response.context["form"].initial["text"]


def test_the_finder_s_old_words_are_not_told_to_whoever_is_in_conflict(world):
    """It rested on another agency's entry once: what was judged then quotes that."""
    rows = world.rows
    row = mismatch(rows.ours.entry, rows.third.entry)
    JudgementFactory(
        mismatch=row,
        explanation=f"Theirs Housing: “{SECRET}”",
        reason=SECRET,
        evidence="0" * 64,
        by=rows.coordinator,
    )
    in_conflict(world, "chair", rows.theirs.part)

    response = client_of(world, "chair").get(page("chronologies:mismatch-detail", world, row.pk))

    assert (response.status_code, SECRET in words(response)) == (200, False)
    assert SECRET in words(client_of(world, "coordinator").get(row.get_absolute_url()))


@pytest.mark.parametrize("material", [Material.ANALYSIS, Material.MISMATCHES])
def test_no_evidence_is_quoted_to_whom_only_the_analysis_is_shared(material, world):
    rows = world.rows
    give(world, Material.ANALYSIS, material)
    for each in (rows.ours, rows.theirs, rows.third):
        secret_of(each)
    mismatch(rows.ours.entry, rows.theirs.entry, explanation=f"“{SECRET}”")
    client, said = client_of(world, "panel"), []

    for name, more in (
        ("chronologies:mismatch-list", []),
        ("chronologies:mismatch-export", []),
        ("chronologies:mismatch-detail", [rows.mismatch_judged.pk]),
        ("chronologies:event-list", []),
        ("findings:finding-list", []),
        ("findings:finding-detail", [rows.finding.number]),
        ("findings:grid", []),
        ("findings:cell", [rows.terms.texts.get().term_id, rows.theirs.part.pk]),
        ("findings:lesson-list", []),
        ("findings:lesson-detail", [rows.lesson.number]),
        ("findings:count-list", []),
        ("findings:count-detail", [rows.count.pk]),
        ("desk:review-home", []),
    ):
        response = client.get(page(name, world, *more))
        if "mismatch" in name and material != Material.MISMATCHES:
            assert response.status_code in {403, 404}
            continue
        assert response.status_code == 200, name
        said.append(in_file(response) if name.endswith("export") else words(response))

    for hidden in (
        SECRET,
        "The end of it",
        "Was it so?",
        "It changes nothing",
        "One call",
        "Noted",
    ):
        assert not [one for one in said if hidden in one], hidden
    for name in ("combined", "timeline", "density", "around"):
        assert client.get(page(f"chronologies:{name}", world)).status_code == 403
    assert client.get(rows.ours.entry.get_absolute_url()).status_code == 404
    assert client.get(rows.event.get_absolute_url()).status_code == 404


# --- An event does not tell of an account that is not shared --------------------------------------


def panel_with_one_side(world):
    """Of the world's event the panel sees the account of one agency alone."""
    give(world, Material.ANALYSIS, Material.CHRONOLOGY, part=world.rows.ours.part)
    submitted(world.rows.ours.part)
    return "panel"


def chair_in_conflict(world):
    in_conflict(world, "chair", world.rows.theirs.part)
    return "chair"


ONE_SIDED = pytest.mark.parametrize("who", [panel_with_one_side, chair_in_conflict])


@ONE_SIDED
def test_nobody_learns_that_another_account_is_hidden_from_them(who, world):
    client, rows = client_of(world, who(world)), world.rows

    entry = client.get(rows.ours.entry.get_absolute_url())
    listed = client.get(page("chronologies:event-list", world))
    detail = client.get(rows.event.get_absolute_url())

    assert (entry.status_code, "One event" in words(entry)) == (200, False)
    assert "1 account" not in words(listed)
    assert detail.status_code == 404


@ONE_SIDED
@pytest.mark.parametrize("name", ["combined", "timeline", "density"])
def test_no_filter_finds_what_has_a_hidden_account(name, who, world):
    client, rows = client_of(world, who(world)), world.rows

    response = client.get(page(f"chronologies:{name}", world), {"mark": "event"})

    assert response.status_code == 200
    assert rows.ours.entry.get_absolute_url() not in words(response)
    if name != "combined":
        assert response.context["timeline"].inside + response.context["timeline"].undated == 0


def test_an_event_of_which_two_accounts_are_seen_is_shown_without_the_third(world):
    rows = world.rows
    events.put_together([rows.ours.entry, rows.third.entry], by=rows.chair, key=uuid.uuid4())
    in_conflict(world, "chair", rows.theirs.part)

    said = words(client_of(world, "chair").get(rows.event.get_absolute_url()))

    assert "2 accounts" in said
    assert "Theirs Housing" not in said
    assert "One call" not in said


# --- Files that were made before --------------------------------------------------------------------


@pytest.mark.parametrize("asked", [{"theme": "theme"}, {"mark": "none"}])
def test_a_timeline_chosen_by_marks_is_lost_with_the_analysis(asked, world):
    """Neither a mark nor an event stands in it, and which entries bear a theme is the analysis."""
    rows = world.rows
    part = rows.third.part
    give(world, Material.ANALYSIS, Material.CHRONOLOGY, part=part)
    submitted(part)
    entry = EntryFactory(review=rows.one, participation=part, created_by=rows.third.author)
    EntryThemeFactory(entry=entry, theme=rows.theme)
    user = again(world, "panel")
    asked = {key: rows.theme.pk if value == "theme" else value for key, value in asked.items()}
    made = printing.make(rows.one, user, chosen={key: str(value) for key, value in asked.items()})
    export = Export.objects.get(pk=rows.export.pk)
    export.by, export.places = user, made.places
    before = may_still_have(export, again(world, "panel"))

    Share.objects.filter(material=Material.ANALYSIS).update(
        withdrawn_at=timezone.now(), withdrawn_by=rows.chair
    )

    assert before
    assert not may_still_have(export, again(world, "panel"))


# --- A hold ------------------------------------------------------------------------------------------


@pytest.fixture
def held(world, for_now):
    hold(ProceedingFactory(review=world.rows.one), Stops.SHARING)


@pytest.mark.usefixtures("held")
def test_nothing_is_quoted_to_another_agency_while_a_hold_stops_sharing(world):
    rows = world.rows
    secret_of(rows.theirs)
    row = mismatch(rows.theirs.entry, missing=rows.ours.part)
    where = page("chronologies:mismatch-query", world, row.pk, rows.ours.part.pk)
    asked = {
        "text": "Was it received?",
        "quote": [rows.theirs.entry.pk],
        "key": str(uuid.uuid4()),
        "how": "preview",
    }
    client = client_of(world, "chair")
    preview = client.post(where, asked)
    sign = preview.context.get("previewed") or ""

    response = client.post(where, asked | {"how": "raise", "previewed": sign})

    assert response.status_code == 422
    assert not MismatchQuery.objects.filter(mismatch=row).exists()


@pytest.mark.usefixtures("held")
def test_an_agency_is_still_asked_about_itself_while_a_hold_stops_sharing(world):
    rows = world.rows
    row = mismatch(rows.theirs.entry, missing=rows.ours.part)

    asking.ask(row, rows.ours.part, text="Was it?", due=in_days(), by=rows.chair, key=uuid.uuid4())

    assert MismatchQuery.objects.filter(mismatch=row).exists()


@pytest.fixture
def quoting(world):
    """A query that quotes another agency, raised and not sent while nothing stopped sharing."""
    rows = world.rows
    row = mismatch(rows.theirs.entry, missing=rows.ours.part)
    said = {"text": f"It says: {SECRET}. Was it?", "by": rows.chair, "key": uuid.uuid4()}
    return asking.ask(row, rows.ours.part, quoted=1, **said)


def test_what_was_quoted_before_a_hold_is_not_sent_during_it(world, quoting):
    hold(ProceedingFactory(review=world.rows.one), Stops.SHARING)
    where = reverse("reviews:query-send", args=[world.rows.one.reference, quoting.pk])
    due = in_days()
    sent = {"due_day": due.day, "due_month": due.month, "due_year": due.year}

    response = client_of(world, "chair").post(where, sent | {"key": str(uuid.uuid4())})

    quoting.refresh_from_db()
    assert response.status_code == 422
    assert "quotes another agency" in words(response)
    assert not quoting.was_sent
    assert client_of(world, "author_own").get(quoting.get_absolute_url()).status_code == 404


def test_nor_by_whatever_else_sends_it(world, quoting):
    hold(ProceedingFactory(review=world.rows.one), Stops.SHARING)

    with pytest.raises(ValidationError, match="quotes another agency"):
        sending.send([quoting], due=in_days(), by=world.rows.chair, key=uuid.uuid4())


def test_without_a_hold_it_goes(world, quoting):
    sending.send([quoting], due=in_days(), by=world.rows.chair, key=uuid.uuid4())

    quoting.refresh_from_db()
    assert quoting.was_sent


def test_a_hold_puts_the_whole_analysis_out_of_the_panel_s_reach(world):
    rows = world.rows
    give(world, Material.ANALYSIS, Material.MISMATCHES, Material.CHRONOLOGY)
    names = (
        "chronologies:mismatch-list", "chronologies:mismatch-export", "chronologies:event-list",
        "chronologies:combined", "chronologies:timeline", "chronologies:density",
        "chronologies:around", "findings:finding-list", "findings:lesson-list",
        "findings:count-list", "findings:grid",
    )  # fmt: skip
    client = client_of(world, "panel")
    before = {client.get(page(name, world)).status_code for name in names}
    hold(ProceedingFactory(review=rows.one), Stops.SHARING)

    after = {client.get(page(name, world)).status_code for name in names}

    assert (before, after) == ({200}, {403})
    assert client.get(rows.mismatch.get_absolute_url()).status_code == 404


# --- A conflict of interest ------------------------------------------------------------------------

PAGES = (
    ("chronologies:combined", ()),
    ("chronologies:combined-undated", ()),
    ("chronologies:timeline", ()),
    ("chronologies:density", ()),
    ("chronologies:around", ()),
    ("chronologies:mismatch-list", ()),
    ("chronologies:event-list", ()),
    ("chronologies:suggestion-list", ()),
    ("chronologies:event-suggestions", ()),
    ("findings:finding-list", ()),
    ("findings:finding-create", ()),
    ("findings:lesson-list", ()),
    ("findings:lesson-create", ()),
    ("findings:lesson-own", ()),
    ("findings:count-list", ()),
    ("findings:grid", ()),
    ("desk:review-home", ()),
    ("desk:broken-links", ()),
    ("actionplans:plan", ()),
    ("actionplans:own-points", ()),
    ("actionplans:recommendation-create", ()),
    ("reviews:trail", ()),
)


def of_ours(rows):
    one, term = rows.ours, rows.terms.texts.get().term_id
    return (
        ("chronologies:entry-detail", (one.entry.pk,)),
        ("chronologies:mark-add", (one.entry.pk,)),
        ("chronologies:entry-tie", (one.entry.pk,)),
        ("chronologies:event-create", (one.entry.pk,)),
        ("chronologies:mismatch-detail", (rows.mismatch.pk,)),
        ("chronologies:mismatch-query", (rows.mismatch.pk, one.part.pk)),
        ("findings:finding-detail", (rows.finding.number,)),
        ("findings:evidence-add", (rows.finding.number,)),
        ("findings:evidence-add-passages", (rows.finding.number,)),
        ("findings:cite-entry", (one.entry.pk,)),
        ("findings:lesson-detail", (rows.lesson.number,)),
        ("findings:lesson-rest", (rows.lesson.number,)),
        ("findings:cell", (term, one.part.pk)),
        ("desk:thread", (one.recommendation.pk,)),
        ("actionplans:recommendation-detail", (one.recommendation.pk,)),
        ("actionplans:recommendation-rest", (one.recommendation.pk,)),
        ("actionplans:action-add", (one.recommendation.pk,)),
    )


@pytest.mark.parametrize("who", LEADERS)
def test_no_page_of_the_analysis_names_the_agency_in_conflict_or_its_words(who, world):
    rows = world.rows
    secret_of(rows.theirs)
    for kind, said in (
        ("contact", {"direction": "sent"}),
        ("disputed", {}),
        ("risk", {"tool": "X"}),
    ):
        marks.set_mark(
            rows.ours.entry, kind=kind, counterpart=rows.theirs.part, note=SECRET, **said,
            by=rows.coordinator, key=uuid.uuid4(),
        )  # fmt: skip
    mismatch(rows.ours.entry, missing=rows.theirs.part, explanation=SECRET)
    mismatch(rows.theirs.entry, rows.ours.entry, explanation=SECRET)
    comments.add_comment(
        rows.theirs.entry, text=SECRET, audience="panel", by=rows.coordinator, key=uuid.uuid4()
    )
    resting.add_action(
        rows.theirs.recommendation, text=SECRET, lead=rows.theirs.part, by=None, key=uuid.uuid4()
    )
    in_conflict(world, who, rows.theirs.part)
    client, wrong = client_of(world, who), []

    for name, more in (*PAGES, *of_ours(rows)):
        response = client.get(page(name, world, *more))
        assert response.status_code == 200, name
        said = words(response)
        wrong += [(name, word) for word in ("Theirs Housing", SECRET) if word in said]
    for where in (reverse("desk:home"), reverse("desk:board")):
        said = words(client.get(where))
        wrong += [(where, word) for word in ("Theirs Housing", SECRET) if word in said]
    export = in_file(client.get(page("chronologies:mismatch-export", world)))
    wrong += [("export", word) for word in ("Theirs Housing", SECRET) if word in export]

    assert wrong == []


@pytest.mark.parametrize("who", LEADERS)
def test_what_is_of_the_agency_in_conflict_is_as_if_it_were_not_there(who, world):
    rows, term = world.rows, world.rows.terms.texts.get().term_id
    theirs = rows.theirs
    in_conflict(world, who, theirs.part)
    client, part = client_of(world, who), theirs.part.pk
    entry, row = theirs.entry.pk, theirs.mismatch.pk
    places = [
        ("chronologies:entry-detail", entry), ("chronologies:mark-add", entry),
        ("chronologies:entry-tie", entry), ("chronologies:comment-add", entry),
        ("chronologies:event-create", entry), ("chronologies:mismatch-detail", row),
        ("chronologies:mismatch-judge", row), ("findings:cite-entry", entry),
        ("findings:cite-passage", theirs.submission.main.passages.get().pk),
        ("findings:finding-detail", theirs.finding.number),
        ("findings:finding-change", theirs.finding.number),
        ("findings:lesson-detail", theirs.lesson.number),
        ("findings:lesson-change", theirs.lesson.number),
        ("findings:count-detail", rows.count.pk),
        ("desk:thread", theirs.recommendation.pk),
        ("actionplans:recommendation-change", theirs.recommendation.pk),
        ("actionplans:action-add", theirs.recommendation.pk),
    ]  # fmt: skip
    wheres = [page(name, world, pk) for name, pk in places]
    wheres += [
        page("findings:cell", world, term, part),
        page("findings:cell-judge", world, term, part),
        page("chronologies:mismatch-query", world, rows.mismatch.pk, part),
        page("desk:told-apart", world, rows.ours.recommendation.pk, theirs.recommendation.pk),
    ]

    answers = {where: client.get(where).status_code for where in wheres}
    answers |= {f"POST {where}": client.post(where, {}).status_code for where in wheres}

    allowed = {where: code for where, code in answers.items() if code not in {404, 405}}
    assert allowed == {}
    for where in ("earlier-detail", "earlier-lines", "earlier-file", "earlier-save"):
        got = client.get(page(f"actionplans:{where}", world, rows.earlier.pk)).status_code
        assert got in {403, 404}
    assert client.get(page("actionplans:earlier-upload", world)).status_code == 403
    assert client.get(page("findings:count-create", world)).status_code == 403


@pytest.mark.parametrize(
    "asked", [{"place": "theirs"}, {"words": SECRET}, {"mark": "contact:sent"}]
)
@pytest.mark.parametrize("name", ["combined", "timeline", "density"])
def test_no_search_says_whether_a_word_stands_in_what_is_hidden(name, asked, world):
    rows = world.rows
    secret_of(rows.theirs)
    in_conflict(world, "chair", rows.theirs.part)
    client, where = client_of(world, "chair"), page(f"chronologies:{name}", world)
    asked = {
        key: str(rows.theirs.part.pk) if value == "theirs" else value
        for key, value in asked.items()
    }

    said = words(client.get(where, asked))

    assert rows.theirs.entry.get_absolute_url() not in said
    assert f"{SECRET} called" not in said


def test_what_an_agency_reported_while_it_led_is_not_told_to_whoever_is_in_conflict(world):
    """It leads the recommendation no more, so that this is shown again."""
    rows = world.rows
    one = rows.ours.recommendation
    change = {
        "text": f"Train all, with {SECRET}", "number": one.number, "reach": "multi",
        "scope": "Local", "by": rows.coordinator,
    }  # fmt: skip
    both = [rows.ours.part, rows.theirs.part]
    resting.change_recommendation(one, **change, leads=both, reason=SECRET, seen=1)
    ProgressNoteFactory(recommendation=one, participation=rows.theirs.part, note=f"{SECRET} did it")
    change["text"] = "Train all"
    resting.change_recommendation(one, **change, leads=[rows.ours.part], reason="Left", seen=2)
    in_conflict(world, "chair", rows.theirs.part)
    client = client_of(world, "chair")

    detail = client.get(one.get_absolute_url())
    thread = client.get(page("desk:thread", world, one.pk))
    plan = client.get(page("actionplans:plan-export", world, "xlsx"))

    assert {detail.status_code, thread.status_code, plan.status_code} == {200}
    for said in (words(detail), words(thread), in_file(plan)):
        assert SECRET not in said
        assert "Theirs Housing" not in said


@pytest.fixture
def retold(world):
    """A lesson and a recommendation of the panel, which name nobody and rest on a finding that is
    hidden from whoever is in conflict with `theirs`; and on another."""
    rows = world.rows
    secret_of(rows.theirs)
    lesson = lessons.make_lesson(
        rows.one, text=f"{SECRET} was not asked", by=rows.chair, key=uuid.uuid4(),
        findings=[rows.finding_of_team, rows.theirs.finding],
    )  # fmt: skip
    one = resting.make_recommendation(
        rows.one, text=f"Ask {SECRET}", number="R 77", scope="Local", reach="multi",
        leads=[rows.ours.part], lessons=[lesson], by=rows.chair, key=uuid.uuid4(),
    )  # fmt: skip
    resting.put_into_plan(rows.one, [one], by=rows.chair)
    return lesson, one


@pytest.mark.parametrize("who", [*LEADERS, "panel"])
def test_what_rests_on_a_hidden_finding_is_hidden_too(who, world, retold):
    lesson, one = retold
    give(world, Material.ANALYSIS, Material.ACTION_PLAN)
    before = client_of(world, who).get(lesson.get_absolute_url())
    in_conflict(world, who, world.rows.theirs.part)
    client = client_of(world, who)

    assert before.status_code == 200
    for where in (
        lesson.get_absolute_url(),
        one.get_absolute_url(),
        page("desk:thread", world, one.pk),
    ):
        assert client.get(where).status_code == 404, where
    for name in (
        "findings:lesson-list",
        "actionplans:plan",
        "desk:broken-links",
        "findings:finding-list",
    ):
        assert SECRET not in words(client.get(page(name, world))), name
    assert SECRET not in in_file(client.get(page("actionplans:plan-export", world, "xlsx")))


@pytest.mark.parametrize("who", LEADERS)
def test_it_stays_hidden_when_it_rests_on_that_no_longer(who, world, retold):
    lesson, one = retold
    (tie,) = lesson.finding_links.filter(finding=world.rows.theirs.finding)
    lessons.rest_no_longer(tie, by=world.rows.chair)
    resting.rest_no_longer(one.lesson_links.get(), by=world.rows.chair)
    in_conflict(world, who, world.rows.theirs.part)
    user = again(world, who)

    assert lesson not in Lesson.objects.visible_to(user)
    assert one not in Recommendation.objects.visible_to(user)
    assert not PlanRow.objects.visible_to(user).filter(recommendation=one).exists()
    assert not RecommendationLesson.objects.visible_to(user).filter(lesson=lesson).exists()


def test_what_an_agency_has_to_do_it_still_reads(world, retold):
    """Its words were given to it; whoever is in conflict reads nothing of what they rest on."""
    lesson, one = retold
    in_conflict(world, "lead_own", world.rows.theirs.part)
    user = again(world, "lead_own")

    assert one in Recommendation.objects.visible_to(user)
    assert lesson not in Lesson.objects.visible_to(user)


@pytest.mark.parametrize("who", LEADERS)
def test_a_finding_stays_hidden_when_the_agency_s_evidence_is_taken_away(who, world):
    rows, finding = world.rows, world.rows.theirs.finding
    for each in finding.evidence.live():
        evidence.take_away(each, by=rows.chair)
    in_conflict(world, who, rows.theirs.part)

    assert finding not in Finding.objects.visible_to(again(world, who))
    assert client_of(world, who).get(finding.get_absolute_url()).status_code == 404


def test_an_ended_theme_that_stands_on_hidden_entries_alone_is_not_offered(world):
    rows = world.rows
    theme = ThemeFactory(partnership=rows.one.partnership, name=SECRET, ended_at=timezone.now())
    EntryThemeFactory(entry=rows.theirs.entry, theme=theme)
    in_conflict(world, "chair", rows.theirs.part)

    said = words(client_of(world, "chair").get(page("chronologies:combined", world)))

    assert SECRET not in said


# --- Rows of another review, or of whom one may not see, sent in a form -----------------------------

FOREIGN = pytest.mark.parametrize("whose", ["foreign", "theirs"])


def whose_rows(world, whose):
    """Another review's; or, to a chair in conflict, the agency's."""
    if whose == "theirs":
        in_conflict(world, "chair", world.rows.theirs.part)
    return getattr(world.rows, whose)


def counted():
    kinds = (Evidence, LessonFinding, RecommendationLesson, Mark, EntryTheme, EntryTerm, EventGroup)
    kinds += (Finding, Lesson, Count, TermAnswer, Judgement, MismatchQuery, Query, Recommendation)
    return {kind.__name__: kind.objects.count() for kind in kinds}


def key():
    return {"key": str(uuid.uuid4())}


def attempts(rows, each):
    """(page, what it is about, what is sent) with a row that does not belong there."""
    entry, one = rows.ours.entry.pk, rows.ours.recommendation.pk
    words_of_one = {"text": "Train", "reach": "single"}
    return (
        ("findings:evidence-add", rows.finding.number, {"chosen": each.entry.pk}),
        (
            "findings:evidence-add-passages",
            rows.finding.number,
            {"chosen": each.submission.main.passages.get().pk},
        ),
        ("findings:lesson-rest", rows.lesson.number, {"findings": each.finding.pk}),
        ("findings:lesson-create", None, {"text": "Ask", "participation": each.part.pk}),
        ("findings:lesson-create", None, {"text": "Ask", "findings": each.finding.pk}),
        ("findings:lesson-own", None, {"chosen": each.lesson.own_point_id}),
        ("findings:cite-entry", entry, {"finding": each.finding.pk}),
        (
            "chronologies:mark-add",
            entry,
            {"kind": "contact", "direction": "sent", "counterpart": each.part.pk},
        ),
        ("chronologies:event-create", entry, {"entries": each.entry.pk}),
        ("actionplans:recommendation-create", None, words_of_one | {"leads": each.part.pk}),
        ("actionplans:action-add", one, {"text": "Train", "lead": each.part.pk}),
        ("actionplans:own-points", None, {"points": each.lesson.own_point_id}),
    )


@FOREIGN
def test_no_row_from_elsewhere_gets_in_by_its_number(whose, world):
    each, rows = whose_rows(world, whose), world.rows
    client, before, answers = client_of(world, "chair"), counted(), {}

    for name, about, sent in attempts(rows, each):
        more = [] if about is None else [about]
        answers[name, str(sent)] = client.post(page(name, world, *more), sent | key()).status_code

    assert {one: code for one, code in answers.items() if code != 422} == {}
    assert counted() == before


@FOREIGN
def test_two_entries_are_not_put_together_by_number(whose, world):
    each, rows = whose_rows(world, whose), world.rows
    sent = {"first": rows.third.entry.pk, "second": each.entry.pk}
    before = counted()

    for name in ("event-accept", "event-decline"):
        where = page(f"chronologies:{name}", world)
        assert client_of(world, "chair").post(where, sent | key()).status_code == 404

    assert counted() == before


def test_terms_and_themes_of_elsewhere_are_not_tied(world):
    rows = world.rows
    foreign = Theme.objects.create(name="Theirs", partnership=rows.two.partnership)
    term = rows.foreign.finding.term_id
    where = page("chronologies:entry-tie", world, rows.ours.entry.pk)
    before = counted()

    for sent in ({"themes_0": foreign.pk}, {"terms": term}):
        assert client_of(world, "chair").post(where, sent).status_code == 422
    sent = {"term": term, "kind": "missed", "text": "Nobody asked"} | key()
    made = client_of(world, "chair").post(page("findings:finding-create", world), sent)

    assert made.status_code == 422
    assert counted() == before


@pytest.mark.parametrize("name", ["mismatch-detail", "mismatch-judge", "mismatch-query"])
def test_a_mismatch_of_another_review_is_not_there(name, world):
    rows = world.rows
    more = [rows.ours.part.pk] if name == "mismatch-query" else []
    where = page(f"chronologies:{name}", world, rows.foreign.mismatch.pk, *more)
    client = client_of(world, "chair")

    assert client.get(where).status_code == 404
    assert client.post(where, {"verdict": "accepted", "reason": "So"} | key()).status_code == 404


def test_nobody_is_asked_about_a_mismatch_that_is_not_theirs(world):
    rows = world.rows
    for part in (rows.theirs.part, rows.foreign.part):
        where = page("chronologies:mismatch-query", world, rows.mismatch.pk, part.pk)
        assert client_of(world, "chair").get(where).status_code == 404
        sent = {"text": "Was it?", "how": "raise"} | key()
        assert client_of(world, "chair").post(where, sent).status_code == 404


def test_only_entries_of_the_mismatch_can_be_quoted(world):
    rows = world.rows
    row = mismatch(rows.third.entry, missing=rows.ours.part)
    where = page("chronologies:mismatch-query", world, row.pk, rows.ours.part.pk)
    client, before = client_of(world, "chair"), counted()

    for entry in (rows.theirs.entry, rows.foreign.entry, rows.ours.entry):
        sent = {"text": "Was it?", "quote": entry.pk, "how": "preview"} | key()
        assert client.post(where, sent).status_code == 422
    assert counted() == before


def test_nothing_is_quoted_unless_somebody_says_so(world):
    rows = world.rows
    secret_of(rows.third)
    row = mismatch(rows.third.entry, missing=rows.ours.part, explanation=SECRET)
    where = page("chronologies:mismatch-query", world, row.pk, rows.ours.part.pk)
    client = client_of(world, "chair")
    form = client.get(where).context["form"]
    sent = {"text": form.initial["text"], "due": "", "how": "preview"} | key()
    shown = client.post(where, sent)

    client.post(where, sent | {"how": "raise", "previewed": shown.context["previewed"]})

    query = MismatchQuery.objects.get(mismatch=row).query
    assert SECRET not in query.text
    assert "Third Trust" not in query.text


@pytest.mark.parametrize("who", ["author_own", "officer_own"])
def test_the_agency_s_query_page_says_nothing_of_the_mismatch_or_of_others(who, world):
    rows = world.rows
    secret_of(rows.theirs)
    row = mismatch(rows.ours.entry, rows.theirs.entry, explanation=f"“{SECRET}”")
    query = asking.ask(
        row, rows.ours.part, text="Was it so?", due=in_days(), by=rows.chair, key=uuid.uuid4()
    )

    response = client_of(world, who).get(query.get_absolute_url())

    said = words(response)
    assert (response.status_code, "Was it so?" in said) == (200, True)
    for hidden in (SECRET, "Theirs Housing", "ismatch", row.get_absolute_url()):
        assert hidden not in said, hidden


# --- Agencies, and those who may only read -----------------------------------------------------------

KINDS = (
    ("chronologies:mismatch-detail", lambda rows: rows.mismatch.pk),
    ("chronologies:mismatch-judge", lambda rows: rows.mismatch.pk),
    ("chronologies:event-detail", lambda rows: rows.event.pk),
    ("findings:finding-detail", lambda rows: rows.finding.number),
    ("findings:finding-change", lambda rows: rows.finding.number),
    ("findings:lesson-detail", lambda rows: rows.lesson.number),
    ("findings:count-detail", lambda rows: rows.count.pk),
    ("actionplans:earlier-detail", lambda rows: rows.earlier.pk),
    ("actionplans:earlier-file", lambda rows: rows.earlier.pk),
    ("desk:thread", lambda rows: rows.theirs.recommendation.pk),
)


@pytest.mark.parametrize("who", [*AGENCY, "panel", "board_reader"])
def test_no_status_tells_what_is_there(who, world):
    client, rows = client_of(world, who), world.rows

    for name, number in KINDS:
        if (who, name) == ("author_other", "desk:thread"):
            continue  # they lead it
        for method in ("get", "post"):
            there, nowhere = (
                getattr(client, method)(page(name, world, pk)).status_code
                for pk in (number(rows), NO_SUCH)
            )
            assert there == nowhere, (name, method)
            assert there in {403, 404, 405}


@pytest.mark.parametrize("who", AGENCY)
def test_no_agency_reads_what_is_said_beside_its_entries_but_what_is_for_it(who, world):
    rows = world.rows
    each = rows.theirs if who == "author_other" else rows.ours
    rest = events.put_together([each.entry, rows.third.entry], by=rows.chair, key=uuid.uuid4())
    client = client_of(world, who)

    response = client.get(each.entry.get_absolute_url())

    said = words(response)
    if who == "lead_own":
        assert response.status_code == 404
        return
    assert (response.status_code, "For agency" in said) == (200, True)
    hidden = ("For chair", "For panel", "Key event", "DASH", "Noted", "Third Trust", "One event")
    for one in (*hidden, "Findings that rest on it", rest.get_absolute_url()):
        assert one not in said, one


CHANGES = (
    "chronologies:mark-add", "chronologies:mark-remove", "chronologies:entry-tie",
    "chronologies:comment-add", "chronologies:comment-remove", "chronologies:suggestion-take",
    "chronologies:suggestion-decline", "chronologies:event-create", "chronologies:event-accept",
    "chronologies:event-decline", "chronologies:event-dissolve", "chronologies:account-remove",
    "chronologies:mismatch-look", "chronologies:mismatch-judge", "chronologies:mismatch-query",
    "findings:finding-create", "findings:finding-change", "findings:finding-remove",
    "findings:evidence-add", "findings:evidence-remove", "findings:evidence-note",
    "findings:cite-entry", "findings:cell-judge", "findings:cell-tie", "findings:count-create",
    "findings:count-remove", "findings:lesson-create", "findings:lesson-change",
    "findings:lesson-remove", "findings:lesson-rest", "findings:lesson-unrest",
    "findings:lesson-own", "findings:lesson-why", "desk:told-apart",
    "desk:called-one", "actionplans:earlier-undo",
    "actionplans:recommendation-create", "actionplans:recommendation-change",
    "actionplans:recommendation-rest", "actionplans:action-add", "actionplans:own-points",
    "actionplans:earlier-upload", "actionplans:earlier-save", "actionplans:earlier-discard",
)  # fmt: skip


def test_the_panel_changes_nothing_of_what_is_shared_with_it(world):
    rows = world.rows
    give(world, Material.ANALYSIS, Material.MISMATCHES, Material.CHRONOLOGY, Material.ACTION_PLAN)
    for each in (rows.ours, rows.theirs, rows.third):
        submitted(each.part)
    client, before = client_of(world, "panel"), counted()
    marked = Mark.objects.filter(removed_at=None).count()

    answers = {name: client.post(address(name, rows), key()).status_code for name in CHANGES}

    assert {name: code for name, code in answers.items() if code not in {403, 404}} == {}
    assert counted() == before
    assert Mark.objects.filter(removed_at=None).count() == marked
    assert EventGroup.objects.filter(pk=rows.event.pk, dissolved_at=None).exists()


def test_the_state_of_a_query_is_not_the_panel_s(world):
    """Neither by its tag nor by the filter."""
    rows = world.rows
    give(world, Material.MISMATCHES)
    row = mismatch(rows.ours.entry, kind="differing-date")
    asking.ask(row, rows.ours.part, text="So?", due=in_days(), by=rows.chair, key=uuid.uuid4())
    client = client_of(world, "panel")

    whole = client.get(page("chronologies:mismatch-list", world))
    asked = client.get(page("chronologies:mismatch-list", world), {"state": "sent"})

    assert "Query sent" not in words(whole)
    assert [one.mismatch.pk for one in asked.context["lines"]] == [
        one.mismatch.pk for one in whole.context["lines"]
    ]


# --- When a review has ended, and what else is written down ----------------------------------------------


def test_no_service_changes_what_a_review_concluded_once_it_has_ended(world):
    rows = world.rows
    Review.objects.filter(pk=rows.one.pk).update(state=State.CLOSED)
    by, new = rows.chair, uuid.uuid4()
    entry = Entry.objects.get(pk=rows.ours.entry.pk)
    other = Entry.objects.get(pk=rows.third.entry.pk)
    tries = (
        lambda: marks.set_mark(entry, kind="good", by=by, key=new),
        lambda: comments.add_comment(entry, text="So", audience="chair", by=by, key=new),
        lambda: events.put_together([entry, other], by=by, key=new),
        lambda: events.dissolve(rows.event, by=by),
        lambda: asking.ask(rows.mismatch, rows.ours.part, text="So?", by=by, key=new),
        lambda: resting.tell_apart(
            rows.ours.recommendation, rows.theirs.recommendation, by=by
        ),
        lambda: resting.add_action(rows.ours.recommendation, text="So", by=by, key=new),
    )  # fmt: skip

    for attempt in tries:
        with pytest.raises(ReviewEnded):
            attempt()


def test_a_job_of_the_finder_says_nothing_but_numbers(world):
    job = look_again(world.rows.one, entries=[world.rows.ours.entry.pk])

    assert set(job.payload) == {"review_id", "entries"}
    assert "Police" not in str(job.payload) + job.key


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.docm", b"PK\x03\x04"),
        ("report.docx", b"PK\x03\x04 broken"),
        ("report.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("report.txt", b""),
        ("report.txt", b"\x00\x01\x02" * 50),
        ("report.exe", b"MZ" * 50),
    ],
)
def test_an_earlier_report_that_is_none_is_refused_beside_its_box(name, content, world):
    sent = {"file": SimpleUploadedFile(name, content)} | key()

    response = client_of(world, "chair").post(page("actionplans:earlier-upload", world), sent)

    assert response.status_code == 422
    assert "file" in response.context["form"].errors


def test_a_bomb_is_no_report(world):
    packed = io.BytesIO()
    with ZipFile(packed, "w", compression=8) as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        zipped.writestr("word/document.xml", b" " * 300_000_000)
    sent = {"file": SimpleUploadedFile("report.docx", packed.getvalue())} | key()

    response = client_of(world, "chair").post(page("actionplans:earlier-upload", world), sent)

    assert response.status_code == 422


def test_what_came_from_an_agencys_own_report_is_hidden_by_a_conflict_whoever_leads_it_now(world):
    rows = world.rows
    point = OwnPointFactory(file=rows.theirs.submission.main, position=905, text="Audit our files")
    (one,) = resting.take_over(rows.one, [point], by=rows.coordinator)
    RecommendationLead.objects.filter(recommendation=one).update(participation=rows.third.part)
    seen = Recommendation.objects.visible_to(again(world, "chair")).filter(pk=one.pk)
    assert seen.exists()

    in_conflict(world, "chair", rows.theirs.part)

    assert not Recommendation.objects.visible_to(again(world, "chair")).filter(pk=one.pk).exists()
