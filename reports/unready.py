"""What stands against calling a document finished: to be read before a final version is made, proposed or
signed off, and in nobody's way. Somebody may have good reasons to go on."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Func, JSONField
from django.urls import reverse

from reports.blocks import Blocks
from reports.checks.summary import last_summary
from reports.empty import empty_of, has_something
from reports.models import FROM_DATA, LetterPoint, Remark
from reports.outline import Outline
from reports.written import WrittenParagraph

_SHOWN = 12  # sections that are named; of more it is said how many


@dataclass(frozen=True)
class Against:
    """A sentence, and where it is mended."""

    words: str
    href: str = ""


def against(document, user):
    """[Against] of a document as it stands now, for somebody who writes it. Nothing is read anew: of the list
    before submission it says what was found when somebody looked at it last."""
    if document.is_from_data:
        return []
    said = _empty_now(document)
    found = [Against(said, document.get_absolute_url())] if said else []
    return [*found, *_said_of(document, user)]


def against_letters(review, user):
    """[("The Home Office’s letters", [Against])] of letters with points that nobody has answered."""
    points = LetterPoint.objects.visible_to(user).open().filter(letter__review=review)
    points = points.select_related("letter__review")
    counted = Counter(one.letter for one in points.order_by("letter__number"))
    rows = [
        Against(
            f"Points of letter {letter.number} without an answer: {n}.", letter.get_absolute_url()
        )
        for letter, n in counted.items()
    ]
    return [("The Home Office’s letters", rows)] if rows else []


def against_versions(renderings, user):
    """[(kind of the document, [Against])] of a queryset of versions: what is empty in them, and what is open of
    their documents."""
    found = {}
    rows = renderings.exclude(document__kind__in=FROM_DATA).defer("values")
    for one in rows.annotate(sections=_Sections("values")):
        said_of = found.setdefault(one.document, [])
        sections = [
            _Section(number, heading, level, (_WORDS,) if filled else ())
            for number, heading, level, filled in one.sections or ()
        ]
        said = empty_in(sections, named=True)
        if said and said not in (each.words for each in said_of):
            said_of.append(Against(said, one.document.get_absolute_url()))
    every = [
        (document.get_kind_display(), [*rows, *_said_of(document, user)])
        for document, rows in found.items()
    ]
    return [(kind, rows) for kind, rows in every if rows]


def _empty_now(document):
    """What a final version of it would leave empty, if it were made now."""
    return empty_in(Outline(document).sections, named=True, blocks=Blocks(document, is_final=True))


def empty_in(sections, *, named=False, blocks=None):
    """A sentence, or "" where something stands in every section; `sections` and `blocks` as for empty_of. They
    are called by their numbers, or where `named` by their headings, too."""
    if not sections:
        return "It has no section."
    empty = empty_of(sections, blocks=blocks)
    if not empty:
        return ""
    if not any(has_something(one, blocks=blocks) for one in sections):
        return "It is empty: nothing stands in any of its sections."
    n = len(empty)
    many = "1 section" if n == 1 else f"{n} sections"
    return f"Nothing stands in {many}: {_listed(empty, named=named)}."


def _listed(empty, *, named):
    names = [f"“{one.title}”" if named else one.number for one in empty if named or one.number]
    words, left = names[:_SHOWN], len(empty) - len(names[:_SHOWN])
    if len(names) > _SHOWN:
        words.append(f"{left} more")
    listed = " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
    if left and len(names) <= _SHOWN:
        return f"{listed}, beside {left} without a number" if listed else f"{left} without a number"
    return listed


class _Sections(Func):
    """[[number, heading, level, whether something stands in it]] of the values of a version, without the words."""

    template = r"""(
        select jsonb_agg(jsonb_build_array(s.one ->> 'number', s.one ->> 'heading', s.one -> 'level', exists (
            select from jsonb_array_elements(s.one -> 'paragraphs') as p(one) where p.one ->> 'text' ~ '\S'
        )) order by s.at)
        from jsonb_array_elements(%(expressions)s -> 'sections') with ordinality as s(one, at)
    )"""
    output_field = JSONField()


_WORDS = WrittenParagraph("", "words")  # in the place of all those of a version


@dataclass(frozen=True)
class _Section:
    number: str
    heading: str
    level: int
    paragraphs: tuple

    @property
    def title(self):
        return f"{self.number} {self.heading}".strip()


def _said_of(document, user):
    where = [document.review.reference, document.number]
    if n := Remark.objects.visible_to(user).of(document).open().count():
        words = "1 remark is open." if n == 1 else f"{n} remarks are open."
        yield Against(words, reverse("reports:remark-list", args=where))
    if words := _of_list(document):
        yield Against(words, reverse("reports:checks", args=where))


def _of_list(document):
    found = last_summary(document)
    if found is None:
        return "Nobody has looked yet at what is to be seen before it is submitted."
    return "" if found.is_done else f"Before it is submitted: {found}."
