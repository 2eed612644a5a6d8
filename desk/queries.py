"""What matters to one person: their reviews with what waits, and the tasks of one review."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from actionplans.models import Recommendation
from chronologies.models import Entry
from reviews import rules
from reviews.access import access_of
from reviews.models import Participation, Review, RoleGroup


@dataclass(frozen=True)
class Work:
    review: Review
    roles: str
    waiting: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    title: str
    href: str
    hint: str = ""
    status: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    tasks: tuple[Task, ...]


def work_of(user, reviews, *, on):
    """Each review with my roles in it and what waits for me, in a constant number of queries."""
    reviews = list(reviews)
    roles = {}
    held = RoleGroup.objects.filter(group__user=user, review__in=reviews)
    for review_id, role in held.order_by("role").values_list("review", "role").distinct():
        roles.setdefault(review_id, []).append(rules.Role(role).label)
    overdue = _counted(Recommendation.objects.visible_to(user).overdue(on=on), reviews)
    return [
        Work(
            review=review,
            roles=", ".join(roles.get(review.pk, [])),
            waiting=tuple(_say(overdue.get(review.pk, 0), "overdue recommendation")),
        )
        for review in reviews
    ]


def _counted(rows, reviews):
    rows = rows.filter(review__in=reviews).order_by()
    return dict(rows.values("review").annotate(n=Count("pk")).values_list("review", "n"))


def _say(count, what):
    if count:
        yield f"{count} {what}{'' if count == 1 else 's'}"


def tasks_in(review, user, *, on):
    """The sections of a review's home page that this person's roles reach, and no others."""
    access = access_of(user)
    sections = [
        Section("Your agency", tuple(_agency_tasks(review, user, access))),
        Section("Evidence", tuple(_evidence_tasks(review, user, access))),
        Section("Action plan", tuple(_plan_tasks(review, user, access, on))),
        Section("Running the review", tuple(_running_tasks(review, access))),
    ]
    return [section for section in sections if section.tasks]


def _agency_tasks(review, user, access):
    mine = review.participations.contributing().filter(pk__in=access.parts_with("read_own_entries"))
    entries = Entry.objects.visible_to(user).live()
    counts = dict(
        entries.filter(participation__in=mine)
        .order_by()
        .values("participation")
        .annotate(n=Count("pk"))
        .values_list("participation", "n")
    )
    for part in mine.select_related("agency"):
        part.review = review
        n = counts.get(part.pk, 0)
        yield Task(
            f"Chronology of {part.agency}",
            part.get_absolute_url(),
            hint=f"{n} {'entry' if n == 1 else 'entries'} so far"
            if n
            else "Bring the Word, Excel or CSV file that you already have",
            status="Submitted" if part.is_submitted else "In progress" if n else "Not started",
            colour="green" if part.is_submitted else "blue" if n else "grey",
        )


def _evidence_tasks(review, user, access):
    if not rules.can_read_combined(access, review):
        return
    entries = Entry.objects.visible_to(user).live().filter(review=review)
    n = entries.count()
    yield Task(
        "Combined chronology",
        reverse("chronologies:combined", args=[review.reference]),
        hint=f"{n} {'entry' if n == 1 else 'entries'} in time order",
    )
    yield Task(
        "Agencies side by side",
        reverse("chronologies:side-by-side", args=[review.reference]),
        hint="Up to four agencies’ accounts next to each other",
    )
    if rules.can_import_context(access, review):
        yield Task(
            "Context from the review team",
            reverse("chronologies:context-chronology", args=[review.reference]),
            hint="A chronology that belongs to no agency",
        )


def _plan_tasks(review, user, access, on):
    if not rules.can_see_plan(access, review):
        return
    rows = Recommendation.objects.visible_to(user).filter(review=review)
    total, overdue = rows.count(), rows.overdue(on=on).count()
    yield Task(
        "Action plan",
        reverse("actionplans:plan", args=[review.reference]),
        hint=f"{total} recommendation{'' if total == 1 else 's'}"
        + ("" if access.may("read_action_plan", review) else " that your agency leads"),
        status=f"{overdue} overdue" if overdue else "",
        colour="red" if overdue else "",
    )
    if rules.can_import_plan(access, review):
        yield Task(
            "Import an action plan",
            reverse("actionplans:import-upload", args=[review.reference]),
            hint="From the Word or Excel table that you already have",
        )


def _running_tasks(review, access):
    reference = [review.reference]
    if rules.can_run_review(access, review) or access.may("read_chronologies", review):
        parts = Participation.objects.visible_to(access.user).filter(review=review)
        states = parts.contributing().aggregate(
            all=Count("pk"), submitted=Count("pk", filter=Q(submitted_at__isnull=False))
        )
        yield Task(
            "Agencies taking part",
            reverse("reviews:participation-list", args=reference),
            hint=f"{states['all']} agencies, {states['submitted']} submitted",
        )
    if rules.can_share(access, review):
        yield Task(
            "Sharing", reverse("reviews:share-list", args=reference), "Who sees what is not theirs"
        )
    if rules.can_see_access(access, review):
        yield Task(
            "Who has access",
            reverse("reviews:access", args=reference),
            "Everybody with a role, and why",
        )
    if rules.can_read_trail(access, review):
        yield Task(
            "The trail",
            reverse("reviews:trail", args=reference),
            "Everything that was read and changed",
        )
