"""The phrases that blame a victim, as one partnership looks for them: the house's list without what it
leaves out, and its own."""

from dataclasses import dataclass

from reports.checking.blaming import HOUSE_LIST, Phrase
from reports.models import BlamingPhrase


@dataclass(frozen=True)
class Line:
    """A phrase of either list; `row` is the partnership's own, or its decision to leave out the house's."""

    phrase: Phrase
    row: BlamingPhrase | None = None

    @property
    def is_own(self):
        return self.row is not None and not self.row.is_left_out

    @property
    def is_left_out(self):
        return self.row is not None and self.row.is_left_out


def lines_for(partnership):
    """[Line]: its own first, then the house's."""
    rows = list(
        BlamingPhrase.objects.live().filter(partnership=partnership).select_related("made_by")
    )
    left_out = {row.words: row for row in rows if row.is_left_out}
    own = [Line(_phrase(row), row) for row in rows if not row.is_left_out]
    return own + [Line(one, left_out.get(one.words)) for one in HOUSE_LIST]


def phrases_for(partnership):
    """(Phrase, ...) that are looked for."""
    return tuple(one.phrase for one in lines_for(partnership) if not one.is_left_out)


def _phrase(row):
    """Its words stand in a sentence of ours, which ends itself."""
    why = row.why.strip()
    return Phrase(
        words=row.words,
        instead=row.instead.strip().rstrip("."),
        why=why if why.endswith((".", "!", "?")) else f"{why}.",
    )
