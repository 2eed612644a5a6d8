"""The pages of marks, comments and events, and what stands beside entries elsewhere."""

import uuid

import pytest
from django.urls import reverse

from chronologies.marking.models import EntryComment, EventGroup, Mark, Theme
from chronologies.marking.services import events
from reviews.people.services import set_identity
from reviews.rules import Material, Role
from reviews.services import share
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.chronologies_marking import (
    EntryCommentFactory,
    EntryThemeFactory,
    EventAccountFactory,
    MarkFactory,
    ThemeFactory,
)
from tests.factories.reviews import ParticipationFactory, PersonFactory

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def part():
    return ParticipationFactory(agency__name="Northfield Police")


@pytest.fixture
def other(part):
    return ParticipationFactory(review=part.review, agency__name="Elm Surgery")


@pytest.fixture
def entry(part):
    return EntryFactory(participation=part, text="He was arrested. DASH: high risk.")


@pytest.fixture
def chair(part, client):
    user = with_role(Role.CHAIR, part.review)
    client.force_login(user)
    return user


def url(name, entry, *more):
    return reverse(f"chronologies:{name}", args=[entry.review.reference, entry.pk, *more])


def of_review(name, review):
    return reverse(f"chronologies:{name}", args=[review.reference])


def words(response):
    return " ".join(response.content.decode().split())


def key():
    return str(uuid.uuid4())


def let_panel_read(review, *materials):
    for material in materials:
        share(review, material=material, with_role=Role.PANEL_MEMBER, by=UserFactory())


# --- Marks --------------------------------------------------------------------------------------


def test_the_chair_marks_an_entry_on_a_page_of_its_own(client, chair, entry):
    shown = words(client.get(url("mark-add", entry) + "?kind=risk"))
    assert "Tool" in shown
    assert "Was the person seen" not in shown

    form = {"kind": "risk", "tool": "DASH", "grade": "high", "key": key()}
    for _ in range(2):
        assert client.post(url("mark-add", entry), form).status_code == 302

    assert Mark.objects.get().words == "Risk assessment: DASH, high"
    page = words(client.get(entry.get_absolute_url()))
    assert "Risk assessment: DASH, high" in page
    assert str(chair) in page


def test_in_place_the_row_comes_back_with_its_mark(client, chair, entry):
    opened = client.get(url("mark-add", entry), headers=HX)
    assert 'id="entry-' in words(opened)
    assert "<html" not in words(opened)

    saved = client.post(url("mark-add", entry), {"kind": "key", "key": key()}, headers=HX)

    assert "Key event" in words(saved)
    assert 'data-announce="Marked: key event."' in words(saved)
    cancelled = client.get(url("mark-add", entry) + "?row=1", headers=HX)
    assert "Key event" in words(cancelled)
    assert "<form" not in words(cancelled)


def test_what_is_missing_is_said_beside_the_box(client, chair, entry, other):
    form = {"kind": "contact", "direction": "sent", "note": "By post", "key": key()}

    for headers in ({}, HX):
        response = client.post(url("mark-add", entry), form, headers=headers)
        assert response.status_code == 422
        assert "Choose the agency, or enter the other body" in words(response)
        assert "By post" in words(response)

    done = client.post(url("mark-add", entry), form | {"counterpart": other.pk})
    assert done.status_code == 302
    assert Mark.objects.get().words == "Sent to Elm Surgery"


def test_a_real_name_in_a_note_is_pointed_out(client, chair, entry):
    person = PersonFactory(review=entry.review, pseudonym="FA 1")
    set_identity(person, by=None, born=None, died=None, names=["Zara Quillfeather"])

    form = {"kind": "key", "note": "Zara Quillfeather left", "key": key()}
    response = client.post(url("mark-add", entry), form)

    assert response.status_code == 422
    assert "Write “FA 1” instead" in words(response)


