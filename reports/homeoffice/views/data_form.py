"""The data form: every field with its value and where it is from, filled in part by part."""

from django.http import Http404
from django.views.generic import FormView, TemplateView

from reports.homeoffice import services
from reports.homeoffice.form import form_of, unknown_in
from reports.homeoffice.forms import DataForm
from reports.homeoffice.views.pages import OfficeMixin, OfficeWriteMixin


class DataFormView(OfficeMixin, TemplateView):
    """Every field with its value and where it is from, for those who fill it in."""

    template_name = "reports/homeoffice/data_form.html"

    def is_allowed(self):
        return self.writes

    def get_context_data(self, **kwargs):
        parts = form_of(self.review)
        unknown, fields = unknown_in(parts)
        self.tell_of_reading(rows=fields)
        return super().get_context_data(**kwargs) | {
            "parts": parts,
            "unknown": unknown,
            "fields": fields,
        }


class DataFormChangeView(OfficeWriteMixin, FormView):
    form_class = DataForm
    button, done = "Save", "The data form is saved."
    intro = "What you leave as it is stays as it is. Every change is kept with its reason."

    def find(self):
        super().find()
        self.part = self.find_part() if self.is_allowed() else None

    def find_part(self):
        parts = form_of(self.review)
        found = next((one for one in parts if one.code == self.kwargs["part_code"]), None)
        if found is None:
            raise Http404
        return found

    @property
    def heading(self):
        return self.part.heading

    def back(self):
        return self.to("data-form"), "Data form"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"part": self.part}

    def get_initial(self):
        return {"seen": services.newest_answer(self.review)}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.uses_draft:
            form.follow(self.part, self.draft.fields.get("shown", [""])[0])
        return form

    def meanwhile(self, form):
        self.seen = services.newest_answer(self.review)  # first: never newer than what is shown
        self.part = self.find_part()
        form.follow(self.part, form.data["shown"])
        return super().meanwhile(form)

    def as_it_is(self):
        theirs = ((one.field.label, one.value) for one in self.part.lines if one.answer)
        return self.seen, tuple(theirs)

    def save(self, form):
        said = form.cleaned_data
        services.answer_form(
            self.review,
            form.values,
            why=said["why"],
            seen=said["seen"],
            by=self.request.user,
            key=said["key"],
        )
