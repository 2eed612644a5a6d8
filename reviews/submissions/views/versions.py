"""The versions of what an agency handed in: reading, comparing and fetching them."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView, View

from audit.models import EventType
from audit.services import record
from foundations.vault.downloads import attachment_of
from reviews import rules
from reviews.citing import PASSAGE, uses_of
from reviews.interviews.queries import beside
from reviews.models import Share
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import banner_for, sharing_is_held
from reviews.requests.views.pages import RequestMixin
from reviews.submissions.comparing import compare
from reviews.submissions.forms import ChangesForm
from reviews.submissions.models import (
    OwnPoint,
    Passage,
    Submission,
    SubmissionFile,
    SubmissionMove,
)
from reviews.submissions.services.writing import tell
from reviews.submissions.shown import shown
from reviews.views import ReviewPageMixin


class VersionMixin(ReviewPageMixin):
    """A version that was sent. Whoever it is shared with sees nothing that surrounds it."""

    def is_allowed(self):
        return True

    def find(self):
        super().find()
        self.version = get_object_or_404(self.versions(), number=self.kwargs["number"])

    def versions(self):
        rows = Submission.objects.visible_to(self.request.user).sent()
        return rows.filter(
            request=self.kwargs["pk"], request__participation__review=self.review
        ).for_display()

    @property
    def part(self):
        return self.version.participation

    @property
    def inside(self):
        """Whether they see the request, and with it who handed in what and when."""
        return rules.can_see_request(self.access, self.version.request)

    def files(self):
        rows = SubmissionFile.objects.visible_to(self.request.user)
        return rows.filter(submission=self.version).for_display()

    def tell_of_reading(self, **data):
        said = {"by": self.request.user, "version": self.version.number}
        tell(EventType.SUBMISSION_READ, self.version, **said, **data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "version": self.version,
            "asked": self.version.request,
            "part": self.part,
            "inside": self.inside,
        }


class SubmissionDetailView(VersionMixin, TemplateView):
    """The text by heading, and what came with it."""

    template_name = "reviews/submissions/submission_detail.html"

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        user, files = self.request.user, list(self.files())
        main = next((file for file in files if file.part == SubmissionFile.Part.MAIN), None)
        points = OwnPoint.objects.visible_to(user).filter(file=main)
        versions = list(self.versions().order_by("-number"))
        passages = list(Passage.objects.visible_to(user).filter(file=main))
        uses = uses_of(PASSAGE, passages, self.review, user)
        context = super().get_context_data(**kwargs) | {
            "main": main,
            "files": files,
            "versions": versions,
            "passages": shown(passages, uses),
            "points": points if self.inside else points.kept(),
            "may_read_chronology": rules.can_see_beside(self.access, self.part),
            "may_query": versions[0] == self.version
            and not self.review.has_ended
            and rules.can_check(self.access, self.version.request),
            "before": next((one for one in versions if one.number < self.version.number), None),
        }
        if rules.can_share(self.access, self.review):
            context |= self._shares() | {"newest": versions[0]}
        if self.inside:
            moves = SubmissionMove.objects.visible_to(user).filter(submission=self.version)
            context["moves"] = moves.select_related("by").order_by("-pk")
            context |= beside(user, self.version.request)
        return context

    def _shares(self):
        user = self.request.user
        rows = Share.objects.visible_to(user).live(at=timezone.localdate())
        return {
            "may_share": True,
            "shares": rows.filter(submission=self.version).select_related(
                "with_participation__agency"
            ),
            "is_held": sharing_is_held(self.review),
            "on_hold": banner_for(user, self.review, Stops.SHARING),
        }


class SubmissionChangesView(VersionMixin, TemplateView):
    """Two versions, heading by heading; of those that this person may see."""

    template_name = "reviews/submissions/submission_changes.html"

    def get_context_data(self, **kwargs):
        others = self.versions().exclude(pk=self.version.pk).order_by("-number")
        form = ChangesForm(self._chosen(others), others=others)
        context = super().get_context_data(**kwargs) | {"form": form}
        if not others or not form.is_valid():
            return context | {"others": others}
        pair = sorted((self.version, form.cleaned_data["other"]), key=lambda one: one.number)
        self.tell_of_reading(before=form.cleaned_data["other"].number)
        return context | {
            "others": others,
            "comparison": compare(*pair),
            "every": form.cleaned_data["every"],
            "all_url": f"?other={form.cleaned_data['other'].number}&every=on",
        }

    def _chosen(self, others):
        """The version before it, or the one after the first."""
        if "other" in self.request.GET:
            return self.request.GET
        before = [one for one in others if one.number < self.version.number]
        nearest = before[0] if before else others.last()
        return {"other": nearest.number if nearest else ""}


class SubmissionDownloadView(VersionMixin, View):
    def get(self, request, *args, **kwargs):
        file = get_object_or_404(self.files(), pk=self.kwargs["file"])
        return downloaded(file, self.review, by=request.user)


class SubmissionFileView(RequestMixin, View):
    """A file of the version in preparation, for its agency, which hears what it gives away."""

    def is_allowed(self):
        return True

    def find(self):
        super().find()
        rows = SubmissionFile.objects.visible_to(self.request.user).for_display()
        rows = rows.filter(submission__request=self.asked)
        self.file = get_object_or_404(rows, pk=self.kwargs["file"])

    def get(self, request, *args, **kwargs):
        return downloaded(self.file, self.review, by=request.user)


def downloaded(file, review, *, by):
    """It is told of once it can be opened; a file that is held has a page that says so."""
    response = attachment_of(file.stored)
    record(
        EventType.FILE_DOWNLOADED,
        by=by,
        review=review,
        target=file,
        agency=file.submission.participation.agency.name,
        document=file.part,
    )
    return response