def test_a_mark_is_taken_away_and_told_of_to_those_who_lead(client, chair, entry):
    mark = MarkFactory(entry=entry, note="Turning point")
    other = MarkFactory()

    assert client.post(url("mark-remove", entry, other.pk)).status_code == 404
    assert client.post(url("mark-remove", entry, mark.pk)).status_code == 302

    shown = words(client.get(entry.get_absolute_url()))
    assert "Taken away again" in shown
    assert "Nothing is marked" in shown


# --- Suggestions --------------------------------------------------------------------------------


def test_a_suggestion_is_taken_at_one_click_or_declined_for_good(client, chair, entry):
    shown = client.get(entry.get_absolute_url())
    suggestions = [one for one, _ in shown.context["on_entry"].suggestions]
    assert [one.reads for one in suggestions] == [
        "Key event: Arrest",
        "Risk assessment: DASH, high",
    ]
    assert "“arrested”" in words(shown)
    first, second = ({"suggestion": one.digest, "key": key()} for one in suggestions)

    for _ in range(2):
        assert client.post(url("suggestion-take", entry), first).status_code == 302
        assert client.post(url("suggestion-decline", entry), second).status_code == 302

    mark = Mark.objects.get()
    assert (mark.words, mark.note, mark.is_suggested) == ("Key event", "Arrest", True)
    assert client.get(entry.get_absolute_url()).context["on_entry"].suggestions == ()
    type(entry).objects.filter(pk=entry.pk).update(text="DASH: medium risk.")
    again = client.get(entry.get_absolute_url()).context["on_entry"].suggestions
    assert [one.reads for one, _ in again] == ["Risk assessment: DASH, medium"]


def test_a_suggestion_of_words_that_changed_is_not_taken(client, chair, entry):
    shown = client.get(entry.get_absolute_url())
    (one, _), *_ = shown.context["on_entry"].suggestions
    type(entry).objects.filter(pk=entry.pk).update(text="Nothing happened")

    form = {"suggestion": one.digest, "key": key()}
    response = client.post(url("suggestion-take", entry), form, follow=True)

    assert "has changed since" in words(response)
    assert not Mark.objects.exists()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_of_suggestions_asks_as_often_whatever_its_length(
    count, client, chair, part, other, django_assert_num_queries
):
    for number in range(count):
        EntryFactory(participation=(part, other)[number % 2], text="He was arrested")
    EntryFactory(participation=part, text="Nothing")
    address = of_review("suggestion-list", part.review)
    client.get(address)

    with django_assert_num_queries(15):
        response = client.get(address)

    assert response.context["page_obj"].paginator.count == count


def test_the_list_of_suggestions_is_filtered_by_kind(client, chair, part, entry):
    EntryFactory(participation=part, text="She was seen alone")

    shown = client.get(of_review("suggestion-list", part.review), {"kind": "seen"})

    assert [found.text for found, _ in shown.context["rows"]] == ["She was seen alone"]
    form = {"suggestion": shown.context["rows"][0][1][0][0].digest, "key": key(), "list": "1"}
    found = shown.context["rows"][0][0]
    response = client.post(url("suggestion-take", found), form)
    assert response["Location"] == of_review("suggestion-list", part.review)


# --- Themes and terms ---------------------------------------------------------------------------


def test_an_entry_is_tied_to_themes(client, chair, entry):
    page = client.get(url("entry-tie", entry))
    form = page.context["form"]
    theme = Theme.objects.get(name="Strangulation")
    name = next(n for n in form.groups if theme.pk in dict(form.fields[n].choices))

    assert client.post(url("entry-tie", entry), {name: [theme.pk]}).status_code == 302

    shown = words(client.get(entry.get_absolute_url()))
    assert "Theme: Strangulation" in shown
    client.post(url("entry-tie", entry), {"seen_themes": str(theme.pk)})
    assert "Theme: Strangulation" not in words(client.get(entry.get_absolute_url()))


