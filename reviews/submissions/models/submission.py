from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from reviews.access import access_of
from reviews.submissions.reach import reaching
from reviews.submissions.states import State, What


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reaching(user))

    def of(self, request):
        return self.filter(request=request)

    def sent(self):
        return self.filter(state=State.SENT)

    def waiting_for(self, user):
        """Those that this person can sign off: never what they worked on."""
        moves = Submission.moves.rel.related_model.objects
        files = Submission.files.rel.related_model.objects
        own = Q(submission=OuterRef("pk"))
        return self.filter(
            ~Exists(moves.filter(own, what=What.HANDED_IN, by=user)),
            ~Exists(files.filter(own, uploaded_by=user)),
            state=State.WAITING,
            on_behalf=False,
            request__participation__any_of=access_of(user).parts_with("sign_off_submissions"),
        ).exclude(begun_by=user)

    def for_display(self):
        return self.select_related(
            "request__participation__agency", "request__participation__review", "move__by"
        )


class Submission(models.Model):
    """One version of the IMR or report that an agency was asked for, with its files.

    It is prepared inside the agency, signed off there by somebody else, and never changes once it
    is sent: what is put right afterwards is the next version.
    """

    request = models.ForeignKey("reviews.Request", models.CASCADE, related_name="submissions")
    number = models.PositiveIntegerField(
        null=True, blank=True, help_text="Of what was sent for this request, from 1."
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    on_behalf = models.BooleanField(default=False)
    note = models.TextField(
        max_length=4000, blank=True, help_text="What changed since the version before."
    )
    signed_by_words = models.CharField(
        max_length=200, blank=True, help_text="A post, not a person: of what came another way."
    )
    move = models.OneToOneField(
        "reviews.RequestMove",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submission",
        help_text="Its receipt.",
    )
    begun_at = models.DateTimeField(auto_now_add=True)
    begun_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["request", models.F("number").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="versions_are_counted_once"),
            models.UniqueConstraint(
                fields=["request", "on_behalf"],
                condition=~Q(state="sent"),
                name="one_version_in_preparation",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", number__isnull=False, move__isnull=False)
                | ~Q(state="sent") & Q(number=None, move=None),
                name="a_sent_version_has_its_number_and_receipt",
            ),
            models.CheckConstraint(
                condition=Q(signed_by_words="") | Q(on_behalf=True),
                name="words_stand_for_a_sign_off_only_on_behalf",
            ),
        ]

    def __str__(self):
        return f"Submission {self.pk}"

    def get_absolute_url(self):
        """Of a version that was sent."""
        return reverse(
            "reviews:submission-detail",
            args=[self.review.reference, self.request_id, self.number],
        )

    @property
    def participation(self):
        return self.request.participation

    @property
    def review(self):
        return self.request.participation.review

    @property
    def is_sent(self):
        return self.state == State.SENT

    @property
    def title(self):
        kind = self.request.get_kind_display()
        return f"{kind}, version {self.number}" if self.number else f"{kind}, in preparation"

    @property
    def main(self):
        """The report itself, or None while there is none."""
        return self.kept_files().filter(part="main").first()

    @property
    def appendices(self):
        return self.kept_files().filter(part="appendix")

    def kept_files(self):
        rows = self.files.filter(removed_at=None).select_related("stored", "uploaded_by")
        return rows.defer("stored__body")

    @property
    def before(self):
        """The last version that was sent before this one, or None."""
        sent = self.request.submissions.sent().exclude(pk=self.pk)
        if self.number:
            sent = sent.filter(number__lt=self.number)
        return sent.order_by("-number").first()

    def authors(self):
        """Ids of those who worked on this version: none of them signs it off."""
        brought = {file.uploaded_by_id for file in self.files.all()}
        handed = {move.by_id for move in self.moves.all() if move.what == What.HANDED_IN}
        return (brought | handed | {self.begun_by_id}) - {None}
