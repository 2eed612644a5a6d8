"""Recommendations written here, taken over from agencies, and tied to lessons; actions by hand.

The caller asked rules.py; state is asked again here, under the plan's lock.
"""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.importing import lock_plan
from actionplans.levels import read_level
from actionplans.models import Action, Reach, Recommendation, RecommendationLead
from actionplans.resting.models import RecommendationLesson, RecommendationVersion, ToldApart
from actionplans.rows.models import PlanRow
from actionplans.rows.services import follow
from actionplans.services import ChangedMeanwhile, KeyOfAnother
from audit.models import EventType
from audit.services import record
from foundations.dates import PartialDate
from reviews.models import Review
from reviews.services import add_agency


class Published(Exception):
    """The report is published: its recommendations stay as they stand in it."""


class InThePlan(Exception):
    """It is in the plan, where it is answered, and no draft any more."""


class NotMadeHere(Exception):
    """Its words are those of a file or of an agency's own report."""


# --- Writing ------------------------------------------------------------------------------------


@transaction.atomic
def make_recommendation(
    review,
    *,
    text,
    reach,
    by,
    key,
    scope="",
    level="",
    addressed_to="",
    theme=None,
    number="",
    leads=(),
    other_leads=(),
    lessons=(),
    group="",
):
    """The panel's, as a draft. `other_leads` are agencies that take part only by leading it. The same key again
    gives the first one's recommendation."""
    review = lock_plan(review)
    if found := _made_with(Recommendation, key, review):
        return found
    one = _kept(
        review,
        key=key,
        text=text.strip(),
        reach=reach,
        scope=scope,
        level=level or read_level(scope),
        addressed_to=addressed_to.strip(),
        theme=theme,
        number=number or next_number(review),
        group=group,
        made_by=by,
    )
    _set_leads(one, leads, other_leads, by=by)
    tell(EventType.RECOMMENDATION_MADE, one, by=by, own=False)
    rest(one, lessons, by=by)
    return one


@transaction.atomic
def change_recommendation(
    one, *, text, number, reach, leads, scope=None, other_leads=(), reason, seen, by
):
    """Other words, or another body that leads. What it said is kept with the reason. Without a `scope`
    that stays as it is written."""
    one = locked(one)
    if not one.is_made_here:
        raise NotMadeHere
    refuse_if_published(one.review)
    if one.versions.count() != seen:
        raise ChangedMeanwhile(one.pk)
    if not reason.strip():
        raise ValidationError({"reason": "Say why"})
    before = snapshot_of(one)
    one.text, one.number, one.reach = text.strip(), number, reach
    one.scope = one.scope if scope is None else scope
    _set_leads(one, leads, other_leads, by=by)
    if snapshot_of(one) == before:
        return one
    keep_version(one, before, reason=reason, by=by)
    one.full_clean()
    one.save(update_fields=["text", "number", "reach", "scope"])
    tell(EventType.RECOMMENDATION_CHANGED, one, by=by)
    return one


@transaction.atomic
def take_over(review, points, *, by):
    """Recommendations of agencies' own reports, as they stand there, each led by its agency and tied
    to its place. One that was taken over before is not taken twice. Returns the new ones."""
    review = lock_plan(review)
    taken = set(review.recommendations.standing().values_list("own_point", flat=True))
    return [_taken(review, point, by=by) for point in points if point.pk not in taken]


def _taken(review, point, *, by):
    version = point.file.submission
    part = version.request.participation
    if part.review_id != review.pk or not version.is_sent or point.is_left_out:
        raise ValidationError("That recommendation stands in nothing that was sent to this review.")
    if point.kind != point.Kind.RECOMMENDATION:
        raise ValidationError("That is a lesson of the agency’s own, not a recommendation.")
    one = _kept(
        review,
        key=uuid.uuid4(),
        text=point.text,
        reach=Reach.SINGLE,
        number=point.number[:40],
        group=part.agency.name,
        own_point=point,
        made_by=by,
    )
    RecommendationLead.objects.create(recommendation=one, participation=part)
    follow(review, [one])
    tell(EventType.RECOMMENDATION_MADE, one, by=by, own=True, agency=part.agency.name)
    return one


