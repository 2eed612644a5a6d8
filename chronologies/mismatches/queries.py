"""Mismatches as pages and files show them: to everybody only what they may read of them.

An explanation quotes entries. Somebody who may not read each entry and heading that a mismatch rests
on is told of what kind it is, whom it concerns and when; not a word of what any of them says.
"""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from agencies.models import Alias
from chronologies.mismatches.marking import quotes_of, runs_of
from chronologies.mismatches.models import (
    Confidence,
    Kind,
    Mismatch,
    MismatchEntry,
    MismatchPart,
    MismatchQuery,
)
from chronologies.mismatches.plain_dates import in_calendar_words
from chronologies.mismatches.states import SETTLED, State, tag_of
from chronologies.mismatches.sureness import ALSO, how_sure, listed
from chronologies.models import Entry
from chronologies.queries import TEAM
from reviews.models import Participation
from reviews.querying.models import Answer, Query
from reviews.querying.queries import answers_of
from reviews.querying.queries import lines_of as lines_of_queries
from reviews.querying.states import State as QueryState
from reviews.submissions.models import Passage, Submission


def agencies_of(mismatch):
    """By name, the one from which there is no matching entry last."""
    names = {}
    for part in mismatch.parts.all():
        is_missing = part.participation_id == mismatch.missing_from_id
        names[part.participation.agency.name] = is_missing
    return sorted(names, key=lambda name: (names[name], name.casefold()))


class Readable:
    """Which of the entries and headings that some mismatches rest on somebody may read: in two
    queries, however many there are."""

    def __init__(self, mismatches, user):
        links = [link for one in mismatches for link in one.entry_links.all()]
        entries = Entry.objects.visible_to(user).filter(pk__in={link.entry_id for link in links})
        self.entries = set(entries.values_list("pk", flat=True)) if links else set()
        heads = [link for one in mismatches for link in one.passage_links.all()]
        passages = Passage.objects.visible_to(user).filter(
            pk__in={link.passage_id for link in heads}
        )
        self.passages = set(passages.values_list("pk", flat=True)) if heads else set()

    def all_of(self, mismatch):
        return all(link.entry_id in self.entries for link in mismatch.entry_links.all()) and all(
            link.passage_id in self.passages for link in mismatch.passage_links.all()
        )


NOT_SHARED = "Not all of its accounts are shared with you."


@dataclass(frozen=True)
class Line:
    """A mismatch as lists show it; one with its state."""

    mismatch: Mismatch
    is_readable: bool
    leads: bool

    @property
    def agencies(self):
        return agencies_of(self.mismatch)

    @property
    def kind(self):
        return Kind(self.mismatch.kind).label

    @property
    def also(self):
        return [Kind(kind).label for kind in self.mismatch.also_kinds]

    @property
    def also_because(self):
        """[(what it may be besides, why)]"""
        return [(Kind(kind).label, ALSO[kind]) for kind in self.mismatch.also_kinds]

    @property
    def sentence(self):
        if self.is_readable:
            return self.mismatch.explanation
        when = self.date or "no date given"
        concerned = f"{self.kind}. It concerns {listed(self.agencies)}; {when}."
        return f"{concerned} {NOT_SHARED}"

    @property
    def date(self):
        """In the words of whoever wrote it for those who may read these."""
        date = self.mismatch.date
        return date if self.is_readable else in_calendar_words(date)

    @property
    def date_as_written(self):
        return self.mismatch.date.text if self.is_readable else ""

    @property
    def tag(self):
        return tag_of(self.mismatch.state, leads=self.leads)

    @property
    def confidence(self):
        return how_sure(self.mismatch)


def lines_of(mismatches, user, *, leads):
    """`mismatches` come with their state, from visible_to; those of one review."""
    mismatches = list(mismatches)
    readable = Readable(mismatches, user)
    return [Line(one, readable.all_of(one), leads) for one in mismatches]


def counts_of(mismatches):
    """{state: how many} of rows with their state."""
    counted = mismatches.order_by().values("state").annotate(n=Count("pk"))
    return dict(counted.values_list("state", "n"))


