"""What of another account a query quotes: the sentences that do not fit, or the whole entry; as
written either way."""

import re
from dataclasses import dataclass

from django.db import models

from agencies.models import Agency, Alias
from chronologies.mismatches.finding.names import spellings
from chronologies.mismatches.marking import quotes_of, runs_of
from chronologies.models import Entry

# A dot in a title or after an initial ends nothing.
_NOT_AFTER = r"(?<!\bDr\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bNo\.)(?<!\b[A-Z]\.)"
_END = re.compile(rf"(?<=[.!?]){_NOT_AFTER}[\"'’”)\]]*\s+(?=[^a-z])|\n+")
_LEFT_OUT = " […] "


class Extent(models.TextChoices):
    SENTENCES = "sentences", "Only the sentences that do not fit"
    WHOLE = "whole", "The whole entry, with its action or outcome"


@dataclass(frozen=True)
class Quoted:
    """An entry with those of its words that the agency reads."""

    entry: Entry
    text: str
    action: str
    is_part: bool = False

    @property
    def words(self):
        return "\n".join(filter(None, (self.text, self.action)))


def whole(entry):
    return Quoted(entry, entry.text.strip(), entry.action.strip())


def in_part(entry, explanation):
    """None where nothing of the entry is quoted in the explanation: then no sentence of it is known
    to be the one that matters."""
    phrases = quotes_of(explanation)
    text, action = (_sentences(said, phrases) for said in (entry.text, entry.action))
    return Quoted(entry, text, action, is_part=True) if text or action else None


def _sentences(text, phrases):
    """Those in which a phrase stands, with a mark where others are left out between them."""
    marked, at = [], 0
    for run in runs_of(text, phrases):
        if run.is_marked:
            marked.append((at, at + len(run.words)))
        at += len(run.words)
    said = []  # [start, end], neighbours in one
    for start, end in _spans(text):
        if not any(start < until and since < end for since, until in marked):
            continue
        if said and said[-1][1] == start:
            said[-1][1] = end
        else:
            said.append([start, end])
    return _LEFT_OUT.join(text[start:end].strip() for start, end in said)


def _spans(text):
    start = 0
    for found in _END.finditer(text):
        yield start, found.end()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def names_in(quoted, part):
    """The other agencies of the review that the quoted words name, by whichever of their names."""
    others = Agency.objects.filter(participations__review=part.review_id).exclude(pk=part.agency_id)
    others = list(others.distinct().order_by("name"))
    known = {one.pk: [one.name, one.short_name] for one in others}
    for agency, name in Alias.objects.filter(agency__in=others).values_list("agency", "name"):
        known[agency].append(name)
    return [one.name for one in others if _stands_in(known[one.pk], quoted)]


def _stands_in(names, quoted):
    phrases = [" ".join(words) for name in names if name for words in spellings(name)]
    phrases += [name for name in names if name]
    return any(run.is_marked for one in quoted for run in runs_of(one.words, phrases))
