"""Recommendations that say again what the same agency reported done in an earlier review."""

import hashlib
import math
from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils import timezone

from actionplans.alike import are_alike, holding_each, stems_of
from actionplans.models import (
    CLAIMED_DONE,
    STILL_OPEN,
    ProgressNote,
    Recommendation,
    RecommendationLead,
    Status,
)
from actionplans.progress.models import Answer
from actionplans.seeing.models import RepeatJudgement
from agencies.models import Agency

REPORTED_DONE = Q(status__in=[Status.REPORTED, Status.DONE]) | Q(
    status=Status.UNCONFIRMED, claimed_status=CLAIMED_DONE
)
LEAST_SHARED = (
    0.45  # of the words of the longer of two texts, before `are_alike` lets them be alike
)


@dataclass(frozen=True)
class Repeat:
    later: Recommendation
    earlier: Recommendation
    sentence: str
    judgement: RepeatJudgement | None = None  # none: nobody has looked, or the words are others

    @property
    def digest(self):
        return digest_of(self.later, self.earlier)

    @property
    def state(self):
        """(in words, colour of its tag)"""
        if self.judgement is None:
            return "Not looked at yet", "yellow"
        return ("A repeat", "red") if self.judgement.is_repeat else ("Not the same", "grey")

    @property
    def place(self):
        """What nobody has looked at comes first, what is not the same last."""
        order = 0 if self.judgement is None else 1 if self.judgement.is_repeat else 2
        return order, self.later.review_id, self.later.position, self.earlier.pk


def digest_of(later, earlier):
    """Of both as they are worded: another word in either, and it is another."""
    both = (hashlib.sha256(one.text.encode()).digest() for one in (later, earlier))
    return hashlib.sha256(b"".join(both)).hexdigest()


def repeats_of(one, user):
    """Of one recommendation, for whoever may read both."""
    if one.is_withdrawn:
        return []
    read = Recommendation.objects.read_as_a_whole(user)
    return _found(read, read.filter(pk=one.pk), partnership=one.review.partnership_id)


def all_repeats(user):
    """In all the reviews that somebody reads; what is done already is no news."""
    read = Recommendation.objects.read_as_a_whole(user)
    return _found(read, read.live().filter(STILL_OPEN))


def _found(read, later, *, partnership=None):
    earlier = read.live().filter(REPORTED_DONE, is_draft=False)
    if partnership:
        earlier = earlier.filter(review__partnership=partnership)
    later, earlier = (
        {one.pk: one for one in rows.select_related("review")} for rows in (later, earlier)
    )
    if not later or not earlier:
        return []
    leads = _Leads({**later, **earlier})
    stems = stems_of({**later, **earlier})
    pairs = [
        (later[first], earlier[second])
        for first, second in _near(stems, later, earlier)
        if _is_earlier(earlier[second].review, later[first].review) and leads.both(first, second)
    ]
    days, judged = _days([second for _, second in pairs]), _judged(pairs)
    found = []
    for first, second in pairs:
        last = judged.get((first.pk, second.pk))
        holds = last is not None and last.words == digest_of(first, second)
        sentence = _sentence(second, leads.both(first.pk, second.pk), days)
        found.append(Repeat(first, second, sentence, last if holds else None))
    return sorted(found, key=lambda one: one.place)


def _near(stems, later, earlier):
    """Pairs of ids that read alike. Of texts that have so many words in common, one has at least one
    of the rarest of the other: only those that do are compared."""
    holding = holding_each({pk: stems[pk] for pk in earlier})
    for pk in later:
        words = sorted(stems[pk], key=lambda word: (len(holding.get(word, ())), word))
        some = words[: len(words) - math.ceil(LEAST_SHARED * len(words)) + 1]
        beside = {other for word in some for other in holding.get(word, ())} - {pk}
        yield from ((pk, other) for other in sorted(beside) if are_alike(stems[pk], stems[other]))


def _is_earlier(one, other):
    """By the period that they look at, where both say; else by when they were opened here."""
    if one.pk == other.pk or one.partnership_id != other.partnership_id:
        return False
    ends = one.scope_to_latest, other.scope_to_latest
    if all(ends) and ends[0] != ends[1]:
        return ends[0] < ends[1]
    return (one.created_at, one.pk) < (other.created_at, other.pk)


class _Leads:
    """Who leads what, an agency taken for the one that follows it."""

    def __init__(self, recommendations):
        self._after = {
            pk: merged or successor
            for pk, merged, successor in Agency.objects.values_list(
                "pk", "merged_into", "successor"
            )
        }
        links = RecommendationLead.objects.filter(recommendation__in=recommendations)
        self._of = {}
        for link in links.select_related("participation__agency"):
            agency = link.participation.agency
            self._of.setdefault(link.recommendation_id, {})[self._last(agency.pk)] = agency

    def _last(self, pk):
        seen = set()
        while self._after.get(pk) and pk not in seen:
            seen.add(pk)
            pk = self._after[pk]
        return pk

    def both(self, later, earlier):
        """[(agency of the later one, agency of the earlier one)] that are one body."""
        ones, others = self._of.get(later, {}), self._of.get(earlier, {})
        return [(ones[pk], others[pk]) for pk in ones if pk in others]


def _days(recommendations):
    """{recommendation id: (when it was accepted as done, when it was last reported done)}"""
    rows = Recommendation.objects.filter(pk__in=[one.pk for one in recommendations])
    accepted = dict(rows.values_list("pk").annotate(on=Max("rows__done_at")))
    notes = ProgressNote.objects.filter(recommendation__in=rows, answer=Answer.REPORTED)
    reported = dict(notes.order_by().values_list("recommendation").annotate(on=Max("at")))
    return {pk: (accepted[pk], reported.get(pk)) for pk in accepted}


def _judged(pairs):
    """{(later id, earlier id): the judgement that counts}"""
    rows = RepeatJudgement.objects.filter(
        later__in={later.pk for later, _ in pairs},
        earlier__in={earlier.pk for _, earlier in pairs},
    )
    return {(one.later_id, one.earlier_id): one for one in rows.select_related("by").order_by("pk")}


def _sentence(earlier, agencies, days):
    names = []
    for now, then in agencies:
        followed = f"{then.name}, which {now.name} follows,"
        names.append(then.name if now.pk == then.pk else followed)
    accepted, reported = days[earlier.pk]
    what = {
        Status.DONE: f"was accepted as done{_on(accepted)}",
        Status.REPORTED: f"was reported done{_on(reported)} and waits to be accepted",
    }.get(earlier.status, "is called completed in the file of its plan")
    return (
        f"{earlier} of {earlier.review} reads nearly the same. It was for {' and '.join(names)}"
        f" to do, and {what}."
    )


def _on(at):
    return f" on {timezone.localtime(at):%-d %B %Y}" if at else ""
