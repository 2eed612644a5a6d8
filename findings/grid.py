"""Terms by agencies: how far each agency answered each term, and with what."""

from dataclasses import dataclass

from django.db.models import Count

from chronologies.marking.models import EntryTerm
from findings.models import TermAnswer, TermPassage
from findings.terms import NamedTerm
from reviews.access import access_of

Verdict = TermAnswer.Verdict
NOT_JUDGED = ("…", "Not yet judged", "grey")
# A shape, in words, the colour of its tag. The words carry the meaning.
LOOKS = {
    Verdict.ANSWERED: ("●", "Answered", "green"),
    Verdict.PARTLY: ("◐", "Partly", "yellow"),
    Verdict.SILENT: ("○", "Silent", "red"),
    Verdict.NIL: ("–", "Nil", "blue"),
}
_SAID_SOMETHING = {Verdict.ANSWERED, Verdict.PARTLY}
_TO_PART = "passage__file__submission__request__participation"


def parts_of(review, user):
    """The agencies that give evidence, for whoever reads the analysis: it is shared as a whole, but
    for those with which they have a conflict of interest."""
    rows = review.participations.contributing().filter(access_of(user).clear_of_conflicts("pk"))
    return rows.select_related("agency").order_by("agency__name")


@dataclass(frozen=True)
class Cell:
    part: object
    verdict: str = ""
    entries: int = 0
    headings: int = 0

    @property
    def look(self):
        return LOOKS.get(self.verdict, NOT_JUDGED)

    @property
    def shape(self):
        return self.look[0]

    @property
    def words(self):
        return self.look[1]

    @property
    def colour(self):
        return self.look[2]

    @property
    def counted(self):
        """ "3 entries, 1 heading"; nothing where nothing is tied."""
        said = [
            _many(self.entries, "entry", "entries"),
            _many(self.headings, "heading", "headings"),
        ]
        return ", ".join(filter(None, said))


def _many(n, one, more):
    return f"{n} {one if n == 1 else more}" if n else ""


@dataclass(frozen=True)
class Row:
    term: NamedTerm
    cells: tuple

    @property
    def is_answered(self):
        return any(cell.verdict in _SAID_SOMETHING for cell in self.cells)

    @property
    def to_judge(self):
        return sum(not cell.verdict for cell in self.cells)

    @property
    def warning(self):
        """What stands out of the row, in words."""
        if self.is_answered or not self.cells:
            return ""
        if self.to_judge == len(self.cells):
            return "Not judged yet for any agency"
        so_far = f" so far: {self.to_judge} still to judge" if self.to_judge else ""
        return f"No agency has answered this{so_far}"


class Grid:
    """In five queries, whatever the number of terms and agencies."""

    def __init__(self, review, user, terms):
        self.terms, self.parts = terms, list(parts_of(review, user))
        current = [one.term.pk for one in terms.current]
        answers = TermAnswer.objects.visible_to(user).filter(term__in=current).latest()
        verdicts = {(one.term_id, one.participation_id): one.verdict for one in answers}
        ties = EntryTerm.objects.visible_to(user).live()
        ties = ties.filter(term__in=current, entry__withdrawn_at=None)
        entries = _counted(ties, "entry__participation")
        headings = TermPassage.objects.visible_to(user).live().filter(term__in=current)
        headings = _counted(headings, _TO_PART)
        self.rows = [
            Row(
                term=one,
                cells=tuple(
                    Cell(
                        part=part,
                        verdict=verdicts.get((one.term.pk, part.pk), ""),
                        entries=entries.get((one.term.pk, part.pk), 0),
                        headings=headings.get((one.term.pk, part.pk), 0),
                    )
                    for part in self.parts
                ),
            )
            for one in terms.current
        ]

    @property
    def unanswered(self):
        return [row for row in self.rows if row.warning]


def _counted(rows, part):
    counts = rows.order_by().values("term", part).annotate(n=Count("pk"))
    return {(term, at): n for term, at, n in counts.values_list("term", part, "n")}