# --- One mismatch -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """An entry, or the heading of a report, that a mismatch rests on. Without one of them: what
    this person may not read."""

    agency: str
    entry: object = None
    passage: object = None
    phrases: tuple = ()

    @property
    def href(self):
        if self.entry:
            return self.entry.get_absolute_url()
        version = self.passage.file.submission.get_absolute_url()
        return f"{version}#passage-{self.passage.position}"

    @property
    def title(self):
        return self.entry.date if self.entry else self.passage.title

    @property
    def where(self):
        if not self.entry:
            return f"{self.passage.file.submission.title}: {self.passage.title}"
        if self.entry.is_from_file:
            return f"{self.entry.source_file.name}, {self.entry.where}"
        return "Added by hand"

    @property
    def texts(self):
        """[(what it is, its runs)]"""
        if self.passage:
            return [("", runs_of(self.passage.text, self.phrases))]
        said = [("", self.entry.text), ("Action or outcome", self.entry.action)]
        said.append(("Comment", self.entry.comment))
        return [(label, runs_of(text, self.phrases)) for label, text in said if text]


def sides_of(mismatch, user):
    """Each heading and entry in the order of the explanation, as far as this person may read it."""
    explained = Readable([mismatch], user).all_of(mismatch)
    phrases = _phrases(mismatch) if explained else ()
    ids = [link.entry_id for link in mismatch.entry_links.all()]
    rows = Entry.objects.visible_to(user).filter(pk__in=ids).for_display()
    entries = {row.pk: row for row in rows.select_related("review")}
    whose = _whose(Entry, ids, "participation__agency__name")
    sides = [Side(whose.get(pk) or TEAM, entry=entries.get(pk), phrases=phrases) for pk in ids]
    ids = [link.passage_id for link in mismatch.passage_links.all()]
    rows = Passage.objects.visible_to(user).filter(pk__in=ids)
    passages = {row.pk: row for row in rows.select_related(f"{_PART}__agency", f"{_PART}__review")}
    whose = _whose(Passage, ids, f"{_PART}__agency__name")
    return [Side(whose[pk], passage=passages.get(pk), phrases=phrases) for pk in ids] + sides


_PART = "file__submission__request__participation"


def _whose(model, ids, name):
    """Whom it concerns is told of every mismatch that somebody sees."""
    return dict(model.objects.filter(pk__in=ids).values_list("pk", name)) if ids else {}


def _phrases(mismatch):
    """What the explanation quotes, and every name of the agencies that it concerns."""
    agencies = {part.participation.agency for part in mismatch.parts.all()}
    names = [name for one in agencies for name in (one.name, one.short_name) if name]
    names += Alias.objects.filter(agency__in=agencies).values_list("name", flat=True)
    return tuple(quotes_of(mismatch.explanation)) + tuple(names)


@dataclass(frozen=True)
class Asked:
    """A query that was raised about a mismatch, with what the agency said to it last."""

    line: object
    answer: object  # None as long as there is none

    @property
    def agency(self):
        return self.line.query.participation.agency

    @property
    def is_under_way(self):
        return self.line.query.state in {QueryState.NOT_SENT, QueryState.OPEN}

    @property
    def is_waiting(self):
        return self.line.query.state == QueryState.OPEN

    @property
    def due(self):
        return self.line.query.due_now

    @property
    def follows(self):
        """What can come next; nothing where somebody has decided on the answer and nothing waits."""
        if self.line.query.state == QueryState.NOT_SENT:
            return "It has not been sent: the agency knows nothing of it."
        return _FOLLOWS.get(self.answer.answer.kind, "") if self.answer else ""

    @property
    def looks_again(self):
        kinds = {Answer.Kind.FOUND, Answer.Kind.PUT_RIGHT}
        return bool(self.answer) and self.answer.answer.kind in kinds


_FOLLOWS = {
    Answer.Kind.FOUND: "An entry was supplied. Look again: if it fits, this will be gone by itself.",
    Answer.Kind.PUT_RIGHT: "A new version was supplied. Look again: if it fits, this will be gone by itself.",
    Answer.Kind.NO_RECORD: "It is not recorded there. Accept it as a difference, or ask the other side what it has.",
    Answer.Kind.OUT_OF_SCOPE: "The agency holds it to be outside its scope. Judge whether it matters, or ask again.",
    Answer.Kind.DISAGREE: "Both accounts stand. Accept it as a difference, or ask the other side.",
    Answer.Kind.EXPLAINED: "The agency explains it. Judge whether the explanation settles it.",
}


def asked_about(mismatch, user, *, on):
    links = MismatchQuery.objects.visible_to(user).filter(mismatch=mismatch)
    rows = Query.objects.visible_to(user).filter(pk__in=links.values("query")).for_display()
    shown = []
    for line in lines_of_queries(rows.order_by("pk"), user, on=on):
        answers = answers_of(line.query, user)
        shown.append(Asked(line, answers[-1] if answers else None))
    return shown


def report_passed_over(mismatch, user):
    """The version of a report in which an entry was looked for, where there is one to read."""
    if mismatch.kind != Kind.CHRONOLOGY_NOT_IN_IMR or not mismatch.missing_from_id:
        return None
    sent = Submission.objects.visible_to(user).sent().for_display()
    return sent.filter(request__participation=mismatch.missing_from_id).order_by("-pk").first()


def resting_on(entry, user):
    """The mismatches that rest on an entry, for those who lead the review; with their state."""
    rows = Mismatch.objects.visible_to(user).current().filter(entry_links__entry=entry)
    return lines_of(rows.with_state().for_display().in_reading_order(), user, leads=True)


# --- On somebody's own page ---------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How the mismatches of a review stand for those who lead it."""

    open: int = 0  # of high confidence
    answered: int = 0
    unsettled: int = 0
    all: int = 0