def test_a_coordinator_adds_and_ends_a_theme_of_their_partnership(client, part):
    partnership = part.review.partnership
    client.force_login(with_role(Role.COORDINATOR, part.review))
    address = reverse("chronologies:theme-list")
    form = {"partnership": partnership.pk, "name": "Dowry", "group": "The victim"}

    assert client.post(address, form).status_code == 302
    refused = client.post(address, form | {"name": "use of marac"})
    assert refused.status_code == 422
    assert "in the list of every partnership already" in words(refused)

    theme = Theme.objects.get(partnership=partnership)
    assert "Dowry" in words(client.get(address))
    assert client.post(reverse("chronologies:theme-end", args=[theme.pk])).status_code == 302
    assert "Dowry" not in words(client.get(address, follow=True)).split("Your own")[1][:200]
    house = Theme.objects.filter(partnership=None).first()
    assert client.post(reverse("chronologies:theme-end", args=[house.pk])).status_code == 404


def test_no_theme_is_added_for_another_partnership(client, part):
    client.force_login(with_role(Role.COORDINATOR, part.review))
    elsewhere = ThemeFactory(partnership=ParticipationFactory().review.partnership)

    form = {"partnership": elsewhere.partnership_id, "name": "Dowry"}
    response = client.post(reverse("chronologies:theme-list"), form)

    assert response.status_code == 422
    assert elsewhere.name not in words(response)


# --- Comments -----------------------------------------------------------------------------------


@pytest.fixture
def commented(entry):
    for audience in EntryComment.Audience.values:
        EntryCommentFactory(entry=entry, audience=audience, text=f"For {audience} eyes")
    return entry


def seen_by(client, user, entry):
    client.force_login(user)
    response = client.get(entry.get_absolute_url())
    if response.status_code == 404:
        return None
    text = words(response)
    return {one for one in EntryComment.Audience.values if f"For {one} eyes" in text}


def test_each_sees_the_comments_that_are_for_them(client, part, other, commented):
    review = part.review
    assert seen_by(client, with_role(Role.CHAIR, review), commented) == {"chair", "panel", "agency"}
    assert seen_by(client, with_role(Role.IMR_AUTHOR, review, part), commented) == {"agency"}
    assert seen_by(client, with_role(Role.IMR_AUTHOR, review, other), commented) is None
    panel = with_role(Role.PANEL_MEMBER, review)
    assert seen_by(client, panel, commented) is None
    let_panel_read(review, Material.CHRONOLOGY)
    assert seen_by(client, type(panel).objects.get(pk=panel.pk), commented) == {"panel"}


def test_the_agency_finds_the_comment_on_its_own_list(client, part, commented):
    client.force_login(with_role(Role.IMR_AUTHOR, part.review, part))

    shown = words(
        client.get(reverse("chronologies:chronology", args=[part.review.reference, part.pk]))
    )

    assert "1 comment of the review" in shown
    assert "For chair" not in shown


def test_the_chair_comments_and_takes_it_away(client, chair, entry):
    form = {"text": "Ask the surgery", "audience": "agency", "key": key()}
    for _ in range(2):
        assert client.post(url("comment-add", entry), form).status_code == 302
    comment = EntryComment.objects.get()
    assert "Ask the surgery" in words(client.get(entry.get_absolute_url()))

    assert client.post(url("comment-remove", entry, comment.pk)).status_code == 302

    assert not EntryComment.objects.live().exists()
    assert client.post(url("comment-add", entry), {"audience": "x"}).status_code == 422


def test_the_review_teams_entry_has_no_agency_to_comment_to(client, chair, part):
    context = EntryFactory(participation=None, review=part.review)

    form = client.get(url("comment-add", context)).context["form"]

    assert [value for value, _ in form.fields["audience"].choices] == ["chair", "panel"]


# --- Events -------------------------------------------------------------------------------------


@pytest.fixture
def event(entry, other):
    second = EntryFactory(participation=other, text="Told of the arrest", on="March 2011")
    by = UserFactory()
    return events.put_together([entry, second], by=by, key=uuid.uuid4(), note="The arrest")