@transaction.atomic
def put_into_plan(review, rows, *, by):
    """From now on those read them whom they concern: the plan's readers and the agencies that lead.
    Safe to repeat. Returns how many were drafts until now."""
    review = lock_plan(review)
    drafts = review.recommendations.drafts().filter(pk__in=[row.pk for row in rows])
    ids = list(drafts.values_list("pk", flat=True))
    n = drafts.update(is_draft=False)
    if n:
        # They are followed from today on, not from the day on which somebody began to draft.
        PlanRow.objects.filter(recommendation__in=ids).update(started_at=timezone.now())
        record(EventType.RECOMMENDATIONS_ISSUED, by=by, review=review, target=review, rows=n)
    return n


@transaction.atomic
def take_away(one, *, reason, by):
    """A draft alone: what is in the plan is answered for there. It stays on record with the reason."""
    one = locked(one)
    if not one.is_draft:
        raise InThePlan
    if not reason.strip():
        raise ValidationError({"reason": "Say why"})
    keep_version(one, snapshot_of(one), reason=reason, by=by)
    one.withdrawn_at = timezone.now()
    one.save(update_fields=["withdrawn_at"])
    one.lesson_links.live().update(removed_at=one.withdrawn_at, removed_by=by)
    follow(one.review, [one])
    tell(EventType.RECOMMENDATION_REMOVED, one, by=by)
    return one


def refuse_if_published(review):
    if stands_published(review):
        raise Published


def stands_published(review):
    return Review.objects.published().filter(pk=review.pk).exists()


def next_number(review):
    """One more than the highest plain number of the panel's own."""
    own = review.recommendations.live().filter(own_point=None, parent=None)
    numbers = [int(one) for one in own.values_list("number", flat=True) if one.isdecimal()]
    return str(max(numbers, default=0) + 1)


def snapshot_of(one, *, leads=None):
    """All that somebody can change of it, as a version keeps it. `leads`: ids of those that are
    accountable, where they are known."""
    if leads is None:
        links = RecommendationLead.objects.filter(recommendation=one, is_accountable=True)
        leads = links.values_list("participation", flat=True)
    return {
        "text": one.text,
        "number": one.number,
        "reach": one.reach,
        "scope": one.scope,
        "level": one.level,
        "addressed_to": one.addressed_to,
        "theme": one.theme_id,
        "leads": sorted(leads),
    }


def keep_version(one, before, *, reason, by):
    """What it said until now, of a recommendation that is locked."""
    return RecommendationVersion.objects.create(
        recommendation=one,
        number=one.versions.count() + 1,
        snapshot=before,
        reason=reason.strip(),
        by=by,
    )


def _kept(review, **values):
    last = review.recommendations.order_by("-position").values_list("position", flat=True).first()
    one = Recommendation(
        review=review,
        position=(last or 0) + 1,
        target=PartialDate.none(),
        claimed_completed=PartialDate.none(),
        is_draft=True,
        **values,
    )
    one.full_clean()
    one.save()
    return one


def _set_leads(one, leads, other_leads, *, by):
    parts = list(leads)
    parts += [
        add_agency(one.review, agency=agency, by=by, is_lead_only=True) for agency in other_leads
    ]
    if any(part.review_id != one.review_id for part in parts):
        raise ValidationError("That agency's part belongs to another review.")
    links = RecommendationLead.objects.filter(recommendation=one)
    live = one.actions.live()
    of_actions = set(live.values_list("lead", flat=True)) - {None}
    of_actions |= set(
        live.filter(joint_leads__isnull=False).values_list("joint_leads__participation", flat=True)
    )
    links.exclude(participation__in=parts).exclude(participation__in=of_actions).delete()
    links.exclude(participation__in=parts).update(is_accountable=False)
    for part in parts:
        RecommendationLead.objects.update_or_create(
            recommendation=one, participation=part, defaults={"is_accountable": True}
        )
    follow(one.review, [one])


