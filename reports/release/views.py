"""The register of what was released, one set of it, its files, and what can be done with it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View

from audit.models import EventType
from audit.services import record
from foundations.vault.downloads import attachment_of
from reports.leaks.deciding import scan_of
from reports.models import Release, Released, ReleasedFile, Rendering, Variant
from reports.release import services
from reports.release.fitness import called
from reports.release.forms import ProposeForm
from reports.release.publishing import other_day_on_the_clock
from reports.release.steps import AFTER, BEFORE, WAITING, open_to
from reports.rendering.files import MEDIA_TYPES
from reports.services.renderings import file_name
from reports.unready import against, against_letters, against_versions
from reports.views.pages import DocumentsMixin, WriteMixin
from reviews import rules
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import holds_on, sentences_for

SIGNED = "You have signed it off already, or your side has."


class ReleasesMixin(DocumentsMixin):
    """Everybody in the review has the register; which sets stand there is another question."""

    def is_allowed(self):
        return rules.can_read_releases(self.access, self.review)

    def releases(self):
        rows = Release.objects.visible_to(self.request.user).filter(review=self.review)
        return rows.for_display(self.request.user)

    def tell_of_reading(self, target=None, **data):
        record(
            EventType.RELEASES_READ,
            by=self.request.user,
            review=self.review,
            target=target,
            **data,
        )


class ReleaseListView(ReleasesMixin, TemplateView):
    template_name = "reports/release/list.html"

    def get_context_data(self, **kwargs):
        found = list(self.releases())
        self.tell_of_reading(rows=len(found))
        return super().get_context_data(**kwargs) | {
            "releases": found,
            "today": timezone.localdate(),
        }


class ReleaseProposeView(WriteMixin, ReleasesMixin, FormView):
    form_class = ProposeForm
    template_name = "reports/release/propose.html"
    heading, button = "Propose a set for release", "Propose it"
    intro = (
        "The set holds the files as they are. The chair and the partnership sign them off, then it can be "
        "published once the cooling-off is over."
    )
    done = "The set waits to be signed off."
    nothing = (
        "There is no final, anonymised version of a document yet, so that no set can be proposed. Open the document, "
        "then “Versions and files”, and make one."
    )

    def get(self, request, *args, **kwargs):
        if not self.renderings().exists():
            messages.error(request, self.nothing)
            return redirect(self.to("document-list"))
        return super().get(request, *args, **kwargs)

    def back(self):
        return self.to("release-list"), "Releases"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"renderings": self.renderings()}

    def renderings(self):
        rows = Rendering.objects.visible_to(self.request.user).filter(
            document__review=self.review,
            document__removed_at=None,
            variant=Variant.ANONYMISED,
            is_final=True,
            stored__isnull=False,
        )
        rows = rows.select_related("document").defer("values")
        return rows.order_by("document__number", "-number")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "scans": self._scans(context["form"]),
            "against": self._against(context["form"].fields["renderings"].queryset),
        }

    def _scans(self, form):
        """[(a file that was refused or chosen with one, where its hits are decided)]"""
        if not form.is_bound or "renderings" not in form.errors:
            return []
        chosen = set(form.data.getlist("renderings"))
        found = [(one, scan_of(one)) for one in self.renderings() if str(one.pk) in chosen]
        return [(called(one), scan.get_absolute_url()) for one, scan in found if scan]

    def _against(self, rows):
        """[(kind of document, what stands against calling it finished)]"""
        found = []
        for document in self.documents().filter(pk__in=rows.values("document")).order_by("number"):
            if said := against(document, self.request.user):
                found.append((document.get_kind_display(), said))
        return found + against_letters(self.review, self.request.user)

    def save(self, form):
        said = dict(form.cleaned_data)
        chosen = said.pop("renderings").select_related("document", "stored").defer("stored__body")
        return services.propose(
            self.review, renderings=list(chosen), by=self.request.user, **said
        ).get_absolute_url()


class ReleaseMixin(ReleasesMixin):
    def find(self):
        super().find()
        self.release = get_object_or_404(self.releases(), pk=self.kwargs["pk"])
        self.release.review = self.review

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"release": self.release}


class ReleaseDetailView(ReleaseMixin, TemplateView):
    template_name = "reports/release/detail.html"

    def get_context_data(self, **kwargs):
        one, user = self.release, self.request.user
        self.tell_of_reading(one, number=one.number)
        today = timezone.localdate()
        files = ReleasedFile.objects.visible_to(user).filter(release=one)
        return (
            super().get_context_data(**kwargs)
            | {
                "files": files.select_related("rendering__document").defer("rendering__values"),
                "publication": getattr(one, "publication", None),
                "today": today,
                "steps": self._steps(),
            }
            | (self._of_leaders(today) if self.writes else {})
        )

    def _steps(self):
        """[(name of the page, step, words)]"""
        how = {"is_held": bool(holds_on(self.review, Stops.PUBLICATION))}
        before = [] if self.review.has_ended else open_to(self.access, self.release, BEFORE, **how)
        after = open_to(self.access, self.release, AFTER, **how)
        return [("reports:release-step", *step) for step in before] + [
            ("reports:release-after", *step) for step in after
        ]

    def _of_leaders(self, today):
        one = self.release
        plan = one.plan.select_related("release").prefetch_related("marks__by")
        plan = plan.none() if one.state == Released.CALLED_OFF else plan
        files = {each.pk: each for each in one.files.all()}
        return {
            "plan": [(step, step.last_mark, step.is_open and step.due < today) for step in plan],
            "handed": [
                (each, [files[pk] for pk in each.files]) for each in one.handed.select_related("by")
            ],
            "moved": one.cooling_offs.select_related("by"),
            "moves_of_end": one.take_down_moves.select_related("by"),
            "held": self._held(today),
            "on_the_clock": other_day_on_the_clock(one),
        }

    def _held(self, today):
        """What stops it, while it could go out."""
        if self.release.state not in WAITING:
            return []
        return sentences_for(self.request.user, self.review, Stops.PUBLICATION, on=today)


class ReleaseFileView(ReleaseMixin, View):
    """Exactly what was released: the bytes that were kept."""

    def get(self, request, *args, **kwargs):
        rows = ReleasedFile.objects.visible_to(request.user).filter(release=self.release)
        rows = rows.select_related("rendering__document", "rendering__stored")
        rows = rows.defer("rendering__values", "rendering__stored__body")
        one = get_object_or_404(rows, pk=self.kwargs["file"])
        rendering = one.rendering
        rendering.document.review = self.review
        response = attachment_of(
            rendering.stored, name=file_name(rendering), media_type=MEDIA_TYPES[rendering.format]
        )
        record(
            EventType.FILE_DOWNLOADED,
            by=request.user,
            review=self.review,
            target=one,
            format=rendering.format,
            sha256=one.sha256,
        )
        return response


class StepView(WriteMixin, ReleaseMixin, FormView):
    """One thing to do with a set; which one its address says."""

    steps = BEFORE
    template_name = "reports/release/step.html"

    def find(self):
        super().find()
        self.step = self.steps.get(self.kwargs["step"])
        if self.step is None:
            raise Http404
        step = self.step
        self.heading, self.button, self.done = step.heading, step.button, step.done
        self.intro, self.tone = step.intro, step.tone

    def is_allowed(self):
        return self.step.allowed(self.access, self.review)

    def get(self, request, *args, **kwargs):
        if self.release.state not in self.step.states:
            said = self.release.get_state_display().lower()
            messages.info(request, f"This cannot be done now: {said}.")
            return redirect(self.release)
        if not self.step.waits(self.access, self.release):
            messages.info(request, SIGNED)
            return redirect(self.release)
        return super().get(request, *args, **kwargs)

    def back(self):
        return self.release.get_absolute_url(), str(self.release)

    def get_context_data(self, **kwargs):
        files = self.release.files.all() if self.step.shows_files else ()
        return super().get_context_data(**kwargs) | {
            "files": files,
            "left": self._left(),
            "against": self._against(),
        }

    def _against(self):
        """What whoever signs should have read of the versions that they sign."""
        if not self.step.signs:
            return []
        user = self.request.user
        rows = Rendering.objects.visible_to(user).filter(released__release=self.release)
        rows = rows.select_related("document__review").order_by("document__number", "number")
        return against_versions(rows, user) + against_letters(self.review, user)

    def _left(self):
        """Steps of the plan that nobody has done yet, before something is published for good."""
        if not self.step.shows_plan:
            return []
        plan = self.release.plan.select_related("release").prefetch_related("marks")
        return [one for one in plan if one.is_open]

    def get_form_class(self):
        return self.step.form

    def get_form_kwargs(self):
        return super().get_form_kwargs() | self.step.asked(self.release, self.request.user)

    def get_initial(self):
        chosen = {"step": self.request.GET["of"]} if "of" in self.request.GET else {}
        return self.step.begins(self.release) | chosen

    def as_it_is(self):
        return self.release.digest, ()

    def save(self, form):
        self.step.act(self.release, self.access, dict(form.cleaned_data))


class AfterView(StepView):
    """What goes on after the review has ended."""

    steps = AFTER
