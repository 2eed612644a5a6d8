"""A mismatch quotes what agencies supplied: attacks on that, by those who may read only some of it."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from chronologies.mismatches.models import (
    Judgement,
    Mismatch,
    MismatchEntry,
    MismatchPart,
    MismatchPassage,
    MismatchQuery,
)
from chronologies.mismatches.queries import lines_of, sides_of
from reviews.panel.services import declaring
from reviews.rules import Material, Role
from reviews.services import merge_agencies, share, withdraw_share
from tests.factories.chronologies_mismatches import (
    MismatchEntryFactory,
    MismatchFactory,
    MismatchPartFactory,
    asked_about,
    judged,
    mismatch,
)
from tests.factories.reviews_panel import PanelMemberFactory
from tests.walls.test_canary import text_of

pytestmark = pytest.mark.usefixtures("for_now")
SECRET = "zqsecret"
OF_IT = (MismatchPart, MismatchEntry, MismatchPassage, MismatchQuery, Judgement)


@pytest.fixture
def between(world):
    """Of ours and theirs: it quotes both."""
    rows = world.rows
    type(rows.theirs.entry).objects.filter(pk=rows.theirs.entry.pk).update(text=f"{SECRET} said")
    rows.theirs.entry.refresh_from_db()
    return mismatch(
        rows.ours.entry,
        rows.theirs.entry,
        kind="differing-content",
        explanation=f"Ours Police: “{rows.ours.entry.text}” Theirs Housing: “{SECRET} said”",
    )


def again(world, name):
    """The same person in their next request."""
    return User.objects.get(pk=world.placements[name].user.pk)


def give(rows, material, part=None):
    return share(
        rows.one, material=material, participation=part, with_role=Role.PANEL_MEMBER, by=rows.chair
    )


def in_conflict(world, name, part):
    user = world.placements[name].user
    member = world.rows.one.panel.filter(user=user).first()
    return declaring.record_conflict(
        member or PanelMemberFactory(review=world.rows.one, user=user),
        key=uuid.uuid4(),
        nature="Worked there",
        declared_on=timezone.localdate(),
        participation=part,
        by=None,
    )


def everywhere(world, name, row):
    """All that somebody is shown of it, on its page, in the list and in the workbook."""
    client, at = world.placements[name].client, [world.rows.one.reference]
    pages = [client.get(row.get_absolute_url())]
    for state in ("", "all", "open", "in_hand"):
        pages.append(client.get(reverse("chronologies:mismatch-list", args=at), {"state": state}))
    file = client.get(reverse("chronologies:mismatch-export", args=at))
    return [page.status_code for page in pages], text_of(file.content) + " ".join(
        page.content.decode() for page in pages
    )


def test_with_one_of_two_entries_shared_no_word_of_the_other_is_told(world, between):
    rows = world.rows
    give(rows, Material.MISMATCHES)
    give(rows, Material.CHRONOLOGY, rows.ours.part)

    statuses, said = everywhere(world, "panel", between)

    assert set(statuses) == {200}
    assert SECRET not in said
    assert "<mark>" not in said
    assert rows.ours.entry.text in said


def test_with_both_shared_it_is_told_and_no_longer_once_a_share_ends(world, between):
    rows = world.rows
    give(rows, Material.MISMATCHES)
    given = [give(rows, Material.CHRONOLOGY, one.part) for one in (rows.ours, rows.theirs)]
    assert SECRET in everywhere(world, "panel", between)[1]

    withdraw_share(given[1], by=rows.chair)

    assert SECRET not in everywhere(world, "panel", between)[1]


def test_an_entry_that_was_withdrawn_is_no_longer_quoted_to_the_panel(world, between):
    rows = world.rows
    give(rows, Material.MISMATCHES)
    give(rows, Material.CHRONOLOGY)
    type(rows.theirs.entry).objects.filter(pk=rows.theirs.entry.pk).update(
        withdrawn_at=timezone.now()
    )

    assert SECRET not in everywhere(world, "panel", between)[1]


@pytest.mark.parametrize("name", ["chair", "coordinator", "panel"])
@pytest.mark.parametrize("how", ["part", "entry alone", "missing from alone"])
def test_a_conflict_with_one_of_its_agencies_hides_it_wholly(name, how, world, between):
    """Also where the rows that say whom it concerns were incomplete."""
    rows = world.rows
    row = between
    if how != "part":
        row = MismatchFactory(review=rows.one, explanation=SECRET)
        MismatchPartFactory(mismatch=row, participation=rows.ours.part)
        if how == "entry alone":
            MismatchEntryFactory(mismatch=row, entry=rows.theirs.entry)
        else:
            Mismatch.objects.filter(pk=row.pk).update(missing_from=rows.theirs.part)
    for material in (Material.MISMATCHES, Material.CHRONOLOGY):
        give(rows, material)
    in_conflict(world, name, rows.theirs.part)

    statuses, said = everywhere(world, name, row)

    assert (statuses[0], set(statuses[1:])) == (404, {200})
    assert SECRET not in said
    assert row.get_absolute_url() not in said
    for model in OF_IT:
        found = model.objects.visible_to(again(world, name)).filter(mismatch=row)
        assert not found.exists()


def test_a_conflict_hides_its_heading_of_a_report_too(world):
    rows = world.rows
    row = MismatchFactory(review=rows.one, explanation=SECRET)
    MismatchPassage.objects.create(
        mismatch=row, passage=rows.theirs.submission.main.passages.first(), position=0
    )
    in_conflict(world, "chair", rows.theirs.part)

    assert everywhere(world, "chair", row)[0][0] == 404
    assert everywhere(world, "coordinator", row)[0][0] == 200


def test_a_conflict_hides_it_from_the_counts_of_everywhere(world, between):
    client = world.placements["chair"].client
    home = reverse("desk:review-home", args=[world.rows.one.reference])

    def counted():
        sections = client.get(home).context["sections"]
        tasks = [task for section in sections for task in section.tasks]
        return next(task["hint"] for task in tasks if task["title"] == "Mismatches")

    before = counted()
    in_conflict(world, "chair", world.rows.theirs.part)

    assert int(before.split()[0]) - int(counted().split()[0]) == 2


def test_the_panel_reads_nothing_of_judgements_and_queries_by_any_door(world, between):
    rows = world.rows
    judged(between, "query", by=rows.chair)
    asked_about(between, rows.theirs.part, by=rows.chair)
    give(rows, Material.MISMATCHES)
    panel = again(world, "panel")

    assert between in Mismatch.objects.visible_to(panel)
    assert not Judgement.objects.visible_to(panel).exists()
    assert not MismatchQuery.objects.visible_to(panel).exists()


@pytest.mark.parametrize("name", ["author_own", "officer_own", "lead_own", "author_other"])
def test_no_agency_sees_a_mismatch_by_any_door(name, world, between):
    asked_about(between, world.rows.ours.part, by=world.rows.chair)
    user = again(world, name)

    for model in (Mismatch, *OF_IT):
        assert not model.objects.visible_to(user).exists()


def test_a_query_tells_its_agency_nothing_of_the_other_account(world, between):
    rows = world.rows
    query = asked_about(between, rows.ours.part, by=rows.chair)

    said = world.placements["author_own"].client.get(query.get_absolute_url()).content.decode()

    assert SECRET not in said
    assert "Theirs Housing" not in said
    assert "ismatch" not in said


def test_an_entry_of_another_mismatch_cannot_be_slipped_into_a_query(world, between):
    """Not of one that has nothing to do with it, nor of another review."""
    rows, client = world.rows, world.placements["chair"].client
    url = reverse(
        "chronologies:mismatch-query", args=[rows.one.reference, between.pk, rows.ours.part.pk]
    )
    for entry in (rows.third.entry, rows.foreign.entry):
        form = {"text": "x", "key": uuid.uuid4(), "how": "preview", "quote": [entry.pk]}
        response = client.post(url, form)
        assert response.status_code == 422
        assert entry.text not in response.content.decode()


def test_a_mismatch_of_another_review_is_not_reached_through_ones_own(world):
    rows, client = world.rows, world.placements["chair"].client

    for name in ("detail", "judge"):
        at = [rows.one.reference, rows.foreign.mismatch.pk]
        assert client.get(reverse(f"chronologies:mismatch-{name}", args=at)).status_code == 404


def test_agencies_that_became_one_keep_their_mismatches_once(world, between):
    rows = world.rows
    theirs, ours = rows.theirs.part, rows.ours.part
    missing = mismatch(rows.ours.entry, missing=theirs)

    merge_agencies(theirs.agency, into=ours.agency, by=rows.coordinator)

    missing.refresh_from_db()
    assert missing.missing_from == ours
    for row in (between, missing):
        assert [part.participation for part in row.parts.all()] == [ours]
        found = Mismatch.objects.visible_to(again(world, "chair")).with_state().for_display()
        (line,) = lines_of([found.get(pk=row.pk)], again(world, "chair"), leads=True)
        assert line.agencies == [ours.agency.name]
        assert len(sides_of(line.mismatch, again(world, "chair"))) == row.entry_links.count()
