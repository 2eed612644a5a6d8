"""Of two who change the same, the second finds their own words in the form, beside what stands by now."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join

from actionplans.models import Recommendation
from reviews.drafts.pages import KeepsWordsMixin

CHANGED_FIRST = (
    "Somebody else changed this first. Your words are not saved: they stand in the form below, and "
    "above it what stands by now."
)
GONE = "Somebody else changed this first, so that it cannot be changed any more. It is shown as it is now."


class ShowsBothMixin(KeepsWordsMixin):
    """Stands where KeepsWordsMixin would. Whatever its form compares with is a hidden field of it."""

    def is_still_there(self):
        """Whether the page still takes changes: of its recommendation, unless it says of what."""
        rows = Recommendation.objects.visible_to(self.request.user).live()
        return rows.filter(pk=self.recommendation.pk).exists()

    def way_out(self):
        return self.recommendation

    def overtaken(self):
        self.words_stay = True
        if not self.is_still_there():
            messages.info(self.request, GONE)
            return redirect(self.way_out())
        messages.info(self.request, CHANGED_FIRST)
        return redirect(f"{self.request.path}?_draft=use")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"stands": stands(context["form"]) if self.uses_draft else []}


def stands(form):
    """[(label, what stands)] of each box in which something else was typed."""
    typed = set(form.changed_data)
    return [
        (box.label, format_html('<span class="app-verbatim">{}</span>', _words(box) or "Nothing"))
        for box in form.visible_fields()
        if box.name in typed and box.name in form.initial
    ]


def _words(box):
    value = box.initial
    if not (choices := getattr(box.field, "choices", None)):
        return str("" if value is None else value)
    labels = {str(key): label for key, label in choices}
    chosen = value if isinstance(value, (list, tuple)) else [value]
    named = ((labels[str(one)],) for one in chosen if one and str(one) in labels)
    return format_html_join(", ", "{}", named)
