"""Changing many rows of a plan at once: what `change_action` does to one, in as few queries as for one.

Called under the plan's lock with words that were checked under it, by whoever tells the trail of all
of it in one event.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Prefetch

from actionplans.editing import moving
from actionplans.editing.models import ActionVersion
from actionplans.editing.services import SAY_WHY
from actionplans.editing.words import snapshot_of, words_of
from actionplans.importing import lock_plan
from actionplans.models import Action, Recommendation, RecommendationLead
from actionplans.progress.models import DateMove
from actionplans.resting import services as resting
from actionplans.resting.models import RecommendationVersion
from actionplans.rows.models import JointLead, PlanRow
from actionplans.rows.services import follow
from actionplans.services import ChangedMeanwhile

AT_ONCE = 500
_TARGET = tuple(one.name for one in Action._meta.concrete_fields if one.name.startswith("target_"))
_OF_ACTION = ("text", "number", "lead", *_TARGET, "file_words")
_OF_RECOMMENDATION = ("text", *_TARGET, "level", "theme", "addressed_to")
_OF_ROW = ("owner", "owner_as_written", "moves", "first_due")


@dataclass
class Change:
    """What is asked of one row. `said`: of text, owner, owner_as_written, target, level, theme and
    addressed_to those that change; `leads`: the one that answers and the others, where they do."""

    row: PlanRow
    reason: str
    said: dict = field(default_factory=dict)
    leads: tuple | None = None  # (Participation or None, (Participation, ...))


@transaction.atomic
def change_rows(review, changes, *, by):
    """Raises ChangedMeanwhile where a row ended meanwhile, and ValidationError without a reason."""
    review = lock_plan(review)
    work = _Work(review, changes, by)
    work.change()
    return work.rows


class _Work:
    def __init__(self, review, changes, by):
        self.review, self.by, self.changes = review, by, changes
        self.rows = _locked_rows(review, [change.row.pk for change in changes])
        if len(self.rows) < len(changes):
            raise ChangedMeanwhile(review.pk)
        self.whole, self.actions, self.following = [], [], []
        for change in changes:
            change.row = self.rows[change.row.pk]
            of_row = change.leads is not None or change.said.keys() - _FOLLOWING
            if of_row and not change.reason.strip():
                raise ValidationError(SAY_WHY)
            if of_row:
                (self.actions if change.row.action_id else self.whole).append(change)
            if change.said.keys() & _FOLLOWING:
                self.following.append(change)
        self.moves, self.left = [], []  # left: (recommendation id, participation id)

    def change(self):
        self._keep_versions()
        self._change_actions()
        self._change_recommendations()
        touched = {
            change.row.recommendation_id: change.row.recommendation for change in self.changes
        }
        followed = follow(self.review, list(touched.values()))
        self._own(followed)
        DateMove.objects.bulk_create(self.moves, batch_size=AT_ONCE)

    # --- What they said until now ---------------------------------------------------------------

    def _keep_versions(self):
        self.words = {change.row.pk: words_of(change.row.action) for change in self.actions}
        counts = _counts(ActionVersion, "action", [change.row.action_id for change in self.actions])
        ActionVersion.objects.bulk_create(
            (
                ActionVersion(
                    action=change.row.action,
                    number=counts[change.row.action_id] + 1,
                    snapshot=snapshot_of(self.words[change.row.pk]),
                    reason=change.reason.strip(),
                    by=self.by,
                )
                for change in self.actions
            ),
            batch_size=AT_ONCE,
        )
        self._keep_recommendations()

    def _keep_recommendations(self):
        """One version each, whichever of its rows it changes by; with the reason, where there is one."""
        reasons = {change.row.recommendation_id: "" for change in self.following}
        for change in self.whole:
            if change.leads is not None or "text" in change.said:
                reasons[change.row.recommendation_id] = change.reason.strip()
        ones = {change.row.recommendation_id: change.row.recommendation for change in self.changes}
        counts = _counts(RecommendationVersion, "recommendation", list(reasons))
        leads = {}
        links = RecommendationLead.objects.filter(recommendation__in=reasons, is_accountable=True)
        for one, part in links.values_list("recommendation", "participation"):
            leads.setdefault(one, []).append(part)
        RecommendationVersion.objects.bulk_create(
            (
                RecommendationVersion(
                    recommendation=ones[pk],
                    number=counts[pk] + 1,
                    snapshot=resting.snapshot_of(ones[pk], leads=leads.get(pk, ())),
                    reason=reason,
                    by=self.by,
                )
                for pk, reason in reasons.items()
            ),
            batch_size=AT_ONCE,
        )

    # --- Actions --------------------------------------------------------------------------------

    def _change_actions(self):
        joint, leading = [], []
        for change in self.actions:
            action, before = change.row.action, self.words[change.row.pk]
            words = _words_after(change, before)
            action.keep_file_words()
            self._move(moving.of(action, words, reason=change.reason.strip(), by=self.by))
            action.text, action.number, action.lead = words.text, words.number, words.lead
            action.target, action.target_as_written = words.target, words.target_as_written
            self.words[change.row.pk] = words
            if change.leads is not None:
                joint.append(action)
                one = change.row.recommendation_id
                leading += [(one, part) for part in words.leads]
                self.left += [(one, part.pk) for part in set(before.leads) - set(words.leads)]
        _upsert(Action, [change.row.action for change in self.actions], _OF_ACTION)
        JointLead.objects.filter(action__in=joint).delete()
        JointLead.objects.bulk_create(
            (
                JointLead(action=change.row.action, participation=part)
                for change in self.actions
                if change.leads is not None
                for part in self.words[change.row.pk].joint_leads
            ),
            batch_size=AT_ONCE,
        )
        RecommendationLead.objects.bulk_create(
            (
                RecommendationLead(recommendation_id=one, participation=part, is_accountable=False)
                for one, part in leading
            ),
            batch_size=AT_ONCE,
            ignore_conflicts=True,
        )
        self._leave()

    def _move(self, move):
        if move:
            self.moves.append(move)

    def _leave(self):
        """Whoever leads nothing of a recommendation any more does not read it any more either."""
        live = Action.objects.live().filter(recommendation=OuterRef("recommendation"))
        led = live.filter(lead=OuterRef("participation"))
        jointly = JointLead.objects.filter(
            action__withdrawn_at=None,
            action__recommendation=OuterRef("recommendation"),
            participation=OuterRef("participation"),
        )
        links = RecommendationLead.objects.filter(
            is_accountable=False, recommendation__in={one for one, _ in self.left}
        ).exclude(Exists(led) | Exists(jointly))
        left = set(self.left)
        gone = [
            pk
            for pk, *place in links.values_list("pk", "recommendation", "participation")
            if tuple(place) in left
        ]
        RecommendationLead.objects.filter(pk__in=gone).delete()

    # --- Recommendations ------------------------------------------------------------------------

    def _change_recommendations(self):
        for change in self.whole:
            one, said = change.row.recommendation, change.said
            if "text" in said:
                one.text = said["text"]
            if "target" in said:
                self._move(
                    moving.of_row(
                        change.row, said["target"], reason=change.reason.strip(), by=self.by
                    )
                )
                one.target, one.target_as_written = said["target"], said["target"].text
        for change in self.following:
            for name in _FOLLOWING & change.said.keys():
                setattr(change.row.recommendation, name, change.said[name])
        changed = {
            change.row.recommendation_id: change.row.recommendation
            for change in (*self.whole, *self.following)
        }
        _upsert(Recommendation, list(changed.values()), _OF_RECOMMENDATION)
        self._lead_whole([change for change in self.whole if change.leads is not None])

    def _lead_whole(self, changes):
        """The order in which they are named says who answers for it."""
        ones = [change.row.recommendation_id for change in changes]
        RecommendationLead.objects.filter(recommendation__in=ones).delete()
        RecommendationLead.objects.bulk_create(
            (
                RecommendationLead(recommendation=change.row.recommendation, participation=part)
                for change in changes
                for part in (change.leads[0], *change.leads[1])
                if part
            ),
            batch_size=AT_ONCE,
        )

    # --- Rows -----------------------------------------------------------------------------------

    def _own(self, followed):
        """Who sees to each, and how often its date moved, on the rows as they are followed now."""
        changed = []
        for change in self.changes:
            old = change.row
            row = followed[old.recommendation_id, old.action_id]
            row.moves, row.first_due = old.moves, old.first_due
            if "owner" in change.said:
                row.owner = change.said["owner"]
                row.owner_as_written = change.said["owner_as_written"]
            changed.append(row)
        _upsert(PlanRow, changed, _OF_ROW)


_FOLLOWING = frozenset({"level", "theme", "addressed_to"})


def _words_after(change, before):
    said = {
        name: change.said[name]
        for name in ("text", "owner", "owner_as_written")
        if name in change.said
    }
    words = replace(before, **said)
    if "target" in change.said:
        target = change.said["target"]
        words = replace(words, target=target, target_as_written=target.text)
    if change.leads is not None:
        lead, joint = change.leads
        words = replace(words, lead=lead, joint_leads=joint)
    return words


def _locked_rows(review, pks):
    """{id: row}, every row of one recommendation with the same object of it."""
    rows = PlanRow.objects.select_for_update(of=("self",)).live().filter(review=review, pk__in=pks)
    joint = JointLead.objects.select_related("participation__agency")
    rows = rows.select_related("action__lead", "owner").prefetch_related(
        Prefetch("action__joint_leads", joint)
    )
    ones = Recommendation.objects.select_for_update(of=("self",)).live()
    ones = ones.filter(pk__in=rows.order_by().values("recommendation")).select_related("theme")
    shared = {one.pk: one for one in ones.order_by("pk")}
    found = {}
    for row in rows.order_by("pk"):
        if row.recommendation_id not in shared:
            continue
        row.review = review
        row.recommendation = shared[row.recommendation_id]
        row.recommendation.review = review
        if row.action_id:
            row.action.recommendation, row.action.row = row.recommendation, row
        found[row.pk] = row
    return found


def _counts(model, of, pks):
    """How many versions each has so far."""
    rows = model.objects.filter(**{f"{of}__in": pks}).order_by()
    return Counter(dict(rows.values_list(of).annotate(n=Count("pk"))))


def _upsert(model, rows, fields):
    """Rows that are there, written in pieces: far quicker than one CASE for each of their columns."""
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=fields, batch_size=AT_ONCE
    )