def test_the_chair_puts_entries_together_from_one_of_them(client, chair, entry, other):
    second = EntryFactory(participation=other, text="Told of the arrest", on="March 2011")
    later = EntryFactory(participation=other, text="Another year", on="2015")

    page = client.get(url("event-create", entry))
    assert "Told of the arrest" in words(page)
    assert "Another year" not in words(page)
    found = client.get(url("event-create", entry), {"words": "another"})
    assert "Another year" in words(found)

    assert client.post(url("event-create", entry), {"key": key()}).status_code == 422
    form = {"entries": [second.pk, later.pk], "note": "The arrest", "key": key()}
    response = client.post(url("event-create", entry), form, follow=True)

    shown = words(response)
    assert "The arrest" in shown
    assert "one event, 3 accounts" in shown
    assert "Elm Surgery" in shown


def test_an_event_is_taken_apart(client, chair, event):
    account = event.accounts.first()

    client.post(url("account-remove", event, account.pk))

    assert EventGroup.objects.live().count() == 0
    assert client.get(event.get_absolute_url()).status_code == 404


def test_an_event_is_dissolved(client, chair, event):
    assert client.post(url("event-dissolve", event)).status_code == 302
    assert "No events so far" in words(client.get(of_review("event-list", event.review)))


def test_the_panel_reads_events_only_while_the_analysis_is_shared(client, event, entry):
    panel = with_role(Role.PANEL_MEMBER, event.review)
    client.force_login(panel)
    address = of_review("event-list", event.review)
    let_panel_read(event.review, Material.CHRONOLOGY)
    assert client.get(address).status_code == 403
    assert "One event" not in words(client.get(of_review("combined", event.review)))
    assert client.get(event.get_absolute_url()).status_code == 404

    let_panel_read(event.review, Material.ANALYSIS)

    assert "Told of the arrest" in words(client.get(address))
    shown = words(client.get(event.get_absolute_url()))
    assert "The arrest" in shown
    assert "Take out" not in shown
    assert "One event" in words(client.get(of_review("combined", event.review)))


def test_whoever_sees_one_account_of_an_event_is_not_told_that_there_are_others(
    client, event, part, entry
):
    panel = with_role(Role.PANEL_MEMBER, event.review)
    by = UserFactory()
    share(event.review, material="chronology", participation=part, with_role="panel_member", by=by)
    let_panel_read(event.review, Material.ANALYSIS)
    client.force_login(panel)

    assert client.get(event.get_absolute_url()).status_code == 404
    assert "No events so far" in words(client.get(of_review("event-list", event.review)))
    for address in (of_review("combined", event.review), entry.get_absolute_url()):
        shown = words(client.get(address))
        assert "He was arrested" in shown
        for hidden in ("Told of the arrest", "Elm Surgery", "The arrest", "One event, "):
            assert hidden not in shown


# --- Suggested events -----------------------------------------------------------------------------

CALL = "Neighbour telephoned about screaming from the flat and broken glass in the yard"


def test_entries_that_are_alike_are_suggested_and_decided_on(client, chair, part, other):
    third = ParticipationFactory(review=part.review)
    first = EntryFactory(participation=part, text=CALL)
    second = EntryFactory(participation=other, text=f"{CALL}. No action.", on="March 2011")
    apart = EntryFactory(participation=third, text=CALL, on="14.09.2015")
    address = of_review("event-suggestions", part.review)

    shown = client.get(address)
    ((pair, _),) = shown.context["pairs"]
    assert pair.entries == (first, second)
    assert pair.why.startswith(
        "One is dated 12 March 2011, the other March 2011, which can be the same day, and both"
    )
    assert apart not in pair.entries

    both = {"first": first.pk, "second": second.pk, "key": key()}
    client.post(of_review("event-decline", part.review), both)
    assert client.get(address).context["pairs"] == []
    for _ in range(2):
        client.post(of_review("event-accept", part.review), both)
    assert EventGroup.objects.get().accounts.count() == 2


def test_entries_of_one_agency_are_not_suggested(client, chair, part):
    for _ in range(2):
        EntryFactory(participation=part, text=CALL)

    assert client.get(of_review("event-suggestions", part.review)).context["pairs"] == []


