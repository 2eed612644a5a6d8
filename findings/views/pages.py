"""What the pages of findings, lessons and counts have in common."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.urls import reverse
from django.utils.functional import cached_property

from audit.models import EventType
from audit.services import record
from findings.models import Finding, Lesson
from findings.services.locking import ChangedMeanwhile, TakenAway
from findings.terms import Terms
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.views import FormPageMixin, ReviewPageMixin

MEANWHILE = (
    "Somebody else has changed this since you opened it. What it says now stands above your words. "
    "Put the two together, then save"
)


class AnalysisMixin(ReviewPageMixin):
    """Pages for those who lead the analysis, and for the panel while it is shared."""

    def is_allowed(self):
        return rules.can_read_analysis(self.access, self.review)

    @property
    def leads(self):
        return rules.can_lead_analysis(self.access, self.review)

    @property
    def may_write(self):
        return self.leads and not self.review.has_ended

    @cached_property
    def terms(self):
        return Terms(self.review, self.request.user)

    def findings(self):
        rows = Finding.objects.visible_to(self.request.user).filter(review=self.review)
        return rows.live().for_display()

    def tell_of_reading(self, target=None, **data):
        record(
            EventType.FINDINGS_READ,
            by=self.request.user,
            review=self.review,
            target=target,
            **data,
        )

    def to(self, name, *more):
        return reverse(f"findings:{name}", args=[self.review.reference, *more])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "leads": self.leads,
            "may_write": self.may_write,
        }


class _OneMixin(AnalysisMixin):
    """Those who lead find what was taken away too, and why; nobody else does."""

    def find_one(self, model):
        rows = model.objects.visible_to(self.request.user).filter(review=self.review)
        if not self.leads:
            rows = rows.live()
        return get_object_or_404(rows.for_display(), number=self.kwargs["number"])


class FindingMixin(_OneMixin):
    def find(self):
        super().find()
        self.finding = self.find_one(Finding)
        self.finding.review = self.review

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"finding": self.finding}


class LessonMixin(_OneMixin):
    def find(self):
        super().find()
        self.lesson = self.find_one(Lesson)
        self.lesson.review = self.review

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"lesson": self.lesson}


class LeadMixin(KeepsWordsMixin, FormPageMixin):
    """A form of those who lead; stands before the mixin of what it is about, and FormView last.

    A view says its `heading`, `button` and `done`, `back()`, and in `save` what it does with the form.
    `save` may return where to go. Where that is a place within a page, `done` is tagged with its id, so that
    the page can say it there too: the top of it is out of sight.
    """

    template_name = "findings/form.html"
    heading, button, intro, done, tone = "", "Save", "", "Saved.", ""
    theirs = ()  # (label, words) of what somebody else said meanwhile

    def is_allowed(self):
        return rules.can_lead_analysis(self.access, self.review)

    def back(self):
        """(where to, in which words)"""
        raise NotImplementedError

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except TakenAway:
            messages.info(request, "Somebody has taken this away meanwhile.")
            return redirect(self.after_it_is_gone())

    def after_it_is_gone(self):
        return self.to("finding-list")

    def form_valid(self, form):
        try:
            where = self.save(form)
        except ChangedMeanwhile:
            return self.meanwhile(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        where = resolve_url(where or self.back()[0])
        messages.success(self.request, self.done, extra_tags=urlsplit(where).fragment)
        return redirect(where)

    def as_it_is(self):
        """(what a second press compares with, (label, words) of what it says now)"""
        raise NotImplementedError

    def meanwhile(self, form):
        """Both texts stand on the page, and the second press is a decision."""
        seen, self.theirs = self.as_it_is()
        form.data = form.data.copy()
        form.data["seen"] = str(seen)
        form.add_error(None, MEANWHILE)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs):
        back_url, back_text = self.back()
        return super().get_context_data(**kwargs) | {
            "heading": self.heading,
            "button": self.button,
            "intro": self.intro,
            "tone": self.tone,
            "theirs": self.theirs,
            "back_url": back_url,
            "back_text": back_text,
        }
