"""What a paragraph can rest on, as one person may see it: how it is looked for, and what it is called."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import Truncator

from actionplans.models import Recommendation
from chronologies.filtering import choose_entries, visible_entries
from findings import forms as naming
from findings.models import Finding, Lesson
from findings.views.evidence import contacts_of, minutes_of, passages_of
from reviews.querying.models import Answer


@dataclass(frozen=True)
class Citable:
    source: str  # the field of Citation, and the word in the address
    title: str
    many: tuple[str, str]
    look: Callable  # (review, user, what was asked) -> (filter, rows)
    named: Callable
    none: str = "Nothing fits. Change or clear the words to see more."


def _entries(review, user, asked):
    if not asked:
        form = choose_entries(review, user, {}).form
        return form, visible_entries(review, user).merged_in_time().for_display()
    chosen = choose_entries(review, user, asked)
    return chosen.form, chosen.entries.merged_in_time().for_display()


def _by_words(rows_of, *fields):
    """Every word must stand in one of the fields."""

    def look(review, user, asked):
        form, rows = naming.WordsForm(asked), rows_of(review, user)
        if form.is_valid():
            for word in form.cleaned_data["words"].split():
                fitting = rows.none()
                for field in fields:
                    fitting |= rows.filter(**{f"{field}__icontains": word})
                rows = fitting
        return form, rows

    return look


def _findings(review, user):
    rows = Finding.objects.visible_to(user).live().filter(review=review)
    return rows.for_display().order_by("number")


def _lessons(review, user):
    rows = Lesson.objects.visible_to(user).live().filter(review=review)
    return rows.for_display().order_by("number")


def _recommendations(review, user):
    rows = Recommendation.objects.visible_to(user).live().filter(review=review)
    return rows.select_related("review").order_by("position", "pk")


def _answers(review, user):
    rows = Answer.objects.visible_to(user).filter(query__participation__review=review)
    rows = rows.select_related("query__participation__agency")
    return rows.order_by("query__participation__agency__name", "query__number", "pk")


def _short(text):
    return Truncator(" ".join(text.split())).words(60, truncate=" …")


def _said(one):
    return f"{one}: {_short(one.text)}"


def _answer(one):
    query = one.query
    said = one.text or one.get_kind_display()
    asked = f"{query.participation.agency}, query {query.number}: {_short(query.text)}"
    return f"{asked} Answer: {_short(said)}"


KINDS = {
    one.source: one
    for one in (
        Citable(
            "entry",
            "Entries",
            ("entry", "entries"),
            _entries,
            naming.entry_named,
            "No entry fits. Change or clear the filters to see more.",
        ),
        Citable(
            "finding", "Findings", ("finding", "findings"), _by_words(_findings, "text"), _said
        ),
        Citable("lesson", "Lessons", ("lesson", "lessons"), _by_words(_lessons, "text"), _said),
        Citable(
            "recommendation",
            "Recommendations",
            ("recommendation", "recommendations"),
            _by_words(_recommendations, "text"),
            _said,
        ),
        Citable(
            "passage",
            "Reports",
            ("heading", "headings"),
            _by_words(passages_of, "text", "heading"),
            naming.passage_named,
            "No heading fits. Only reports that were sent, and could be read, have headings here.",
        ),
        Citable(
            "answer",
            "Answers to queries",
            ("answer", "answers"),
            _by_words(_answers, "text", "query__text"),
            _answer,
        ),
        Citable(
            "minutes",
            "Minutes",
            ("version of minutes", "versions of minutes"),
            _by_words(minutes_of, "text"),
            naming.minutes_named,
            "No minutes fit. Only those that were sent to the panel can be cited.",
        ),
        Citable(
            "contact",
            "Family and others",
            ("contact", "contacts"),
            _by_words(contacts_of, "note"),
            naming.contact_named,
            "Nothing in the log of contact fits.",
        ),
    )
}
