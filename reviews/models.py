from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from foundations.dates.fields import PartialDateField
from reviews import rules
from reviews.access import access_of
from reviews.clock.kinds import Milestone


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The reviews this user has a role in. Every page starts from here."""
        return self.filter(pk__any_of=access_of(user).reviews_with("view_review"))

    def going_first(self):
        """Those with work to do, then those that ended and are only read."""
        ended = models.Case(models.When(state__in=rules.ENDED, then=1), default=0)
        return self.order_by(ended, *self.model._meta.ordering)

    def published(self):
        """Those whose report is published: past that stage, or its day is recorded."""
        last = Reached.objects.filter(review=models.OuterRef("pk"), milestone=Milestone.PUBLISHED)
        precision = models.Subquery(last.order_by("-pk").values("on_precision")[:1])
        on_record = self.model.objects.annotate(precision=precision).filter(
            ~Q(precision="none"), precision__isnull=False
        )
        return self.filter(Q(stage__in=rules.PUBLISHED) | Q(pk__in=on_record.values("pk")))

    def commissioned_by(self, partnership):
        """Alone or together with another."""
        jointly = Q(
            joint_commissions__partnership=partnership, joint_commissions__ended_on__isnull=True
        )
        return self.filter(Q(partnership=partnership) | jointly).distinct()


class Review(models.Model):
    """One review of one death (or, for a local kind, of one case)."""

    class Kind(models.TextChoices):
        STATUTORY = "statutory", "Statutory review of a domestic abuse related death"
        INCIDENT = "incident", "Local serious incident review"
        SAFEGUARDING = "safeguarding", "Safeguarding Adult Review"
        JOINT = "joint", "Joint review"
        OTHER = "other", "Another kind of review"

    class Label(models.TextChoices):
        DHR = "dhr", "Domestic Homicide Review (DHR)"
        DARDR = "dardr", "Domestic Abuse Related Death Review (DARDR)"
        OTHER = "other", "Review"

    partnership = models.ForeignKey("agencies.Partnership", models.PROTECT, related_name="reviews")
    reference = models.SlugField(
        unique=True,
        max_length=30,
        help_text="Identifies nobody: no name, initials or date of death.",
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.STATUTORY)
    label = models.CharField(max_length=10, choices=Label, default=Label.DHR)
    stage = models.CharField(max_length=20, choices=rules.Stage, default=rules.Stage.SCOPING)
    state = models.CharField(max_length=20, choices=rules.State, default=rules.State.RUNNING)
    scope_from = PartialDateField()
    scope_to = PartialDateField()
    scope_reason = models.TextField(blank=True)
    agencies = models.ManyToManyField("agencies.Agency", through="Participation")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("run_review", "Can run the review: stage, subjects, agencies and people"),
            ("act_for_agencies", "Can import and change on an agency's behalf"),
            ("read_chronologies", "Can read every agency's chronology"),
            ("read_action_plan", "Can read the whole action plan"),
            ("read_published_plan", "Can read published recommendations and their statuses"),
            ("change_action_plan", "Can import and change the action plan"),
            ("share_material", "Can share material and end a share"),
            ("write_letters", "Can make, send and read the letters of the review"),
            ("read_trail", "Can read the trail of the review"),
            ("see_access", "Can see who has access and why"),
            ("lead_intake", "Can lead notification, scoping, concerns and early learning"),
            ("read_panel", "Can see who sits on the panel"),
            ("lead_panel", "Can keep the panel list, declarations and conflicts of interest"),
            ("read_clock", "Can read the clock: what is due when, and why it was put off"),
            ("write_terms", "Can write and issue the terms of reference"),
            ("read_issued_terms", "Can read the terms of reference that were issued"),
            ("keep_family_log", "Can keep the log of contact with family and others"),
            ("read_proceedings", "Can read which proceedings go on beside the review"),
            ("lead_proceedings", "Can keep proceedings, holds and the disclosure schedule"),
            ("keep_register", "Can keep the register of people and reveal who they are"),
            ("keep_course", "Can read how the review went, and mark its tasks"),
            ("keep_meetings", "Can plan meetings, send invitations and write the minutes"),
            ("read_meetings", "Can read what the panel was given for its meetings"),
            ("lead_requests", "Can ask agencies for material, return it and accept it"),
            ("lead_analysis", "Can mark entries, judge mismatches and write findings and lessons"),
            ("write_documents", "Can write the overview report and what goes with it"),
            ("read_submitted", "Can read what was submitted to the Home Office"),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("desk:review-home", args=[self.reference])

    @property
    def vault_scope(self):
        """Whose key seals what belongs to this review."""
        return f"review:{self.pk}"

    @property
    def has_ended(self):
        """It is read, and takes no more work."""
        return self.state in rules.ENDED

    @property
    def is_suspended(self):
        return self.state == rules.State.SUSPENDED

    @property
    def commissioners(self):
        """The ids of the partnerships that commission it, the leading one first."""
        jointly = self.joint_commissions.live().values_list("partnership", flat=True)
        return [self.partnership_id, *jointly]

    @property
    def short_label(self):
        return {"dhr": "DHR", "dardr": "DARDR"}.get(self.label, "Review")


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Pseudonyms and roles, which every page of the review speaks in."""
        return self.filter(review__any_of=access_of(user).reviews_with("view_review"))