def test_no_pair_is_made_of_what_one_does_not_see(client, chair, part, entry):
    hidden = EntryFactory()

    form = {"first": entry.pk, "second": hidden.pk, "key": key()}

    assert client.post(of_review("event-accept", part.review), form).status_code == 404


# --- The combined chronology ----------------------------------------------------------------------


def test_an_event_stands_once_with_each_account_under_it(client, chair, event, part, other):
    EntryFactory(participation=other, text="Later words", on="14.09.2015")

    response = client.get(of_review("combined", event.review))

    blocks = response.context["blocks"]
    assert [[row.entry.text for row in block.rows] for block in blocks] == [
        ["Told of the arrest", "He was arrested. DASH: high risk."],
        ["Later words"],
    ]
    assert response.context["page_obj"].paginator.count == 2
    assert "2 accounts of it" in words(response)
    assert (
        "2 entries and events: 3 entries in all, 2 of them accounts of one event that several "
        "agencies describe." in words(response)
    )


def test_it_can_be_seen_where_an_event_ends(client, chair, event, part, other):
    EntryFactory(participation=other, text="Later words", on="14.09.2015")

    text = client.get(of_review("combined", event.review)).content.decode()

    inside, _, after = text.split("app-table__event", 1)[1].partition("</tbody>")
    assert "Told of the arrest" in inside
    assert "DASH: high risk" in inside
    assert ("Later words" in inside, "Later words" in after) == (False, True)


def test_an_undated_account_of_an_event_does_not_stand_apart(client, chair, event, part, other):
    EntryFactory(participation=other, text="Once", on="Undated")
    account = EntryFactory(participation=other, text="Nobody said when", on="Undated")
    events.put_together(
        [account, *(a.entry for a in event.accounts.all())], by=chair, key=uuid.uuid4()
    )

    dated = client.get(of_review("combined", event.review))
    apart = client.get(of_review("combined-undated", event.review))

    assert "1 entry and event" not in words(dated)
    assert "1 event: 3 entries in all, 3 of them accounts of one event" in words(dated)
    assert "1 undated</a> stands apart." in words(dated)
    assert [row.entry.text for block in apart.context["blocks"] for row in block.rows] == ["Once"]
    assert apart.context["events"] == 0


def test_with_a_filter_an_event_says_how_many_accounts_it_leaves_out(
    client, chair, event, part, other
):
    third = EntryFactory(participation=part, text="Also of the police")
    events.put_together(
        [third, *(a.entry for a in event.accounts.all())], by=chair, key=uuid.uuid4()
    )

    response = client.get(of_review("combined", event.review), {"place": part.pk})

    (block,) = response.context["blocks"]
    assert (len(block.rows), block.elsewhere) == (2, 1)
    assert "1 more that this filter leaves out" in words(response)


def test_rows_have_their_marks_in_words(client, chair, entry):
    MarkFactory(entry=entry)
    EntryThemeFactory(entry=entry, theme__name="Stalking at work")
    EntryCommentFactory(entry=entry)

    shown = words(client.get(of_review("combined", entry.review)))

    assert "Key event</strong>" in shown
    assert "Stalking at work" in shown
    assert "1 comment" in shown


@pytest.mark.parametrize("count", [1, 3, 20])
def test_marks_and_events_cost_the_same_whatever_their_number(
    count, client, chair, part, other, django_assert_num_queries
):
    for _ in range(count):
        first, second = EntryFactory(participation=part), EntryFactory(participation=other)
        group = EventAccountFactory(entry=first).group
        EventAccountFactory(entry=second, group=group)
        MarkFactory(entry=first, kind="disputed", counterpart=other)
        EntryThemeFactory(entry=second)
        EntryCommentFactory(entry=first)
    address = of_review("combined", part.review)
    client.get(address)

    with django_assert_num_queries(22):
        response = client.get(address)

    assert len(response.context["blocks"]) == count
