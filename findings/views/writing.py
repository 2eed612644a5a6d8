"""The list of findings, one finding, and writing them."""

from django.core.paginator import Paginator
from django.views.generic import FormView, TemplateView

from findings.forms import FindingChangeForm, FindingForm, TakeAwayForm
from findings.models import Finding, FindingVersion
from findings.queries import KIND_COLOURS, evidence_of, history_of, lessons_on, lines_of
from findings.resting import are_used, resting_on
from findings.services import writing
from findings.views.pages import AnalysisMixin, FindingMixin, LeadMixin
from reviews import rules

PAGE = 50


class FindingListView(AnalysisMixin, TemplateView):
    """Under each term what was found; the terms in the order of the newest version."""

    template_name = "findings/finding_list.html"

    def get_context_data(self, **kwargs):
        terms = self.terms
        rows = sorted(
            self.findings(), key=lambda one: (terms.order.get(one.term_id, 999), one.number)
        )
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        lines = lines_of(page.object_list, terms, self.request.user)
        under = {one.term_id for one in rows}
        self.tell_of_reading(rows=len(lines))
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "lines": lines,
            "terms": terms,
            "nothing_under": [one for one in terms.current if one.term.pk not in under],
            "bare": Finding.objects.visible_to(self.request.user)
            .without_evidence()
            .filter(review=self.review)
            .count(),
        }


class FindingDetailView(FindingMixin, TemplateView):
    template_name = "findings/finding_detail.html"

    def get_context_data(self, **kwargs):
        finding, user = self.finding, self.request.user
        evidence, has_more = evidence_of(finding, user)
        told = {"rows": len(evidence), "number": finding.number}
        self.tell_of_reading(finding, **told)
        versions = FindingVersion.objects.visible_to(user).filter(finding=finding)
        return super().get_context_data(**kwargs) | {
            "term": self.terms.named.get(finding.term_id),
            "colour": KIND_COLOURS[finding.kind],
            "may_change_evidence": self.may_write and finding.is_live,
            "may_family": rules.can_keep_family_log(self.access, self.review),
            "evidence": evidence,
            "has_more": has_more,
            "lessons": lessons_on([finding], user).get(finding.pk, ()),
            "resting": resting_on("finding", [finding], user).get(finding.pk, ()),
            "history": list(history_of(finding, self.terms)) if versions.exists() else (),
        }


class _FindingFormMixin(LeadMixin):
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"terms": self.terms}


class FindingCreateView(_FindingFormMixin, AnalysisMixin, FormView):
    form_class = FindingForm
    heading, button = "Write a finding", "Save the finding"
    intro = "Then put the evidence under it: entries, headings of a report, minutes, what the family said."
    done = "Finding saved. Now put evidence under it."

    def back(self):
        return self.to("finding-list"), "Back to the findings"

    def get_initial(self):
        """A term of the list or grid leads here with it."""
        asked = self.request.GET.get("term", "")
        known = asked.isdecimal() and len(asked) < 19 and int(asked) in self.terms.named
        return {"term": asked} if known else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"no_terms": not self.terms.current}

    def save(self, form):
        finding = writing.make_finding(self.review, by=self.request.user, **form.cleaned_data)
        return finding.get_absolute_url()


class _OfFindingMixin(LeadMixin, FindingMixin):
    def back(self):
        return self.finding.get_absolute_url(), str(self.finding)


class FindingChangeView(_FindingFormMixin, _OfFindingMixin, FormView):
    form_class = FindingChangeForm
    heading, done = "Change the finding", "Saved. What it said before is kept with the reason."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"also": self.finding.term_id}

    def get_initial(self):
        one = self.finding
        return {"term": one.term_id, "kind": one.kind, "text": one.text, "seen": one.changes}

    def as_it_is(self):
        now = self.find_one(Finding)
        term = self.terms.named.get(now.term_id)
        return now.changes, (
            ("Under", term.title if term else ""),
            ("Kind", now.get_kind_display()),
            ("Finding", now.text),
        )

    def save(self, form):
        writing.change_finding(self.finding, by=self.request.user, **form.cleaned_data)


class FindingRemoveView(_OfFindingMixin, FormView):
    form_class = TakeAwayForm
    heading, button, tone = "Take the finding away", "Take away", "warning"
    intro = "It stays on record with its evidence and the reason, for those who lead the review."
    done = "The finding was taken away. It stays on record."
    template_name = "findings/finding_remove.html"

    def get_context_data(self, **kwargs):
        one, user = self.finding, self.request.user
        return super().get_context_data(**kwargs) | {
            "lessons": lessons_on([one], user).get(one.pk, ()),
            "used": are_used("finding", one, user),
        }

    def save(self, form):
        writing.take_away_finding(self.finding, by=self.request.user, **form.cleaned_data)
        return self.to("finding-list")
