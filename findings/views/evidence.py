"""Putting evidence under a finding: by looking for it, or from the page of the thing itself."""

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView

from chronologies.filtering import choose_entries, visible_entries
from chronologies.models import Entry
from findings import forms
from findings.models import Evidence
from findings.queries import ShownEvidence
from findings.services import evidence, writing
from findings.views.pages import AnalysisMixin, FindingMixin, LeadMixin
from foundations.gov.forms import GovForm
from reviews import rules
from reviews.family.models import ContactEntry
from reviews.meetings.models import Minutes
from reviews.submissions.models import Passage, Submission
from reviews.submissions.shown import shown
from reviews.wording.blocks import blocks_of

PAGE = 50


# --- What can be evidence, as one person may see it ---------------------------------------------


def passages_of(review, user):
    """Headings of the newest version of each report that was sent, with words under them."""
    sent = Submission.objects.visible_to(user).sent()
    newest = sent.filter(request=OuterRef("file__submission__request")).order_by("-number")
    return (
        Passage.objects.visible_to(user)
        .filter(
            file__submission__request__participation__review=review,
            file__submission=Subquery(newest.values("pk")[:1]),
            file__part="main",
            text__regex=r"\S",
        )
        .select_related("file__submission__request__participation__agency")
        .order_by("file__submission__request__participation__agency__name", "file", "position")
    )


def minutes_of(review, user):
    rows = Minutes.objects.visible_to(user).filter(meeting__review=review, sent_at__isnull=False)
    return rows.for_display().order_by("-meeting__starts_at", "-number")


def contacts_of(review, user):
    rows = ContactEntry.objects.visible_to(user).filter(correspondent__review=review)
    return rows.standing().select_related("correspondent").for_display()


# --- From the finding ---------------------------------------------------------------------------


class EvidenceAddView(LeadMixin, FindingMixin, FormView):
    """Look for it, tick what fits, add it at once. The filter is a plain question in the address."""

    form_class = forms.TickForm
    template_name = "findings/evidence_add.html"
    source, heading = "entry", "Put entries under the finding"
    named = staticmethod(forms.entry_named)
    none = "No entry fits. Change or clear the filters to see more."
    button = "Put what is ticked under the finding"

    def back(self):
        return self.finding.get_absolute_url(), str(self.finding)

    def looked_for(self):
        """(the filter, what it leaves)"""
        chosen = choose_entries(self.review, self.request.user, self.request.GET)
        return chosen.form, chosen.entries.merged_in_time().for_display()

    def get_form_kwargs(self):
        self.filter, rows = self.looked_for()
        there = self.finding.evidence.live().filter(**{f"{self.source}__isnull": False})
        rows = rows.exclude(pk__in=there.values(self.source))
        self.page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        offered = {row.pk for row in self.page.object_list}
        chosen = {one for one in self.request.POST.getlist("chosen") if one.isdecimal()}
        chosen = {int(one) for one in chosen if len(one) < 18}
        if chosen - offered:  # another page, or other filters, since
            rows = self.all_rows().filter(pk__in=offered | chosen)
        else:
            rows = rows.filter(pk__in=offered)
        return super().get_form_kwargs() | {"rows": rows, "named": self.named}

    def all_rows(self):
        rows = visible_entries(self.review, self.request.user)
        return rows.merged_in_time().for_display()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.request.method == "GET":
            self.tell_of_reading(self.finding, rows=len(self.page.object_list))
        return context | {
            "filter": self.filter,
            "page_obj": self.page,
            "none": self.none,
            "source": self.source,
            "may_family": rules.can_keep_family_log(self.access, self.review),
            "term": self.terms.named.get(self.finding.term_id),
        }

    def save(self, form):
        made = evidence.put_under(
            self.finding,
            list(form.cleaned_data["chosen"]),
            note=form.cleaned_data["note"],
            by=self.request.user,
        )
        n = len(made)
        self.done = f"{n} {'piece' if n == 1 else 'pieces'} of evidence put under the finding."
        return self.request.get_full_path() if "more" in self.request.POST else None


class PassageAddView(EvidenceAddView):
    source, heading = "passage", "Put headings of reports under the finding"
    named = staticmethod(forms.passage_named)
    none = "No heading fits. Only reports that were sent, and could be read, have headings here."

    def all_rows(self):
        return passages_of(self.review, self.request.user)

    def looked_for(self):
        rows = self.all_rows()
        parts = {
            row.file.submission.participation.pk: row.file.submission.participation.agency.name
            for row in rows.order_by("file_id").distinct("file_id")
        }
        form = forms.ReportFilterForm(self.request.GET, places=sorted(parts.items(), key=_by_name))
        if form.is_valid():
            if place := form.cleaned_data["place"]:
                rows = rows.filter(file__submission__request__participation=place)
            for word in form.cleaned_data["words"].split():
                rows = rows.filter(text__icontains=word) | rows.filter(heading__icontains=word)
        return form, rows


def _by_name(choice):
    return choice[1].casefold()


