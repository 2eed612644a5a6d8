"""One section with its paragraphs, and what can be done with sections."""

from django.shortcuts import get_object_or_404
from django.views.generic import FormView, TemplateView

from foundations.gov.forms import GovForm
from reports.forms import (
    START,
    MoveForm,
    SectionChangeForm,
    SectionForm,
    last_place,
    section_places,
)
from reports.models import Doubt, Section
from reports.queries import guidance_of, neighbours_of, shown_section
from reports.services import sections
from reports.services.places import LAST
from reports.views.pages import DocumentMixin, SectionMixin, WriteMixin


class SectionDetailView(SectionMixin, TemplateView):
    template_name = "reports/section_detail.html"

    def get_context_data(self, **kwargs):
        shown = shown_section(self.placed, self.outline, self.request.user)
        self.tell_of_reading(self.section, number=self.document.number, rows=len(shown))
        before, after = neighbours_of(self.placed, self.outline, only_written=not self.writes)
        return super().get_context_data(**kwargs) | {
            "shown": shown,
            "guidance": guidance_of(self.section) if self.writes else None,
            "within": [
                one for one in self.outline.sections if one.section.parent_id == self.section.pk
            ],
            "doubts": Doubt.objects.visible_to(self.request.user)
            .open()
            .filter(section=self.section)
            .order_by("pk"),
            "before": before,
            "after": after,
        }


class SectionAddView(WriteMixin, DocumentMixin, FormView):
    form_class = SectionForm
    heading, button, done = "Add a section", "Add the section", "Section added."

    def back(self):
        return self.document.get_absolute_url(), self.document.title

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"places": section_places(self.outline)}

    def get_initial(self):
        return {"place": last_place(self.outline), "is_numbered": True}

    def save(self, form):
        said = dict(form.cleaned_data)
        parent, after = _where(said.pop("place"), self.outline)
        made = sections.add_section(
            self.document, parent=parent, after=after, by=self.request.user, **said
        )
        return made.get_absolute_url()


class _OfSectionView(WriteMixin, SectionMixin, FormView):
    form_class = GovForm

    def back(self):
        return self.section.get_absolute_url(), self.placed.title


class SectionChangeView(_OfSectionView):
    form_class = SectionChangeForm
    heading, done = "Change the heading", "Heading saved."

    def get_initial(self):
        one = self.section
        return {"heading": one.heading, "is_numbered": one.is_numbered, "seen": one.changes}

    def as_it_is(self):
        now = Section.objects.visible_to(self.request.user).get(pk=self.section.pk)
        return now.changes, (("Heading", now.heading),)

    def save(self, form):
        sections.change_section(self.section, by=self.request.user, **form.cleaned_data)


class SectionMoveView(_OfSectionView):
    form_class = MoveForm
    heading, button = "Move the section", "Move it"
    intro = (
        "All that stands in it goes with it. Numbers follow, and so does whatever refers to them."
    )
    done = "Section moved."

    def get_form_kwargs(self):
        places = section_places(self.outline, but=self.section)
        return super().get_form_kwargs() | {"places": places}

    def save(self, form):
        parent, after = _where(form.cleaned_data["place"], self.outline)
        sections.move_section(self.section, parent=parent, after=after, by=self.request.user)


class SectionRemoveView(_OfSectionView):
    heading, button, tone = "Take the section out", "Take out", "warning"
    done = "The section was taken out. It can be brought back."

    @property
    def intro(self):
        n = len(self.placed.paragraphs)
        many = "paragraph" if n == 1 else "paragraphs"
        return f"It goes with its {n} {many} and the sections within it. All of it can be brought back."

    def save(self, form):
        sections.take_out_section(self.section, by=self.request.user)
        return self.document.get_absolute_url()


class SectionBringBackView(WriteMixin, DocumentMixin, FormView):
    form_class = GovForm
    heading, button = "Bring the section back", "Bring it back"
    done = "The section is back."

    def find(self):
        super().find()
        rows = Section.objects.visible_to(self.request.user).exclude(removed_at=None)
        self.section = get_object_or_404(rows, document=self.document, pk=self.kwargs["pk"])
        self.section.document = self.document

    @property
    def intro(self):
        return f"“{self.section.heading}”, with what was taken out together with it."

    def back(self):
        return self.to_here("removed"), "What was taken out"

    def save(self, form):
        sections.bring_back_section(self.section, by=self.request.user)
        return self.section.get_absolute_url()


def _where(place, outline):
    """(parent, after) of a choice of section_places."""
    if place == START:
        return None, None
    how, _, pk = place.partition(":")
    section = next((one.section for one in outline.sections if str(one.section.pk) == pk), None)
    if section is None:
        return None, LAST
    return (section, None) if how == "within" else (section.parent, section)
