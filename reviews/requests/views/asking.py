"""Asking and reminding agencies, each with every message to be looked at first."""

import hashlib
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.views.generic import FormView

from reviews.models import Participation
from reviews.requests import emails
from reviews.requests.forms import AskForm, ChaseForm
from reviews.requests.models import Request
from reviews.requests.plan import plan_of
from reviews.requests.queries import people_of_each
from reviews.requests.services.asking import ask_agencies, owing
from reviews.requests.services.chasing import chase
from reviews.requests.views.pages import LeadRequestsMixin
from reviews.terms.queries import newest_texts
from reviews.wording.blocks import blocks_of


@dataclass(frozen=True)
class Asked:
    """An agency in the preview, with the messages that its people get."""

    part: Participation
    owes: bool  # the same already, so that it is left out
    mails: list


def agencies(number):
    return f"{number} {'agency' if number == 1 else 'agencies'}"


class RequestAskView(LeadRequestsMixin, FormView):
    form_class = AskForm
    template_name = "reviews/requests/ask.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"parts": self.parts()}

    def get_initial(self):
        """A term that agencies left open leads here with it, and with them."""
        asked = self.request.GET
        kind = asked.get("kind", "")
        self.plan = plan_of(self.review, self.today)
        initial = {"participations": self.chosen(asked.getlist("part")), "what": self.term()}
        if kind in Request.Kind.values:
            initial |= {"kind": kind, "due": self.plan.days.get(kind)}
        return initial

    def chosen(self, parts):
        """Those of the address that can be asked."""
        return [part.pk for part in self.parts() if str(part.pk) in parts]

    def term(self):
        """The words of the term of the address, as they were issued."""
        asked = self.request.GET.get("term", "")
        texts = newest_texts(self.review, self.request.user) if asked else ()
        found = [one for one in texts if str(one.term_id) == asked and not one.is_left_out]
        return f"{found[0].name}: {found[0].text}" if found else ""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"plan": self.plan, "nobody_takes_part": not self.parts().exists()}

    def form_valid(self, form):
        if form.cleaned_data["due"] < self.today:
            form.add_error("due", "The day must be today or later")
            return self.form_invalid(form)
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        preview = self.preview(form.asking)
        shown = digest_of(preview)
        if "send" not in self.request.POST or form.cleaned_data["shown"] != shown:
            return self.look_first(form, preview, shown)
        try:
            asked = ask_agencies(self.review, by=self.request.user, **form.asking)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, f"{agencies(len(asked))} asked.{self.not_told(asked)}")
        return redirect("reviews:request-board", self.review.reference)

    def not_told(self, asked):
        """Who has nobody to write to, once more when it is done."""
        people = people_of_each([request.participation_id for request in asked])
        silent = [one for one in asked if not people.get(one.participation_id)]
        if not silent:
            return ""
        whom = "it" if len(asked) == 1 else f"{len(silent)} of them"
        return f" Nobody of {whom} can answer yet, so no message went there."

    def preview(self, asking):
        parts = list(asking["participations"])
        people = people_of_each(parts)
        owe = owing(self.review, asking["kind"])
        return [
            Asked(
                part=part,
                owes=part.pk in owe,
                mails=[
                    emails.asking(user, uuid.uuid5(asking["key"], str(part.pk)))
                    for user in people.get(part.pk, [])
                ],
            )
            for part in parts
        ]

    def look_first(self, form, preview, shown):
        sent = [
            (name, value)
            for name, values in self.request.POST.lists()
            for value in values
            if name not in {"csrfmiddlewaretoken", "send", "shown"}
        ]
        self.template_name = "reviews/requests/ask_preview.html"
        return self.render_to_response(
            self.get_context_data(form=form)
            | {
                "preview": preview,
                "asked": [one for one in preview if not one.owes],
                "owing": [one for one in preview if one.owes],
                "mails": sum(len(one.mails) for one in preview if not one.owes),
                "again": "send" in self.request.POST,
                "sent": [*sent, ("shown", shown)],
                "kind": Request.Kind(form.cleaned_data["kind"]).label,
                "what": blocks_of(form.cleaned_data["what"]),
                "why": blocks_of(form.cleaned_data["why"]),
                "due": form.cleaned_data["due"],
            }
        )


def digest_of(preview):
    """Of what was looked at, so that nothing else is sent: people come and go meanwhile."""
    words = repr([(one.part.pk, one.owes, one.mails) for one in preview])
    return hashlib.sha256(words.encode()).hexdigest()


class RequestChaseView(LeadRequestsMixin, FormView):
    """All that are late, or the one that the address names."""

    form_class = ChaseForm
    template_name = "reviews/requests/chase.html"

    def chosen(self):
        named = self.request.POST.getlist("request") or self.request.GET.getlist("request")
        if not named:
            return self.requests().late(on=self.today)
        if not all(number.isdecimal() and len(number) < 18 for number in named):
            raise Http404
        return self.requests().open().filter(pk__in=named)

    def get_context_data(self, **kwargs):
        chosen = list(self.chosen())
        people = people_of_each([request.participation_id for request in chosen])
        return super().get_context_data(**kwargs) | {
            "chosen": chosen,
            "nobody": [one for one in chosen if not people.get(one.participation_id)],
            "mails": [message for _, message in emails.chasing(chosen)],
            "today": self.today,
        }

    def form_valid(self, form):
        named = self.request.POST.getlist("request")
        chased = chase(self.chosen(), by=self.request.user, **form.cleaned_data) if named else []
        if chased:
            messages.success(self.request, f"Reminded about {len(chased)} of {len(named)}.")
        else:
            messages.info(self.request, "Nobody had to be reminded any more.")
        return redirect("reviews:request-board", self.review.reference)
