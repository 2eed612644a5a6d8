"""What a paragraph rests on: looked for, ticked, cited; and cited no longer."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import FormView

from foundations.gov.forms import GovForm
from reports.citable import KINDS
from reports.forms import CiteForm
from reports.models import Citation
from reports.references import in_words
from reports.services import citing
from reports.views.pages import WriteInParagraphMixin

PAGE = 30


class CiteView(WriteInParagraphMixin, FormView):
    """Look for it, tick what fits. The filter is a plain question in the address."""

    form_class = CiteForm
    template_name = "reports/cite.html"
    button = "Cite what is ticked"

    def find(self):
        super().find()
        if self.kwargs["source"] not in KINDS:
            raise Http404
        self.kind = KINDS[self.kwargs["source"]]

    @property
    def heading(self):
        return f"What {self.called[0].lower()}{self.called[1:]} rests on"

    def get_form_kwargs(self):
        user = self.request.user
        self.filter, rows = self.kind.look(self.review, user, self.request.GET)
        cited = self.paragraph.citations.live().exclude(**{self.kind.source: None})
        rows = rows.exclude(pk__in=cited.values(self.kind.source))
        self.page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        offered = {row.pk for row in self.page.object_list}
        chosen = {one for one in self.request.POST.getlist("chosen") if one.isdecimal()}
        chosen = {int(one) for one in chosen if len(one) < 18}
        if chosen - offered:  # another page, or other filters, since
            _, rows = self.kind.look(self.review, user, {})
        wanted = rows.filter(pk__in=offered | chosen)
        return super().get_form_kwargs() | {"rows": wanted, "named": self.kind.named}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.request.method == "GET":
            rows = len(self.page.object_list)
            self.tell_of_reading(self.paragraph, number=self.document.number, rows=rows)
        return context | {
            "filter": self.filter,
            "page_obj": self.page,
            "kind": self.kind,
            "kinds": KINDS.values(),
            "words": in_words(self.paragraph.text, self.outline),
        }

    def save(self, form):
        chosen = list(form.cleaned_data["chosen"])
        n = len(citing.cite(self.paragraph, chosen, by=self.request.user))
        self.done = f"{n} {'citation' if n == 1 else 'citations'} added."
        return self.request.get_full_path() if "more" in self.request.POST else None


class UnciteView(WriteInParagraphMixin, FormView):
    form_class = GovForm
    heading, button, tone = "Cite it no longer", "Take the citation away", "warning"
    done = "The citation was taken away."

    def find(self):
        super().find()
        rows = Citation.objects.visible_to(self.request.user).live()
        rows = rows.filter(paragraph=self.paragraph).for_display()
        self.citation = get_object_or_404(rows, pk=self.kwargs["citation"])

    @property
    def intro(self):
        return f"{self.called} would rest on it no longer. What it says stays as it is."

    def after_it_is_gone(self):
        return self.back()[0]

    def save(self, form):
        citing.uncite(self.citation, by=self.request.user)
