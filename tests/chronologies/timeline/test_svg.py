"""The lines of the picture: what leads where, and that no word of an entry becomes markup."""

from datetime import date

from chronologies.marking.models import Mark
from chronologies.timeline.axis import Axis
from chronologies.timeline.layout import LEFT, RIGHT, Item, lay_out

AXIS = Axis(date(2010, 1, 1), date(2012, 12, 31), left=LEFT, right=RIGHT)
DAY = date(2011, 5, 4)
WORDS = "<b>4 May</b> & “so”"


def lane_of(*items, columns=None):
    (lane,) = lay_out([("1", "Police", "1 entry")], items, AXIS, columns=columns).lanes
    return lane


def item(*kinds, latest=DAY, **more):
    said = {"title": WORDS, "href": "/entries/7/?a=1&b=2"} | more
    return Item(7, "1", DAY, latest, frozenset(kinds), **said)


def test_words_and_addresses_are_escaped():
    said = lane_of(item()).linked_entries

    assert "<b>" not in said
    assert "&lt;b&gt;4 May&lt;/b&gt; &amp; “so”" in said
    assert 'href="/entries/7/?a=1&amp;b=2"' in said


def test_a_key_event_is_reached_by_keyboard_and_other_entries_are_not():
    key, plain = lane_of(item(Mark.Kind.KEY)), lane_of(item())

    assert "tabindex" not in key.linked_entries
    assert 'aria-label="&lt;b&gt;' in key.linked_entries
    assert 'tabindex="-1" aria-hidden="true"' in plain.linked_entries


def test_on_paper_nothing_leads_anywhere():
    lane = lane_of(item(Mark.Kind.KEY, label="<1>"), columns={"1": [(DAY, DAY, WORDS, 1, "/")]})

    assert "<a" not in lane.plain_entries + lane.plain_columns
    assert "&lt;1&gt;</text>" in lane.plain_entries
    assert "<rect" in lane.plain_columns


def test_a_column_leads_to_its_entries():
    said = lane_of(columns={"1": [(DAY, DAY, WORDS, 1, "/t/?a=1&b=2")]}).linked_columns

    assert '<a href="/t/?a=1&amp;b=2" tabindex="-1"><title>&lt;b&gt;' in said


def test_a_date_that_is_not_one_day_is_a_bar():
    said = lane_of(item(latest=None)).plain_entries

    assert said.startswith("<rect ")
    assert 'fill="none"' in said  # the arrow of its open end
