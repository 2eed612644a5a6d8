"""The one mixin of every form in which people write at length."""

from contextlib import suppress

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import cached_property

from reviews.drafts import services
from reviews.drafts.models import Draft

_UNSAVED = "Somebody changed this since you typed it. Compare before you save."


class KeepsWordsMixin:
    """Stands before the other mixins of a form page inside a review.

    The form's template includes reviews/drafts/_kept.html inside its <form>. The page's own address
    takes the words (`_draft=keep`) and throws them away (`_draft=drop`), so that whoever may not send
    the form can keep nothing there either; `?_draft=use` shows the form with the words in it.
    """

    words_stay = False  # a view says so where what was sent was not saved after all
    kept_template = "reviews/drafts/_state.html"

    @cached_property
    def draft(self):
        mine = Draft.objects.visible_to(self.request.user)
        return mine.filter(page=self.request.path).first()

    @property
    def uses_draft(self):
        asked = self.request.GET.get(services.ASKED) == "use"
        return self.request.method == "GET" and asked and self.draft is not None

    def post(self, request, *args, **kwargs):
        asked = request.POST.get(services.ASKED)
        if asked == "keep":
            return self.keep_words()
        if asked == "drop":
            services.drop(request.user, request.path)
            messages.info(request, "What you had typed before is thrown away.")
            return redirect(request.path)
        response = super().post(request, *args, **kwargs)
        if self.words_stay:
            with suppress(services.TooLong):
                services.keep(
                    request.user, self.review, request.path, services.words_of(request.POST)
                )
        elif response.status_code < 400:
            services.drop(request.user, request.path)
        return response

    def keep_words(self):
        try:
            draft = services.keep(
                self.request.user,
                self.review,
                self.request.path,
                services.words_of(self.request.POST),
            )
        except services.TooLong:
            draft = None
        return render(self.request, self.kept_template, {"draft": draft} | self.beside_kept())

    def beside_kept(self):
        """What is said beside it of words that are still being typed; `kept_template` shows it."""
        return {}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if not self.uses_draft:
            return form
        data = QueryDict(mutable=True)
        for name, values in self.draft.fields.items():
            data.setlist(name, values)
        for hidden in form.hidden_fields():  # a key, or the version that it is compared with
            kept, now = data.get(hidden.html_name), hidden.value()
            if kept and getattr(hidden.field, "stays_with_words", False):
                continue
            if kept is not None and kept != str(now):
                self.changed_since = _UNSAVED
            data[hidden.html_name] = "" if now is None else str(now)
        again = type(form)(**self.get_form_kwargs() | {"data": data})
        again._errors = {}  # the words as they were, without a complaint before they are sent
        return again

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        path, user = self.request.path, self.request.user
        return context | {
            "draft_of": services.token_for(user, self.review, path),
            "unsaved": self.draft if self.request.method == "GET" else None,
            "unsaved_used": self.uses_draft,
            "unsaved_changed": getattr(self, "changed_since", ""),
        }
