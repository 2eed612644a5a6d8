"""What only a person can say of a document before it is submitted."""

from dataclasses import dataclass

from reports.checking.checklist.equality import CHARACTERISTICS

EQUALITY = "nine-characteristics"
REPORT = "for-a-person"


@dataclass(frozen=True)
class Question:
    """`about` begins what reading the text found of it, where reading can find anything."""

    code: str
    item: str
    words: str
    about: str = ""


def _of(characteristic):
    name = characteristic.replace(" ", "-")
    return Question(
        f"considered-{name}",
        EQUALITY,
        f"Is {characteristic} considered: what is known of it, whether it made a difference, and "
        "whether it was a barrier?",
        f"{characteristic[0].upper()}{characteristic[1:]} is ",
    )


QUESTIONS = (
    *map(_of, CHARACTERISTICS),
    Question("person", REPORT, "Does the reader come to know the person who died, and not only the agencies?"),
    Question("family", REPORT, "Does it say how family and friends took part and what they said, or why they did not?"),
    Question("independence", REPORT, "Does it say why the chair and the author are independent, and what they bring?"),
    Question("why", REPORT, "Does it ask why things were done as they were, and not only what was done?"),
    Question("hindsight", REPORT, "Are people judged by what they could know then, and not by what is known now?"),
    Question("control", REPORT, "Are controlling behaviour and economic abuse explored, and not only named?"),
    Question("good-practice", REPORT, "Is good practice said as plainly as what went wrong?"),
    Question("early-learning", REPORT, "Does it say what has been changed already?"),
)  # fmt: skip
# What is asked of the overview report alone: a shorter document does not say all of it again.
OF_THE_WHOLE = frozenset({EQUALITY, "lessons-answered", "thread-whole"})
