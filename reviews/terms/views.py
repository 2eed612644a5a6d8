from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, ListView, TemplateView

from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.forms import ConfirmForm
from reviews.models import Participation
from reviews.terms import services
from reviews.terms.difference import difference, texts_of
from reviews.terms.forms import CompareForm, FrameForm, IssueForm, TermAddForm, TermChangeForm
from reviews.terms.models import TermsIssue, TermsReading, TermsVersion, TermText
from reviews.terms.queries import places_of, reader_in
from reviews.views import FormPageMixin, ReviewPageMixin
from reviews.wording.blocks import blocks_of

_MEANWHILE = (
    "Somebody has changed this meanwhile. Copy your words, open the page again and compare them"
)
_ISSUED = "This version was issued meanwhile. What is to be different goes into the next version."


class SeeTermsMixin(ReviewPageMixin):
    """Pages for whoever the terms are written by or for; which versions is up to visible_to."""

    def is_allowed(self):
        return rules.can_see_terms(self.access, self.review)

    def versions(self):
        rows = TermsVersion.objects.visible_to(self.request.user)
        return rows.filter(review=self.review).for_display()

    def find_version(self):
        return get_object_or_404(self.versions(), number=self.kwargs["number"])

    @property
    def may_write(self):
        return rules.can_write_terms(self.access, self.review)

    def places(self, version):
        """Where this person reads a version that was issued there: parts, and None for the panel."""
        issues = TermsIssue.objects.visible_to(self.request.user).filter(version=version)
        mine = self.access.parts_with("read_own_terms")
        on_panel = rules.can_read_issued_terms(self.access, self.review)
        return [
            issue.participation
            for issue in issues.select_related("participation__agency")
            if (issue.participation_id in mine if issue.participation_id else on_panel)
        ]

    def tell_of_reading(self, **data):
        record(EventType.TERMS_READ, by=self.request.user, review=self.review, **data)


class TermsView(SeeTermsMixin, ListView):
    """Every version that this person may see, newest first, and what they must look at again."""

    template_name = "reviews/terms/terms.html"
    paginate_by = 50

    def get_queryset(self):
        return self.versions()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        newest = self.versions().issued().first()
        return context | {
            "may_write": self.may_write,
            "draft": self.versions().filter(issued_at=None).first() if self.may_write else None,
            "newest": newest,
            "readers": [
                reader_in(self.review, self.request.user, part) for part in self.places(newest)
            ]
            if newest
            else [],
            "may_compare": context["paginator"].count > 1,
        }


class TermsVersionView(SeeTermsMixin, TemplateView):
    template_name = "reviews/terms/terms_version.html"

    def find(self):
        super().find()
        if self.is_allowed():
            self.version = self.find_version()

    def get_context_data(self, **kwargs):
        version, places = self.version, self.places(self.version)
        texts = texts_of([version])[version.pk]
        self.tell_of_reading(version=version.number)
        return super().get_context_data(**kwargs) | {
            "version": version,
            "previous": self.versions().filter(number__lt=version.number).first(),
            "purposes": blocks_of(version.purposes),
            "terms": [text for text in texts if text.term.kind == "term"],
            "lines": [text for text in texts if text.term.kind == "line"],
            "may_write": self.may_write,
            "may_change": self.may_write and version.is_draft,
            "issues": self._issues(),
            "readings": self._readings(places),
            "may_confirm": bool(self._unread(places)),
        }

    def _issues(self):
        issues = TermsIssue.objects.visible_to(self.request.user).filter(version=self.version)
        return issues.select_related("participation__agency") if self.may_write else []

    def _readings(self, places):
        """One's own, and those of colleagues in the same place."""
        rows = TermsReading.objects.visible_to(self.request.user).filter(version=self.version)
        shown = [part.pk if part else None for part in places]
        return [
            reading
            for reading in rows.select_related("read_by", "participation__agency")
            if reading.participation_id in shown
        ]

    def _unread(self, places):
        rows = TermsReading.objects.visible_to(self.request.user)
        mine = rows.filter(version=self.version, read_by=self.request.user)
        read = set(mine.values_list("participation", flat=True))
        return [part for part in places if (part.pk if part else None) not in read]


class TermsConfirmView(TermsVersionView):
    """One click on the page of the version, and nothing to fill in."""

    http_method_names = ["post"]

    def is_allowed(self):
        return super().is_allowed() and not self.may_write

    def post(self, request, *args, **kwargs):
        places = self.places(self.version)
        if not places:
            raise Http404
        for part in places:
            services.confirm_reading(self.version, participation=part, by=request.user)
        messages.success(request, "Thank you. It is noted that you have read this version.")
        return redirect(self.version)


class TermsCompareView(SeeTermsMixin, TemplateView):
    template_name = "reviews/terms/terms_compare.html"

    def get_context_data(self, **kwargs):
        versions = self.versions()
        numbers = list(versions.values_list("number", flat=True)[:2])
        chosen = self.request.GET or dict(zip(("later", "earlier"), numbers, strict=False))
        form = CompareForm(chosen, versions=versions)
        context = super().get_context_data(**kwargs) | {"form": form}
        if len(numbers) < 2 or not form.is_valid():
            return context
        before, after = form.in_order
        self.tell_of_reading(version=after.number, before=before.number)
        return context | {
            "before": before,
            "after": after,
            "difference": difference(before, after),
        }