def standings_of(user, reviews):
    """{review id: Standing}, in one query."""
    rows = Mismatch.objects.visible_to(user).current().filter(review__in=reviews).with_state()
    found = {}
    counted = rows.order_by().values("review", "state", "confidence").annotate(n=Count("pk"))
    for review, state, confidence, n in counted.values_list("review", "state", "confidence", "n"):
        before = found.get(review, Standing())
        is_sure = confidence == Confidence.HIGH
        found[review] = Standing(
            open=before.open + n * (state == State.OPEN and is_sure),
            answered=before.answered + n * (state == State.ANSWERED),
            unsettled=before.unsettled + n * (state not in SETTLED),
            all=before.all + n,
        )
    return found


def concerned(user, review):
    """The agencies that the mismatches of a review, as somebody sees them, concern."""
    parts = MismatchPart.objects.visible_to(user).filter(mismatch__review=review)
    rows = Participation.objects.filter(pk__in=parts.values("participation"))
    return rows.select_related("agency").order_by("agency__name")


def with_person(mismatches, pseudonym, user):
    """Those that rest on an entry about somebody, as far as this person may read the entries."""
    entries = Entry.objects.visible_to(user).by_person(pseudonym)
    links = MismatchEntry.objects.filter(mismatch=OuterRef("pk"), entry__in=entries)
    return mismatches.filter(Exists(links))


def left_open(user, review):
    rows = Mismatch.objects.visible_to(user).filter(review=review)
    return rows.with_state().unsettled().count()


def next_open(mismatch, user):
    """The one that the list has after it, to go on with; or the first where it was the last."""
    rows = Mismatch.objects.visible_to(user).filter(review=mismatch.review_id).with_state()
    rows = rows.filter(state=State.OPEN).exclude(pk=mismatch.pk).in_reading_order()
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return None
    place = Mismatch.objects.filter(pk__in=[mismatch.pk, *ids]).in_reading_order()
    order = list(place.values_list("pk", flat=True))
    after = order.index(mismatch.pk) + 1
    return order[after] if after < len(order) else order[0]
