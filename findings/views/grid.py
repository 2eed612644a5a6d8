"""The grid of terms by agencies, and one cell of it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import FormView, TemplateView

from chronologies.models import Entry
from findings.forms import HeadingsForm, JudgeForm
from findings.grid import Grid, parts_of
from findings.models import TermAnswer, TermPassage
from findings.services import terms as services
from findings.suggesting import suggested
from findings.views.evidence import passages_of
from findings.views.pages import AnalysisMixin, LeadMixin
from foundations.gov.forms import GovForm
from reviews.submissions.shown import shown

MOST = 200  # entries of one agency under one term on a page


class GridView(AnalysisMixin, TemplateView):
    template_name = "findings/grid.html"

    def get_context_data(self, **kwargs):
        grid = Grid(self.review, self.request.user, self.terms)
        self.tell_of_reading(rows=len(grid.rows))
        return super().get_context_data(**kwargs) | {"grid": grid, "terms": self.terms}


class CellMixin(AnalysisMixin):
    """One agency and one term of the newest version."""

    def find(self):
        super().find()
        if self.is_allowed():
            parts = parts_of(self.review, self.request.user)
            self.part = get_object_or_404(parts, pk=self.kwargs["part"])
            self.part.review = self.review
            self.term = self.terms.named.get(self.kwargs["term"])
            if self.term is None or not self.term.is_current:
                raise Http404

    def address(self, name="cell"):
        return self.to(name, self.term.term.pk, self.part.pk)

    def answers(self):
        rows = TermAnswer.objects.visible_to(self.request.user)
        rows = rows.filter(term=self.term.term, participation=self.part)
        return rows.select_related("by").order_by("-pk")

    def links(self):
        rows = TermPassage.objects.visible_to(self.request.user).live()
        rows = rows.filter(
            term=self.term.term,
            passage__file__submission__request__participation=self.part,
        )
        return rows.select_related("passage__file__submission__request__participation")

    def headings(self):
        """Of the newest versions, what is not tied to the term yet."""
        rows = passages_of(self.review, self.request.user)
        rows = rows.filter(file__submission__request__participation=self.part)
        return rows.exclude(pk__in=self.links().values("passage"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"term": self.term, "part": self.part}


class CellView(CellMixin, TemplateView):
    template_name = "findings/cell.html"

    def get_context_data(self, **kwargs):
        answers, user = list(self.answers()), self.request.user
        entries = (
            Entry.objects.visible_to(user)
            .live()
            .filter(
                participation=self.part,
                term_links__term=self.term.term,
                term_links__removed_at=None,
            )
        )
        entries = entries.in_time_order().for_display()
        links = list(self.links().order_by("passage__file", "passage__position"))
        runs = shown([link.passage for link in links])
        self.tell_of_reading(self.term.term, agency=self.part.agency.name)
        return super().get_context_data(**kwargs) | {
            "answers": answers,
            "answer": answers[0] if answers else None,
            "entries": entries[:MOST],
            "more_entries": max(entries.count() - MOST, 0),
            "passages": list(zip(links, runs, strict=True)),
            **(self.work(answers) if self.may_write else {}),
        }

    def work(self, answers):
        headings = list(self.headings())
        same_kind = [one for one in self.terms.current if one.is_line == self.term.is_line]
        found = suggested(self.term, len(same_kind), headings)
        rows = self.headings().filter(pk__in=[one.passage.pk for one in found])
        return {
            "judge_form": JudgeForm(initial=judged(answers[0] if answers else None)),
            "judge_url": self.address("cell-judge"),
            "tie_url": self.address("cell-tie"),
            "suggestions": found,
            "suggested_form": HeadingsForm(rows=rows),
            "has_headings": bool(headings),
        }


def judged(answer):
    if answer is None:
        return {"seen": 0}
    return {"verdict": answer.verdict, "note": answer.note, "seen": answer.pk}


class _CellFormMixin(LeadMixin, CellMixin):
    def back(self):
        return self.address(), f"{self.term.name}, {self.part.agency}"


class CellJudgeView(_CellFormMixin, FormView):
    form_class = JudgeForm
    template_name = "findings/cell_form.html"
    heading, done = "How far is the term answered?", "Saved."

    def get_initial(self):
        return judged(self.answers().first())

    def as_it_is(self):
        now = self.answers().first()
        if now is None:
            return 0, ()
        return now.pk, (("How far", now.get_verdict_display()), ("Note", now.note))

    def save(self, form):
        services.judge(self.term.term, self.part, by=self.request.user, **form.cleaned_data)


class CellTieView(_CellFormMixin, FormView):
    form_class = HeadingsForm
    template_name = "findings/cell_form.html"
    heading, button = "Headings of its report", "Tie to the term"
    done = "Tied to the term."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"rows": self.headings()}

    def save(self, form):
        chosen = list(form.cleaned_data["chosen"])
        services.tie(self.term.term, chosen, by=self.request.user)


class CellUntieView(_CellFormMixin, FormView):
    form_class = GovForm
    template_name = "findings/cell_form.html"
    heading, button, tone = "Untie the heading from the term", "Untie", "warning"
    done = "The heading no longer bears on the term."

    def find(self):
        super().find()
        if self.is_allowed():
            self.link = get_object_or_404(self.links(), pk=self.kwargs["pk"])

    def after_it_is_gone(self):
        return self.address()

    @property
    def intro(self):
        return f"“{self.link.passage.title}”, {self.link.passage.file.submission.title}."

    def save(self, form):
        services.untie(self.link, by=self.request.user)