# --- What it rests on ---------------------------------------------------------------------------


@transaction.atomic
def rest_on(one, lessons, *, by):
    """What it rests on already stays. Returns the new ties."""
    one = locked(one)
    if not lessons:
        raise ValidationError("Choose at least one lesson")
    return rest(one, lessons, by=by)


def rest(one, lessons, *, by):
    """Of a recommendation that is locked."""
    made = []
    for lesson in lessons:
        if lesson.review_id != one.review_id:
            raise ValidationError("That lesson is of another review.")
        if not lesson.is_live:
            raise ValidationError(f"Lesson {lesson.number} was taken away.")
        tie, created = RecommendationLesson.objects.get_or_create(
            recommendation=one, lesson=lesson, removed_at=None, defaults={"made_by": by}
        )
        if created:
            made.append(tie)
            tell(EventType.RECOMMENDATION_RESTED, one, by=by, lesson=lesson.number)
    return made


@transaction.atomic
def rest_no_longer(tie, *, by):
    """The tie stays on record. Safe to repeat."""
    one = locked(tie.recommendation)
    tie = RecommendationLesson.objects.select_for_update(of=("self",)).get(pk=tie.pk)
    if tie.is_live:
        tie.removed_at, tie.removed_by = timezone.now(), by
        tie.save(update_fields=["removed_at", "removed_by"])
        tell(EventType.RECOMMENDATION_UNRESTED, one, by=by, lesson=tie.lesson.number)
    return tie


# --- Actions by hand ----------------------------------------------------------------------------


@transaction.atomic
def add_action(one, *, text, by, key, lead=None, target=None):
    """The same key again gives the first one's action."""
    one = locked(one)
    if found := Action.objects.filter(key=key).first():
        if found.recommendation_id != one.pk:
            raise KeyOfAnother
        return found
    if lead and lead.review_id != one.review_id:
        raise ValidationError("That agency's part belongs to another review.")
    last = one.actions.order_by("-position").values_list("position", flat=True).first()
    target = target or PartialDate.none()
    action = Action(
        recommendation=one,
        position=(last or 0) + 1,
        text=text.strip(),
        key=key,
        lead=lead,
        target=target,
        target_as_written=target.text,
        claimed_completed=PartialDate.none(),
        made_by=by,
    )
    action.full_clean()
    action.save()
    if lead:
        RecommendationLead.objects.get_or_create(
            recommendation=one, participation=lead, defaults={"is_accountable": False}
        )
    follow(one.review, [one])
    tell(EventType.ACTION_ADDED, one, by=by, agency=lead.agency.name if lead else "")
    return action


# --- Two that read alike ------------------------------------------------------------------------


@transaction.atomic
def tell_apart(first, second, *, by, reason=""):
    """They are not the same, so that nobody is asked again. Safe to repeat."""
    first, second = sorted((first, second), key=lambda one: one.pk)
    if first.review_id != second.review_id or first.pk == second.pk:
        raise ValidationError("These are not two recommendations of one review.")
    lock_plan(first.review)
    said, created = ToldApart.objects.get_or_create(
        first=first, second=second, defaults={"reason": reason.strip(), "by": by}
    )
    if created:
        record(
            EventType.RECOMMENDATIONS_TOLD_APART,
            by=by,
            review=first.review,
            target=first,
            other=second.pk,
        )
    return said


# --- What every change asks first ---------------------------------------------------------------


def locked(one):
    lock_plan(one.review)
    one = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("review")
        .get(pk=one.pk)
    )
    if one.is_withdrawn:
        raise ChangedMeanwhile(one.pk)
    return one


def _made_with(model, key, review):
    found = model.objects.filter(key=key).first()
    if found and found.review_id != review.pk:
        raise KeyOfAnother
    return found


def tell(type_, one, *, by, agency="", **data):
    record(
        type_,
        by=by,
        review=one.review,
        target=one,
        number=one.number or str(one.pk),
        agency=agency,
        **data,
    )