# --- Writing, by the leaders --------------------------------------------------------------------


class WriteTermsMixin(SeeTermsMixin, FormPageMixin):
    def is_allowed(self):
        return self.may_write

    def meanwhile(self, form):
        form.add_error(None, _MEANWHILE)
        return self.form_invalid(form)

    def settled(self):
        messages.info(self.request, _ISSUED)
        return redirect("reviews:terms", self.review.reference)


class DraftMixin(WriteTermsMixin):
    """A page that changes a draft; an issued version is changed by nobody, so it has none."""

    def find(self):
        super().find()
        if self.is_allowed():
            self.version = self.find_version()

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except services.NotADraft:
            return self.settled()

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.version.is_draft else self.settled()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"version": self.version}


class TermsBeginView(WriteTermsMixin, FormView):
    form_class = ConfirmForm
    template_name = "reviews/terms/terms_begin.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"last": self.versions().first()}

    def form_valid(self, form):
        version = services.begin_version(self.review, by=self.request.user, on=timezone.localdate())
        messages.success(self.request, f"Version {version.number} begun. Nobody else sees a draft.")
        return redirect(version)


class TermsChangeView(KeepsWordsMixin, DraftMixin, FormView):
    form_class = FrameForm
    template_name = "reviews/terms/terms_change.html"

    def get_initial(self):
        names = ("purposes", "scope_from", "scope_to", "scope_reason", "why")
        return {name: getattr(self.version, name) for name in names} | {
            "seen": self.version.changes
        }

    def form_valid(self, form):
        try:
            services.change_frame(self.version, by=self.request.user, **form.cleaned_data)
        except services.ChangedMeanwhile:
            return self.meanwhile(form)
        messages.success(self.request, "Draft saved.")
        return redirect(self.version)


class TermAddView(KeepsWordsMixin, DraftMixin, FormView):
    form_class = TermAddForm
    template_name = "reviews/terms/term_add.html"

    def form_valid(self, form):
        try:
            services.add_term(self.version, by=self.request.user, **form.cleaned_data)
        except (ValidationError, IntegrityError):  # the key of another review's form
            raise Http404 from None
        messages.success(self.request, "Added.")
        if "another" in self.request.POST:
            return redirect("reviews:term-add", self.review.reference, self.version.number)
        return redirect(self.version)


class TermMixin(DraftMixin):
    def find(self):
        super().find()
        if self.is_allowed():
            texts = texts_of([self.version])[self.version.pk]
            self.words = next((text for text in texts if text.pk == self.kwargs["pk"]), None)
            if self.words is None:
                raise Http404

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"words": self.words}


class TermChangeView(KeepsWordsMixin, TermMixin, FormView):
    form_class = TermChangeForm
    template_name = "reviews/terms/term_change.html"

    def get_initial(self):
        return {
            "text": self.words.text,
            "number": self.words.number,
            "seen": self.words.changes,
        }

    def form_valid(self, form):
        try:
            services.change_term(self.words, by=self.request.user, **form.cleaned_data)
        except services.ChangedMeanwhile:
            return self.meanwhile(form)
        except TermText.DoesNotExist:
            raise Http404 from None
        messages.success(self.request, "Saved.")
        return redirect(self.version)


class TermWithdrawView(TermMixin, FormView):
    form_class = ConfirmForm
    template_name = "reviews/terms/term_withdraw.html"

    def form_valid(self, form):
        services.withdraw_term(self.words, by=self.request.user)
        messages.success(self.request, "Taken out of the draft.")
        return redirect(self.version)


# --- Issuing ------------------------------------------------------------------------------------


class TermsIssueView(WriteTermsMixin, FormView):
    form_class = IssueForm
    template_name = "reviews/terms/terms_issue.html"

    def find(self):
        super().find()
        if self.is_allowed():
            self.version = self.find_version()
            rows = TermsIssue.objects.visible_to(self.request.user)
            went = rows.filter(version=self.version).values_list("participation", flat=True)
            self.went_to = set(went)

    def get_form_kwargs(self):
        parts = Participation.objects.visible_to(self.request.user).contributing()
        to_whom = parts.filter(review=self.review).exclude(pk__in=self.went_to - {None})
        return super().get_form_kwargs() | {
            "parts": to_whom.for_display(),
            "to_panel": None not in self.went_to,
        }

    def get_initial(self):
        """Whoever had a version before is proposed for the next."""
        rows = TermsIssue.objects.visible_to(self.request.user)
        had = set(rows.filter(version__review=self.review).values_list("participation", flat=True))
        return {"participations": [pk for pk in had if pk], "panel": not had or None in had}

    def get_context_data(self, **kwargs):
        is_draft = self.version.is_draft
        return super().get_context_data(**kwargs) | {
            "version": self.version,
            "missing": services.what_is_missing(self.version) if is_draft else "",
        }

    def form_valid(self, form):
        try:
            services.issue(self.version, by=self.request.user, **form.cleaned_data)
        except services.NotReady as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(
            self.request, f"Version {self.version.number} issued. It can no longer be changed."
        )
        return redirect("reviews:terms-readers", self.review.reference)


class TermsReadersView(WriteTermsMixin, TemplateView):
    """Who has read which version, and who must look again at which terms."""

    template_name = "reviews/terms/terms_readers.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "places": places_of(self.review, without=self.access.conflicts),
            "latest": self.versions().issued().first(),
        }
