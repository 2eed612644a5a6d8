"""The paragraphs that an agency is asked about: chosen by those who write, and sent."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.views.generic import FormView

from reports.copies import rounds
from reports.copies.about import candidates, offered, seen_in
from reports.copies.forms import SendForm
from reports.models import ExtractLine, Paragraph
from reports.real_names import named_among
from reports.references import in_words
from reports.views.pages import DocumentMixin, WriteMixin
from reviews import rules
from reviews.models import Participation
from reviews.people.free_text import names_for
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import banner_for
from reviews.requests.queries import people_of

MEANWHILE = (
    "Somebody has changed the document since you opened this page. What it says now is shown: look at "
    "what you ticked, then send it"
)


class RoundSendView(WriteMixin, DocumentMixin, FormView):
    """An agency's paragraphs, chosen and sent; those that are about it are ticked already."""

    form_class = SendForm
    template_name = "reports/copies/round_send.html"
    button = "Send the extract"
    done = "Sent. Its people have a message that there is something to check."

    def find(self):
        super().find()
        rows = Participation.objects.visible_to(self.request.user).contributing()
        rows = rows.filter(review=self.review).select_related("agency")
        self.part = get_object_or_404(rows, pk=self.kwargs["part"])
        self.part.review = self.review

    @property
    def heading(self):
        return f"Ask {self.part.agency} whether it is accurate"

    def back(self):
        return self.to_here("remark-list"), "What was said of it"

    def get_form(self, form_class=None):
        self.found = candidates(self.outline, self.part)
        return super().get_form(form_class)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"choices": self._choices(), "named": self.named}

    @cached_property
    def named(self):
        return named_among(offered(self.found), names_for(self.access, self.review))

    def _choices(self):
        """Those that are about it first; what is another agency's is not offered."""
        found = [one for one in self.found if not one.is_of_others]
        return [
            (one.paragraph.pk, _named(one, self.outline, self.before.get(one.paragraph.pk)))
            for one in sorted(found, key=lambda one: not one.why)
        ]

    @cached_property
    def before(self):
        """{id of a paragraph: the ExtractLine in which this agency was asked about it last}"""
        rows = ExtractLine.objects.visible_to(self.request.user).filter(
            round__document=self.document,
            round__participation=self.part,
            round__withdrawn_at=None,
        )
        rows = rows.select_related("round", "version").order_by("round")
        return {one.paragraph_id: one for one in rows}

    def get_initial(self):
        chosen = [
            one.paragraph.pk
            for one in self.found
            if one.why and not _is_as_asked(one, self.before.get(one.paragraph.pk))
        ]
        return {"chosen": chosen, "seen": seen_in(self.found)}

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading(self.document, number=self.document.number)
        return super().get_context_data(**kwargs) | {
            "part": self.part,
            "named": self.named,
            "nobody": not people_of(self.part).exists(),
            "may_invite": rules.can_run_review(self.access, self.review),
            "kept_back": sum(one.is_of_others for one in self.found),
            "on_hold": banner_for(self.request.user, self.review, Stops.SHARING),
        }

    def meanwhile(self, form):
        """With what was typed, beside the texts as they are shown now."""
        form.data = form.data.copy()
        form.data["seen"] = seen_in(self.found)
        form.add_error("chosen", MEANWHILE)
        return self.form_invalid(form)

    def save(self, form):
        said = form.cleaned_data
        rows = Paragraph.objects.visible_to(self.request.user).filter(pk__in=said["chosen"])
        made = rounds.send_round(
            self.document,
            self.part,
            paragraphs=list(rows),
            due=said["due"],
            seen=said["seen"],
            meant=said.get("meant", ""),
            key=said["key"],
            by=self.request.user,
        )
        return made.get_absolute_url()


def _is_as_asked(one, before):
    """Whether they were asked about the words that stand there now."""
    return before is not None and before.version.text == one.paragraph.text


def _named(one, outline, before):
    where = one.number or f"In {one.placed.title}"
    text = in_words(one.paragraph.text, outline)
    said = f"{where}: {Truncator(text).words(25, truncate=' …')}"
    notes = [one.why] if one.why else []
    if one.others:
        notes.append(f"also about {', '.join(one.others)}")
    if before:
        how = "answered" if before.round.handed_in_at else "asked"
        more = "" if _is_as_asked(one, before) else ", and changed since"
        notes.append(f"{how} in extract {before.round.number}{more}")
    return f"{said} ({'; '.join(notes)})" if notes else said
