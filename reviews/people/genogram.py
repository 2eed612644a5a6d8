"""A family drawn from the register's relationships, in pseudonyms.

Generations are rows. What the picture says, a table beside it says in words.
"""

from dataclasses import dataclass, field

from reviews.models import Person
from reviews.people.models import Relationship

Kind = Relationship.Kind

BOX_HEIGHT, GAP_ACROSS, GAP_DOWN, MARGIN = 60, 44, 104, 20
_LETTER, _NARROWEST = 9, 130
_TURN, _DASHED_TURN, _PASSING_TURN = 40, 60, 22  # how far above the lower box a line turns

# How many rows `other` stands below `person`.
_GENERATIONS = {Kind.PARENT: 1, Kind.STEP_PARENT: 1, Kind.GRANDPARENT: 2}
_FAMILY = {*_GENERATIONS, Kind.PARTNER, Kind.FORMER_PARTNER, Kind.SIBLING}
_COUPLES = {Kind.PARTNER, Kind.FORMER_PARTNER}


@dataclass(frozen=True)
class Box:
    person: object
    x: int
    y: int
    width: int

    @property
    def height(self):
        return BOX_HEIGHT

    @property
    def middle(self):
        return self.x + self.width // 2

    @property
    def bottom(self):
        return self.y + BOX_HEIGHT

    @property
    def name_y(self):
        return self.y + 26

    @property
    def role_y(self):
        return self.y + 46


@dataclass(frozen=True)
class Line:
    path: str
    dashes: str = ""
    label: str = ""
    x: int = 0
    y: int = 0


@dataclass
class Picture:
    width: int = 0
    height: int = 0
    boxes: list = field(default_factory=list)
    lines: list = field(default_factory=list)


def genogram(people, relationships):
    people, relationships = list(people), list(relationships)
    if not people:
        return Picture()
    rows = _rows(people, relationships)
    longest = max(max(len(p.pseudonym), len(p.get_role_display())) for p in people)
    width = max(_NARROWEST, longest * _LETTER + 12)
    across = max(len(row) for row in rows)
    picture = Picture(
        width=across * (width + GAP_ACROSS) - GAP_ACROSS + 2 * MARGIN,
        height=len(rows) * (BOX_HEIGHT + GAP_DOWN) - GAP_DOWN + 2 * MARGIN + 24,
    )
    for number, row in enumerate(rows):
        top = MARGIN + 24 + number * (BOX_HEIGHT + GAP_DOWN)
        picture.boxes += [
            Box(person, MARGIN + at * (width + GAP_ACROSS), top, width)
            for at, person in enumerate(row)
        ]
    boxes = {box.person.pk: box for box in picture.boxes}
    picture.lines = [
        _line(relationship, boxes[relationship.person_id], boxes[relationship.other_id])
        for relationship in relationships
        if not _is_said_by_parents(relationship, relationships)
    ]
    return picture


def _is_said_by_parents(relationship, relationships):
    """Brothers and sisters hang from one parent already."""
    if relationship.kind != Kind.SIBLING:
        return False
    parents = [
        {one.person_id for one in relationships if (one.kind, one.other_id) == (Kind.PARENT, pk)}
        for pk in (relationship.person_id, relationship.other_id)
    ]
    return bool(parents[0] & parents[1])


# --- Who stands in which row, and beside whom ----------------------------------------------------


def _rows(people, relationships):
    levels = _levels(people, relationships)
    rows = []
    for level in sorted(set(levels.values())):
        row = [person for person in people if levels[person.pk] == level]
        if rows:
            row.sort(key=_under(rows[-1], relationships))
        # On the left, where a narrow screen begins.
        row.sort(key=lambda person: person.role != Person.Role.VICTIM)
        rows.append(_couples_together(row, relationships))
    return rows


def _levels(people, relationships):
    """A row for each, by family first; whoever is no family stands with whom they know."""
    levels = {}
    family = [one for one in relationships if one.kind in _FAMILY]
    acquaintances = [one for one in relationships if one.kind not in _FAMILY]
    for person in people:
        if person.pk in levels or not _relates(person, family):
            continue
        levels[person.pk] = 0
        _spread(person.pk, family, levels)
    for one in acquaintances:
        known = levels.get(one.person_id, levels.get(one.other_id, 0))
        levels.setdefault(one.person_id, known)
        levels.setdefault(one.other_id, known)
    for person in people:
        levels.setdefault(person.pk, 0)
    return levels


