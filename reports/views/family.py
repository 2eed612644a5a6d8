"""The family's copy: its reading log, for those who write and keep the log of contact."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from reports.copies.family import record_change, record_reading
from reports.copies.family_forms import ChangeForm, ReadingForm, version_named
from reports.models import FamilyReading, Paragraph, Rendering
from reports.views.pages import DocumentMixin, WriteMixin
from reviews import rules
from reviews.family.models import Correspondent
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import banner_for


class _FamilyMixin(DocumentMixin):
    def is_allowed(self):
        return rules.can_keep_family_copy(self.access, self.review)

    def readings(self):
        rows = FamilyReading.objects.visible_to(self.request.user)
        return rows.filter(document=self.document).for_display()

    @cached_property
    def versions(self):
        rows = Rendering.objects.visible_to(self.request.user).filter(document=self.document)
        return rows.exclude(stored=None).order_by("-number")


class FamilyCopyView(_FamilyMixin, TemplateView):
    """What was read and said, and what was made of it; the newest first."""

    template_name = "reports/copies/family.html"

    def get_context_data(self, **kwargs):
        found = list(self.readings())
        self.tell_of_reading(self.document, number=self.document.number, rows=len(found))
        return super().get_context_data(**kwargs) | {
            "readings": [(one, version_named(one.rendering), self._changes(one)) for one in found],
            "has_versions": self.versions.exists(),
            "on_hold": banner_for(self.request.user, self.review, Stops.FAMILY, Stops.CONTACT),
        }

    def _changes(self, reading):
        """[(what was made of it, where)]"""
        return [(one, self._where(one)) for one in reading.changes.all()]

    def _where(self, change):
        if change.paragraph_id is None:
            return "What was made of it"
        if change.paragraph_id not in self._numbers:
            return "A paragraph that was taken out"
        return f"Paragraph {self._numbers[change.paragraph_id]}".strip()

    @cached_property
    def _numbers(self):
        return {one.paragraph.pk: one.number for _, one in self.outline.paragraphs}


class _FamilyFormView(WriteMixin, _FamilyMixin, FormView):
    def is_allowed(self):
        return rules.can_keep_family_copy(self.access, self.review)

    def back(self):
        return self.to_here("family-copy"), "The family’s copy"


class FamilyAddView(_FamilyFormView):
    form_class = ReadingForm
    template_name = "reports/copies/family_add.html"
    heading, button, done = "Record a reading", "Record the reading", "Recorded."

    def get_form_kwargs(self):
        people = Correspondent.objects.visible_to(self.request.user).filter(review=self.review)
        return super().get_form_kwargs() | {
            "renderings": self.versions.defer("values"),
            "correspondents": people.select_related("person").order_by("pk"),
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "on_hold": banner_for(self.request.user, self.review, Stops.FAMILY, Stops.CONTACT),
        }

    def save(self, form):
        record_reading(self.document, by=self.request.user, **form.cleaned_data)


class FamilyChangeView(_FamilyFormView):
    """What was made of what somebody said."""

    form_class = ChangeForm
    template_name = "reports/copies/family_change.html"
    heading, button, done = "What was made of it", "Record it", "Recorded."

    def find(self):
        super().find()
        self.reading = get_object_or_404(self.readings(), pk=self.kwargs["pk"])
        self.reading.document = self.document

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading(self.document, number=self.document.number)
        return super().get_context_data(**kwargs) | {"reading": self.reading}

    def save(self, form):
        said = dict(form.cleaned_data)
        paragraph = self._numbered(said.pop("number"))
        record_change(self.reading, paragraph=paragraph, by=self.request.user, **said)

    def _numbered(self, number):
        if not number:
            return None
        kind, key = self.outline.key_of(number.strip()) or ("", "")
        if kind != "p":
            raise ValidationError({"number": f"No paragraph has the number {number}"})
        return Paragraph.objects.visible_to(self.request.user).get(key=key)