class Person(models.Model):
    """Somebody the review is about, under the pseudonym that the review uses.

    Who they are stands apart, sealed, in reviews.people.models.Identity.
    """

    class Role(models.TextChoices):
        VICTIM = "victim", "Victim"
        PERPETRATOR = "perpetrator", "Perpetrator"
        CHILD = "child", "Child"
        FAMILY = "family", "Family member"
        OTHER = "other", "Other"

    class ChosenBy(models.TextChoices):
        SCHEME = "scheme", "The partnership’s way of numbering"
        TEAM = "team", "The chair or the panel"
        FAMILY = "family", "The family"
        SELF = "self", "The person themself"

    class PublishBirth(models.TextChoices):
        EXACT = "exact", "The date of birth"
        MONTH_YEAR = "month-year", "Month and year of birth"
        SEASON = "season", "Season and year of birth"
        YEAR = "year", "Year of birth"
        AGE = "age", "Age when the death happened"
        AGE_BAND = "age-band", "Age band when the death happened"
        NOTHING = "nothing", "Nothing"

    class PublishDeath(models.TextChoices):
        EXACT = "exact", "The date of death"
        MONTH_YEAR = "month-year", "Month and year of death"
        SEASON = "season", "Season and year of death"
        YEAR = "year", "Year of death"
        NOTHING = "nothing", "Nothing"

    class PublishAddress(models.TextChoices):
        ADDRESS = "address", "The address"
        AREA = "area", "The area"
        NOTHING = "nothing", "Nothing"

    review = models.ForeignKey(Review, models.CASCADE, related_name="people")
    pseudonym = models.CharField(max_length=30)
    role = models.CharField(max_length=20, choices=Role)
    chosen_by = models.CharField(max_length=10, choices=ChosenBy, default=ChosenBy.SCHEME)
    publish_birth = models.CharField(
        max_length=10, choices=PublishBirth, default=PublishBirth.AGE_BAND
    )
    publish_death = models.CharField(
        max_length=10, choices=PublishDeath, default=PublishDeath.MONTH_YEAR
    )
    publish_address = models.CharField(
        max_length=10, choices=PublishAddress, default=PublishAddress.NOTHING
    )
    area = models.CharField(
        max_length=100, blank=True, help_text="What may be said instead of the address."
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "pseudonym"],
                name="one_person_a_pseudonym",
                violation_error_message="Somebody in this review already has this pseudonym.",
            )
        ]

    def __str__(self):
        return self.pseudonym


class ParticipationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own agency's part; every part for whoever reads or runs all of them."""
        access = access_of(user)
        return self.filter(
            Q(review__any_of=access.reviews_with("read_chronologies"))
            | Q(review__any_of=access.reviews_with("run_review"))
            | Q(pk__any_of=access.parts_with("view_participation")),
            access.clear_of_conflicts("pk"),
        )

    def contributing(self):
        """Leaves out bodies that only lead an action."""
        return self.filter(is_lead_only=False)

    def for_display(self):
        return self.select_related("agency__successor", "review")


