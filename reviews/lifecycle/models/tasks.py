"""The tasks of each stage, which are data, and what people said of them in one review."""

from django.db import models
from django.db.models import Q

from reviews.lifecycle.models.course import CourseQuerySet
from reviews.models import Review
from reviews.rules import AGENCY_ROLES, Role, Stage
from reviews.versions import Version

# Who a task is for: whoever works on reviews.
DOERS = tuple(
    role
    for role in Role
    if role in {Role.COORDINATOR, Role.CHAIR, Role.PANEL_MEMBER} or role in AGENCY_ROLES
)


def doers():
    return [(role.value, role.label) for role in DOERS]


class TaskList(Version):
    """The tasks of one kind of review, as a partnership keeps them from a day on.

    A version never changes. What was marked under one version stays marked under the next.
    """

    kind = models.CharField(max_length=20, choices=Review.Kind)
    partnership = models.ForeignKey(
        "agencies.Partnership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="task_lists",
        help_text="Blank: the house's, for every partnership that has none of its own.",
    )
    source = models.CharField(
        max_length=1000, help_text="Where the list comes from, and how far that was checked."
    )

    class Meta:
        ordering = ["kind", "partnership", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "partnership", "version"],
                name="one_task_list_a_version",
                nulls_distinct=False,
                violation_error_message="Somebody has made a newer version meanwhile.",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="task_list_versions_count_from_one"
            ),
        ]


class ListedTask(models.Model):
    """One task of a list. Its code is the same in every version that has it."""

    task_list = models.ForeignKey(TaskList, models.CASCADE, related_name="tasks")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20, choices=Stage)
    title = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=doers)
    shown_by = models.CharField(max_length=500, blank=True, help_text="What shows that it is done.")
    check_key = models.SlugField(
        max_length=60, blank=True, help_text="What the service works out by itself."
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["task_list", "code"], name="a_task_once_in_a_list"),
            models.UniqueConstraint(
                fields=["task_list", "position"], name="one_task_in_each_place"
            ),
        ]

    def __str__(self):
        return self.title


class TaskMark(models.Model):
    """What somebody said of a task in one review. The newest counts; none is changed."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started", "Not started"
        STARTED = "started", "Started, something missing"
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "Not needed"

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="task_marks")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's row.")
    code = models.SlugField(max_length=60)
    state = models.CharField(max_length=20, choices=State)
    why = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="not_needed") | ~Q(why=""),
                name="a_task_that_is_not_needed_says_why",
                violation_error_message="Say why it is not needed.",
            )
        ]

    def __str__(self):
        return f"{self.code} of {self.review_id}: {self.state}"
