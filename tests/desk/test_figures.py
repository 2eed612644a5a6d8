import itertools
import random

import pytest
from django.urls import reverse

from desk.figures import FEWER, MORE, protected
from reviews.rules import Role
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews import ReviewFactory


def told_by(figures):
    """For each hidden small number, all that it can be for somebody who reads every table."""
    there = [table for table in figures.tables if table.is_shown]
    most = sum(max(table.counts.values()) + 5 for table in there) + 40

    def cells(table, without=None):
        shown = [said for _, said in table.cells if isinstance(said, int)]
        top = min(shown, default=most - 1)  # the smallest are the first to be hidden
        for name, said in table.cells:
            if name != without:
                span = range(5) if said == FEWER else range(5, top + 1) if said == MORE else (said,)
                yield span

    def sums(spans):
        found = {0}
        for span in spans:
            found = {one + more for one in found for more in span if one + more <= most}
        return found

    totals = set(range(most + 1))
    for table in there:
        totals &= sums(cells(table))
    return {
        (table.title, name): {
            n for n in range(5) if totals & {rest + n for rest in sums(cells(table, name))}
        }
        for table in there
        for name, said in table.cells
        if said == FEWER
    }


def divided(total, names, draw):
    counts = dict.fromkeys(names, 0)
    for _ in range(total):
        counts[draw.choice(names)] += 1
    return counts


@pytest.mark.parametrize("seed", range(60))
def test_no_small_number_can_be_worked_out(seed):
    draw = random.Random(seed)  # noqa: S311  the same tables each time
    total = draw.choice([0, 1, 4, 5, 7, 9, 12, 20, 33])
    counts = {
        title: divided(total, [f"{title}{n}" for n in range(draw.randint(1, 5))], draw)
        for title in "abc"
    }

    figures = protected(counts)

    assert all(seen == set(range(5)) for seen in told_by(figures).values())
    for table in figures.tables:
        for name, said in table.cells:
            n = counts[table.title][name]
            assert said == n >= 5 or (isinstance(said, str) and (said != FEWER or n < 5))


@pytest.mark.parametrize("counts", list(itertools.product([0, 1, 4, 5, 9], repeat=3)))
def test_every_small_table_of_its_own(counts):
    figures = protected({"a": dict(zip("xyz", counts, strict=True))})

    assert all(seen == set(range(5)) for seen in told_by(figures).values())


def test_without_small_numbers_everything_is_shown():
    figures = protected({"a": {"x": 5, "y": 7}, "b": {"z": 12}})

    assert figures.total == 12
    assert figures.tables[0].cells == [("x", 5), ("y", 7)]


def test_a_total_that_gives_a_small_number_away_is_not_shown():
    figures = protected({"a": {"x": 20, "y": 3}, "b": {"z": 23}})

    assert figures.total is None
    assert figures.tables[0].cells[1] == ("y", FEWER)
    assert figures.tables[1].cells == [("z", MORE)]


def test_that_the_smallest_number_was_hidden_tells_nothing():
    counts = {"a": {"x": 6, "y": 6, "z": 20}, "b": {"u": 32, "v": 0}}

    figures = protected(counts)

    assert all(seen == set(range(5)) for seen in told_by(figures).values())


@pytest.mark.django_db
def test_a_board_reader_sees_counts_and_no_reference(client, sign_in):
    place = PartnershipFactory()
    reviews = [ReviewFactory(partnership=place, stage="gathering") for _ in range(6)]
    ReviewFactory(partnership=place, stage="analysis")
    sign_in(Role.BOARD_READER, reviews[0])

    text = client.get(reverse("desk:figures")).content.decode()

    assert "fewer than 5" in text
    assert all(review.reference not in text for review in reviews)


@pytest.mark.django_db
def test_the_counts_are_of_ones_own_partnership(client, sign_in):
    mine, theirs = ReviewFactory(), ReviewFactory()
    sign_in(Role.BOARD_READER, mine)

    places = client.get(reverse("desk:figures")).context["places"]

    assert [place for place, _ in places] == [mine.partnership]
    assert theirs.partnership not in [place for place, _ in places]