class Participation(models.Model):
    """One agency's part in one review."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="participations")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="participations")
    is_lead_only = models.BooleanField(
        default=False, help_text="Leads a recommendation but gave the review nothing else."
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name"]
        constraints = [
            models.UniqueConstraint(fields=["review", "agency"], name="one_part_each"),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="participation_submitted_at_and_by_go_together",
            ),
        ]
        permissions = [
            ("read_own_entries", "Can read this agency's chronology"),
            ("change_own_entries", "Can import and change this agency's chronology"),
            ("submit_chronology", "Can submit this agency's chronology"),
            ("read_own_actions", "Can read the actions this agency leads"),
            ("update_own_actions", "Can report progress on actions this agency leads"),
            ("answer_scoping", "Can answer a scoping request to this agency"),
            ("raise_concern", "Can raise an urgent concern, and deal with one given to it"),
            ("read_own_terms", "Can read the terms of reference issued to this agency"),
            ("sign_off_submissions", "Can sign off what this agency hands in"),
            ("delegate_role", "Can let a colleague act in their own role until a last day"),
            ("answer_requests", "Can answer what this agency was asked for"),
        ]

    def __str__(self):
        return f"{self.agency} in {self.review}"

    def get_absolute_url(self):
        return reverse("chronologies:chronology", args=[self.review.reference, self.pk])

    @property
    def is_submitted(self):
        return self.submitted_at is not None


# --- Roles --------------------------------------------------------------------------------------


class Appointment(models.Model):
    """A role held in a whole partnership, or (the administrator's) in the installation.

    Services fan it out to the role groups of each review, and back when it ends.
    """

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=20, choices=rules.Role)
    partnership = models.ForeignKey(
        "agencies.Partnership", models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "partnership"],
                name="one_appointment_each",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(rules.SITE_ROLES), partnership=None)
                | Q(role__in=sorted(rules.PARTNERSHIP_ROLES), partnership__isnull=False),
                name="appointment_is_to_the_right_kind_of_place",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.pk}"


class RoleGroup(models.Model):
    """The people who hold one role in one place: the only way to hold rights there."""

    group = models.OneToOneField("auth.Group", models.CASCADE)
    role = models.CharField(max_length=20, choices=rules.Role)
    review = models.ForeignKey(Review, models.CASCADE, related_name="role_groups")
    participation = models.ForeignKey(
        Participation, models.CASCADE, null=True, blank=True, related_name="role_groups"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role", "review", "participation"],
                name="one_group_per_role_and_place",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(rules.AGENCY_ROLES), participation__isnull=False)
                | Q(
                    role__in=sorted(rules.REVIEW_ROLES | rules.PARTNERSHIP_ROLES),
                    participation=None,
                ),
                name="role_group_is_in_the_right_kind_of_place",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.participation or self.review}"


class RoleHolder(models.Model):
    """Why somebody is in a role's group: since when, given by whom, through which appointment or
    by whose delegation.

    The group is what grants; services write both, and `sync_roles --check` compares them.
    """

    role_group = models.ForeignKey(RoleGroup, models.CASCADE, related_name="holders")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="roles")
    appointment = models.ForeignKey(
        Appointment, models.CASCADE, null=True, blank=True, related_name="fanned_out"
    )
    delegation = models.ForeignKey(
        "Delegation", models.CASCADE, null=True, blank=True, related_name="holders"
    )
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["role_group", "user"], name="one_role_once")]

    def __str__(self):
        return f"{self.role_group_id} {self.user_id}"


# --- Grants: guardian's tables, with direct foreign keys -----------------------------------------


class _GrantedOnly(GroupObjectPermissionBase):
    """Refuses any right that no role in rules.GRANTS holds on this kind of place."""

    grantable = frozenset()

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        if self.permission.codename not in self.grantable:
            raise ValidationError(f"No role grants {self.permission.codename}.")
        super().save(*args, **kwargs)


class ReviewGroupPermission(_GrantedOnly):
    grantable = frozenset().union(*(grant.review for grant in rules.GRANTS.values()))
    content_object = models.ForeignKey(Review, models.CASCADE)


class ParticipationGroupPermission(_GrantedOnly):
    grantable = frozenset().union(*(grant.participation for grant in rules.GRANTS.values()))
    content_object = models.ForeignKey(Participation, models.CASCADE)


class _NeverToUsers(UserObjectPermissionBase):
    class Meta(UserObjectPermissionBase.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        raise ValidationError("Give people roles, not rights.")


class ReviewUserPermission(_NeverToUsers):
    content_object = models.ForeignKey(Review, models.CASCADE)


class ParticipationUserPermission(_NeverToUsers):
    content_object = models.ForeignKey(Participation, models.CASCADE)


# --- Sharing ------------------------------------------------------------------------------------


class ShareQuerySet(models.QuerySet):
    def live(self, *, at):
        """Not withdrawn, and not past its last day."""
        return self.filter(withdrawn_at=None).filter(Q(until=None) | Q(until__gte=at))

    def visible_to(self, user):
        """What was shared with whom: for those who share, and for those it reaches."""
        access = access_of(user)
        return self.filter(
            access.clear_of_conflicts("participation", "with_participation"),
            review__any_of=access.reviews_with("share_material"),
        )


class Share(models.Model):
    """The chair lets the people of a role see material that is not theirs, until a day or not."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="shares")
    material = models.CharField(max_length=20, choices=rules.Material)
    participation = models.ForeignKey(
        Participation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="shares",
        help_text="Whose material. Blank: everybody's.",
    )
    submission = models.ForeignKey(
        "Submission",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="shares",
        help_text="Which version; of material that is handed in, each is shared by itself.",
    )
    with_role = models.CharField(
        max_length=20,
        choices=[(role.value, role.label) for role in rules.Role if role in rules.SHARE_WITH],
    )
    with_participation = models.ForeignKey(
        Participation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="With the people of this agency alone. Blank: of every agency.",
    )
    until = models.DateField(null=True, blank=True)
    shared_at = models.DateTimeField(auto_now_add=True)
    shared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(with_role__in=sorted(rules.SHARE_WITH)), name="share_reaches_a_role"
            ),
            models.CheckConstraint(
                condition=Q(with_participation=None) | Q(with_role__in=sorted(rules.AGENCY_ROLES)),
                name="share_names_an_agency_only_for_agency_roles",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="share_withdrawn_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(
                    material="submission", submission__isnull=False, participation__isnull=False
                )
                | ~Q(material="submission") & Q(submission=None),
                name="share_of_a_submission_names_it_and_its_agency",
            ),
            models.CheckConstraint(
                condition=~Q(material__in=sorted(rules.FOR_THE_PANEL_ALONE))
                | Q(with_role="panel_member", participation=None),
                name="share_of_the_analysis_is_whole_and_with_the_panel",
                violation_error_message="This is shared as a whole, and with the panel alone.",
            ),
        ]

    def __str__(self):
        return f"{self.get_material_display()} with {self.get_with_role_display()}"


# --- The packages of the room -------------------------------------------------------------------

import reviews.checking.models  # noqa: E402
import reviews.clock.models  # noqa: E402
import reviews.delegation.models  # noqa: E402
import reviews.drafts.models  # noqa: E402
import reviews.family.models  # noqa: E402
import reviews.intake.models  # noqa: E402
import reviews.interviews.models  # noqa: E402
import reviews.letters.models  # noqa: E402
import reviews.lifecycle.models  # noqa: E402
import reviews.meetings.models  # noqa: E402
import reviews.panel.models  # noqa: E402
import reviews.people.models  # noqa: E402
import reviews.proceedings.models  # noqa: E402
import reviews.querying.models  # noqa: E402
import reviews.reminders.models  # noqa: E402
import reviews.requests.models  # noqa: E402
import reviews.submissions.models  # noqa: E402
import reviews.terms.models  # noqa: E402
import reviews.wording.models  # noqa: E402, F401
from reviews.clock.models import Reached  # noqa: E402