def _relates(person, relationships):
    return any(person.pk in (one.person_id, one.other_id) for one in relationships)


def _spread(start, relationships, levels):
    waiting = [start]
    while waiting:
        pk = waiting.pop(0)
        for one in relationships:
            down = _GENERATIONS.get(one.kind, 0)
            for this, that, step in (
                (one.person_id, one.other_id, down),
                (one.other_id, one.person_id, -down),
            ):
                if this == pk and that not in levels:
                    levels[that] = levels[pk] + step
                    waiting.append(that)


def _under(above, relationships):
    """Children stand near their parents."""
    places = {person.pk: at for at, person in enumerate(above)}

    def place(person):
        found = [
            places[one.person_id]
            for one in relationships
            if one.other_id == person.pk and one.person_id in places and one.kind in _GENERATIONS
        ]
        return sum(found) / len(found) if found else len(places)

    return place


def _couples_together(row, relationships):
    """Each beside their partners, and those beside theirs."""
    in_row = {person.pk: person for person in row}
    placed = []

    def place(person):
        if person is None or person in placed:
            return
        placed.append(person)
        for one in relationships:
            if one.kind in _COUPLES and person.pk in (one.person_id, one.other_id):
                place(in_row.get(one.other_id if one.person_id == person.pk else one.person_id))

    for person in row:
        place(person)
    return placed


# --- Lines --------------------------------------------------------------------------------------


def _line(relationship, one, other):
    dashes = "" if relationship.kind in {Kind.PARTNER, Kind.PARENT, Kind.SIBLING} else "6 5"
    if one.y == other.y:
        return _across(*sorted((one, other), key=lambda box: box.x), dashes, _short(relationship))
    upper, lower = sorted((one, other), key=lambda box: box.y)
    label = "" if relationship.kind == Kind.PARENT else relationship.get_kind_display()
    if lower.y - upper.bottom > GAP_DOWN:
        return _past(upper, lower, dashes, label)
    if not dashes:
        turn = lower.y - _TURN
        return Line(f"M {upper.middle} {upper.bottom} V {turn} H {lower.middle} V {lower.y}")
    return _down(upper, lower, dashes, label)


def _down(upper, lower, dashes, label):
    """Beside the unbroken line that may lead to the same box."""
    start, end, turn = upper.middle + 16, lower.middle + 16, lower.y - _DASHED_TURN
    path = f"M {start} {upper.bottom} V {turn} H {end} V {lower.y}"
    return Line(path, dashes, label, (start + end) // 2, turn - 6)


def _past(upper, lower, dashes, label):
    """Over a row between: through the gap beside the upper box, so that it crosses no box."""
    side, first = upper.x + upper.width + GAP_ACROSS // 2, upper.bottom + 14
    turn, end = lower.y - _PASSING_TURN, lower.middle + 32
    path = f"M {upper.middle + 16} {upper.bottom} V {first} H {side} V {turn} H {end} V {lower.y}"
    return Line(path, dashes, label, (side + end) // 2, turn - 6)


def _across(left, right, dashes, label):
    y = left.y + BOX_HEIGHT // 2
    if right.x - (left.x + left.width) <= GAP_ACROSS:
        path = f"M {left.x + left.width} {y} H {right.x}"
        return Line(path, dashes, label, (left.x + left.width + right.x) // 2, left.y - 8)
    # Over the heads of those between; the farther, the higher.
    between = (right.x - left.x) // (left.width + GAP_ACROSS) - 1
    rise = min(34 + 8 * between, 58)
    path = (
        f"M {left.middle} {left.y} C {left.middle} {left.y - rise},"
        f" {right.middle} {right.y - rise}, {right.middle} {right.y}"
    )
    return Line(path, dashes, label, (left.middle + right.middle) // 2, left.y - rise * 3 // 4 - 4)


def _short(relationship):
    return {
        Kind.PARTNER: "partners",
        Kind.FORMER_PARTNER: "former partners",
        Kind.SIBLING: "siblings",
        Kind.RELATIVE: "relatives",
        Kind.CARER: "carer",
        Kind.FRIEND: "friends",
        Kind.COLLEAGUE: "work",
        Kind.OTHER: "other",
    }.get(relationship.kind, relationship.get_kind_display())
