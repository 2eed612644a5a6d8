"""What the leaders do about a mismatch: judge it, and ask one of its agencies."""

import hashlib

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.views.generic import FormView

from chronologies.mismatches.drafting import draft
from chronologies.mismatches.forms import AskForm, JudgeForm
from chronologies.mismatches.models import Verdict
from chronologies.mismatches.quoting import names_in
from chronologies.mismatches.services import asking, judging
from chronologies.mismatches.views.pages import JudgingMixin, MismatchMixin
from chronologies.models import Entry
from reviews.drafts.pages import KeepsWordsMixin
from reviews.views import FormPageMixin
from reviews.wording.blocks import blocks_of


class MismatchJudgeView(KeepsWordsMixin, JudgingMixin, FormPageMixin, FormView):
    """The same page as the mismatch's own, where what was judged is shown with what is wrong."""

    form_class = JudgeForm
    template_name = "chronologies/mismatches/mismatch_detail.html"

    def is_allowed(self):
        return self.leads

    def get(self, request, *args, **kwargs):
        if not self.verdicts():
            return redirect(self.mismatch)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading()
        return super().get_context_data(**kwargs)

    def get_form_kwargs(self):
        """What is sent is asked of the service, which knows the second click of one form."""
        sent = self.request.method == "POST"
        return super().get_form_kwargs() | {"verdicts": list(Verdict) if sent else self.verdicts()}

    def form_invalid(self, form):
        form.offer(self.verdicts())
        return super().form_invalid(form)

    def form_valid(self, form):
        seen = self.request.POST.get("seen", "")
        try:
            made = judging.judge(
                self.mismatch, by=self.request.user, seen=seen, **form.cleaned_data
            )
        except ValidationError as refusal:
            self.find()  # as it is now
            return self.refuse(form, refusal)
        is_first = not self.mismatch.judgements.filter(pk__lt=made.pk).exists()
        before = "" if is_first else " What was decided before stays in its history."
        messages.success(self.request, f"Judged.{before}")
        return redirect(self.mismatch)


class MismatchQueryView(KeepsWordsMixin, MismatchMixin, FormPageMixin, FormView):
    """A query to one agency. Nothing is raised but the words that the page has shown before."""

    form_class = AskForm
    template_name = "chronologies/mismatches/mismatch_query.html"
    previewed = None

    def find(self):
        super().find()
        parts = {part.participation_id: part.participation for part in self.mismatch.parts.all()}
        self.part = parts.get(self.kwargs["part"])
        if self.part is None or self.part.is_lead_only:
            raise Http404
        self.part.review = self.review

    def is_allowed(self):
        return self.leads

    def get(self, request, *args, **kwargs):
        return self.gone() or super().get(request, *args, **kwargs)

    def gone(self):
        if self.mismatch.gone_at is None:
            return None
        messages.info(self.request, "The entries no longer show this: there is nothing to ask.")
        return redirect(self.mismatch)

    def others(self):
        """The entries of other agencies, and of the review team, that it rests on."""
        links = [link.entry_id for link in self.mismatch.entry_links.all()]
        rows = Entry.objects.visible_to(self.request.user).live().filter(pk__in=links)
        return rows.exclude(participation=self.part).for_display().order_by("pk")

    def get_form_kwargs(self):
        mine = {"others": self.others(), "explanation": self.mismatch.explanation}
        return super().get_form_kwargs() | mine

    def get_initial(self):
        own, nearest = asking.own_entries(self.mismatch, self.part)
        return {"text": draft(self.mismatch, own=own, nearest=nearest)}

    def form_valid(self, form):
        """First shown as the agency will read it; then raised, if it is still the same."""
        data, how = form.cleaned_data, self.request.POST.get("how", "")
        sign = self.sign_of(form)
        if how not in {"raise", "send"} or self.request.POST.get("previewed") != sign:
            self.words_stay = True
            self.previewed = sign
            return self.render_to_response(self.get_context_data(form=form))
        if how == "send" and not data["due"]:
            form.add_error("due", "Enter the day for the answer")
            return self.form_invalid(form)
        try:
            query = asking.ask(
                self.mismatch,
                self.part,
                text=form.composed,
                due=data["due"] if how == "send" else None,
                quoted=len(form.quoted),
                by=self.request.user,
                key=data["key"],
            )
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, self.done(query))
        return redirect(self.mismatch)

    def done(self, query):
        if query.was_sent:
            return f"Query {query.number} sent. {self.part.agency} has a message."
        return (
            f"Query {query.number} raised. {self.part.agency} knows nothing of it until it is sent."
        )

    def sign_of(self, form):
        """Of all that the agency would read: an entry may change between two looks at it."""
        said = f"{self.part.pk}\n{form.composed}\n{form.cleaned_data['due']}"
        return hashlib.sha256(said.encode()).hexdigest()

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading()
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {
            "part": self.part,
            "own": asking.own_entries(self.mismatch, self.part)[0],
            "passage": asking.own_passage(self.mismatch, self.part),
            "previewed": self.previewed,
            "preview": blocks_of(form.composed) if self.previewed else (),
            "quoted": form.quoted if self.previewed else (),
            "named": names_in(form.quoted, self.part) if self.previewed else (),
            "due": form.cleaned_data["due"] if self.previewed else None,
        }
