"""What a reading makes of a report: points, and what became of every line of it."""

from dataclasses import dataclass, field

from actionplans.earlier.marks import RECOMMENDATION


@dataclass
class Part:
    """A lettered, roman or bulleted item below a point: "a", and below that "a.i"."""

    number: str
    depth: int
    text: str


@dataclass(eq=False)
class Point:
    """A finding, a lesson or a recommendation in the making."""

    kind: str
    number: str = ""
    texts: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    heading: str = ""  # of the part of the report in which it stands
    group: str = ""  # a heading below that, such as a body it is made to
    leads: tuple = ()  # names of bodies
    lead_as_written: str = ""
    places: list = field(default_factory=list)  # positions of its lines
    table: int | None = None
    row: int | None = None
    doubts: list = field(default_factory=list)
    rests_on: "Point | None" = None
    is_marked: bool = False  # its own word, "Lesson", stood above its text

    @property
    def text(self):
        return "\n".join(self.texts)

    @property
    def whole(self):
        """With its parts, where these have no rows of their own."""
        if self.kind == RECOMMENDATION:
            return self.text
        below = [f"{part.number}. {part.text}" if part.number else part.text for part in self.parts]
        return "\n".join([self.text, *below])

    def doubt(self, sentence):
        if sentence not in self.doubts:
            self.doubts.append(sentence)


@dataclass(frozen=True)
class Fate:
    """What became of a line: it is in a point, or it is not, and why."""

    position: int
    shown: str
    point: Point | None = None
    why: str = ""


@dataclass
class Reading:
    points: list = field(default_factory=list)
    fates: list = field(default_factory=list)
    doubts: list = field(default_factory=list)

    def of(self, kind):
        return [point for point in self.points if point.kind == kind]