class MinutesAddView(EvidenceAddView):
    source, heading = "minutes", "Put minutes under the finding"
    named = staticmethod(forms.minutes_named)
    none = "No minutes fit. Only those that were sent to the panel can be evidence."

    def all_rows(self):
        return minutes_of(self.review, self.request.user)

    def looked_for(self):
        rows, form = self.all_rows(), forms.WordsForm(self.request.GET)
        if form.is_valid():
            for word in form.cleaned_data["words"].split():
                rows = rows.filter(text__icontains=word)
        return form, rows


class ContactAddView(EvidenceAddView):
    source, heading = "contact", "Put what the family and others said under the finding"
    named = staticmethod(forms.contact_named)
    none = "Nothing in the log of contact fits."

    def is_allowed(self):
        return super().is_allowed() and rules.can_keep_family_log(self.access, self.review)

    def all_rows(self):
        return contacts_of(self.review, self.request.user)

    def looked_for(self):
        rows, form = self.all_rows(), forms.WordsForm(self.request.GET)
        if form.is_valid():
            for word in form.cleaned_data["words"].split():
                rows = rows.filter(note__icontains=word)
        return form, rows


class _OneEvidenceView(LeadMixin, FindingMixin, FormView):
    template_name = "findings/evidence_one.html"

    def find(self):
        super().find()
        rows = Evidence.objects.visible_to(self.request.user).live().filter(finding=self.finding)
        self.evidence = get_object_or_404(rows.for_display(), pk=self.kwargs["pk"])
        self.evidence.finding = self.finding

    def back(self):
        return self.finding.get_absolute_url(), str(self.finding)

    def after_it_is_gone(self):
        return self.back()[0]

    def get_context_data(self, **kwargs):
        shown_one = ShownEvidence(self.evidence)
        return super().get_context_data(**kwargs) | {"about": shown_one.about}


class EvidenceRemoveView(_OneEvidenceView):
    form_class = GovForm
    heading, button, tone = "Take the evidence away", "Take away", "warning"
    done = "The evidence was taken away from under the finding."

    def save(self, form):
        evidence.take_away(self.evidence, by=self.request.user)


class EvidenceNoteView(_OneEvidenceView):
    form_class = forms.NoteForm
    heading, done = "What of it bears on the finding", "Saved."

    def get_initial(self):
        return {"note": self.evidence.note}

    def save(self, form):
        evidence.say_what_of_it(self.evidence, by=self.request.user, **form.cleaned_data)


# --- From the thing itself ----------------------------------------------------------------------


class CiteView(LeadMixin, AnalysisMixin, FormView):
    """Under which finding does it go, or is there a new one?"""

    form_class = forms.CiteForm
    template_name = "findings/cite.html"
    heading, button = "Use as evidence", "Put it under the finding"
    source = ""

    def find(self):
        super().find()
        self.row = get_object_or_404(self.rows(), **self.which())

    def which(self):
        return {"pk": self.kwargs["pk"]}

    def get_form_kwargs(self):
        findings = self.findings().order_by("number")
        return super().get_form_kwargs() | {"terms": self.terms, "findings": findings}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.request.method == "GET":
            self.tell_of_reading(rows=1)
        return context | {"source": self.source, "no_terms": not self.terms.current} | self.quoted()

    def quoted(self):
        return {self.source: self.row}

    def save(self, form):
        said = form.cleaned_data
        with transaction.atomic():
            finding = said["finding"] or writing.make_finding(
                self.review,
                by=self.request.user,
                **{name: said[name] for name in ("term", "kind", "text", "key")},
            )
            made = evidence.put_under(finding, [self.row], note=said["note"], by=self.request.user)
        self.done = "Put under the finding." if made else "It was under this finding already."
        return finding.get_absolute_url()


class CiteEntryView(CiteView):
    source = "entry"

    def rows(self):
        rows = Entry.objects.visible_to(self.request.user).filter(review=self.review)
        return rows.for_display()

    def back(self):
        where = reverse("chronologies:entry-detail", args=[self.review.reference, self.row.pk])
        return where, "The entry"


class CitePassageView(CiteView):
    source = "passage"

    def rows(self):
        rows = Passage.objects.visible_to(self.request.user).filter(
            file__submission__request__participation__review=self.review,
            file__submission__state="sent",
        )
        return rows.select_related("file__submission__request__participation__agency")

    def back(self):
        version = self.row.file.submission
        where = f"{version.get_absolute_url()}#passage-{self.row.position}"
        return where, version.title

    def quoted(self):
        (one,) = shown([self.row])
        return super().quoted() | {"runs": one.runs}


class CiteMinutesView(CiteView):
    source = "minutes"

    def rows(self):
        rows = Minutes.objects.visible_to(self.request.user)
        return rows.filter(meeting__review=self.review).for_display()

    def which(self):
        return {"meeting__number": self.kwargs["number"], "number": self.kwargs["version"]}

    def back(self):
        return self.row.get_absolute_url(), str(self.row)

    def quoted(self):
        return super().quoted() | {"blocks": blocks_of(self.row.text)}


class CiteContactView(CiteView):
    source = "contact"

    def rows(self):
        rows = ContactEntry.objects.visible_to(self.request.user)
        rows = rows.filter(correspondent__review=self.review)
        return rows.select_related("correspondent")

    def back(self):
        one = self.row.correspondent
        where = reverse("reviews:correspondent", args=[self.review.reference, one.pk])
        return where, str(one)
