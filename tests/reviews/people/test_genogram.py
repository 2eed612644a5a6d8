import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from reviews.models import Person
from reviews.people.genogram import genogram
from reviews.people.models import Relationship

Kind = Relationship.Kind


def people(*pseudonyms):
    return [Person(pk=n, pseudonym=name, role="other") for n, name in enumerate(pseudonyms, 1)]


def tie(person, kind, other):
    return Relationship(person=person, other=other, kind=kind)


def rows(picture):
    """Pseudonyms by row, from left to right."""
    found = {}
    for box in sorted(picture.boxes, key=lambda box: box.x):
        found.setdefault(box.y, []).append(box.person.pseudonym)
    return [found[y] for y in sorted(found)]


def test_generations_stand_in_rows():
    gran, mother, father, child = everybody = people("Gran", "Mother", "Father", "Child")

    picture = genogram(
        everybody,
        [
            tie(gran, Kind.PARENT, mother),
            tie(mother, Kind.PARTNER, father),
            tie(mother, Kind.PARENT, child),
            tie(father, Kind.PARENT, child),
        ],
    )

    assert rows(picture) == [["Gran"], ["Mother", "Father"], ["Child"]]
    assert len(picture.lines) == 4


def test_a_couple_stands_side_by_side():
    one, between, other = everybody = people("One", "Between", "Other")

    picture = genogram(
        everybody, [tie(one, Kind.FORMER_PARTNER, other), tie(one, Kind.SIBLING, between)]
    )

    assert rows(picture) == [["One", "Other", "Between"]]


def test_a_friend_stands_with_whom_they_know_and_a_stranger_somewhere():
    child, mother, friend, _stranger = everybody = people("Child", "Mother", "Friend", "Stranger")

    picture = genogram(
        everybody, [tie(mother, Kind.PARENT, child), tie(friend, Kind.FRIEND, mother)]
    )

    assert rows(picture) == [["Mother", "Friend"], ["Child", "Stranger"]]


def test_boxes_do_not_overlap_and_stay_inside():
    everybody = people(*(f"Somebody with a long pseudonym {n}"[:30] for n in range(12)))
    ties = [tie(everybody[0], Kind.PARENT, one) for one in everybody[1:]]

    picture = genogram(everybody, ties)

    places = sorted((box.y, box.x) for box in picture.boxes)
    width = picture.boxes[0].width
    assert all(b[1] - a[1] >= width for a, b in pairwise(places) if a[0] == b[0])
    assert all(box.x >= 0 and box.x + width <= picture.width for box in picture.boxes)
    assert all(box.bottom <= picture.height for box in picture.boxes)


def test_relationships_that_contradict_one_another_are_drawn_all_the_same():
    one, other = everybody = people("One", "Other")

    picture = genogram(everybody, [tie(one, Kind.PARENT, other), tie(other, Kind.PARENT, one)])

    assert len(picture.lines) == 2


def test_the_picture_is_sound_svg_with_words_for_who_cannot_see_it():
    one, other = everybody = people("A & <B>", "Other")
    picture = genogram(everybody, [tie(one, Kind.CARER, other)])

    drawn = ET.fromstring(  # noqa: S314  our own
        render_to_string("reviews/people/genogram.svg", {"picture": picture, "review": "DHR-1"})
    )

    space = "{http://www.w3.org/2000/svg}"
    assert drawn.find(f"{space}title").text == "Genogram of DHR-1"
    assert "A & <B> (other)" in drawn.find(f"{space}desc").text
    assert [text.text for text in drawn.iter(f"{space}text")] == [
        "A & <B>",
        "Other",
        "Other",
        "Other",
        "carer",
    ]


@pytest.mark.parametrize("nobody", [[], ()])
def test_nobody_makes_no_picture(nobody):
    assert genogram(nobody, []).boxes == []
