"""Writing: paragraphs one by one, each with its history."""

import re

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from foundations.gov.forms import GovForm
from foundations.gov.prose import html_of
from reports.forms import (
    LAST,
    START,
    InsertForm,
    MoveForm,
    ParagraphChangeForm,
    ParagraphForm,
    places_in,
    places_of,
)
from reports.models import Paragraph, ParagraphVersion
from reports.queries import guidance_of, history_of
from reports.references import kept
from reports.services import paragraphs, places
from reports.views.pages import (
    DocumentMixin,
    SectionMixin,
    WriteInParagraphMixin,
    WriteMixin,
    WritesWordsMixin,
)

SAVED_ALREADY = (
    "This paragraph was saved already, and you have changed it since. Copy your words, and change the "
    "paragraph where it stands in the document"
)


class _IntoSectionView(WriteMixin, SectionMixin, FormView):
    """Something new in a section, behind the paragraph that `?after=` names."""

    def back(self):
        return self.section.get_absolute_url(), self.placed.title

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"places": places_in(self.placed)}

    def get_initial(self):
        asked = self.request.GET.get("after", LAST)
        return {"place": asked if asked in dict(places_in(self.placed)) else LAST}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"guidance": guidance_of(self.section)}

    def save(self, form):
        said = {"kind": Paragraph.Kind.BLOCK} | form.cleaned_data
        after = _after(said.pop("place"), self.placed)
        made = paragraphs.add_paragraph(self.section, after=after, by=self.request.user, **said)
        _refuse_other_words(made, said.get("text", ""))
        return f"{self.section.get_absolute_url()}#p-{made.key}"


class ParagraphAddView(WritesWordsMixin, _IntoSectionView):
    form_class = ParagraphForm
    heading, button, done = "Write a paragraph", "Save the paragraph", "Paragraph saved."


class ParagraphInsertView(_IntoSectionView):
    form_class = InsertForm
    heading, button, done = "Insert from the data", "Insert it", "Inserted. It stays up to date."
    intro = "What is inserted is made anew from the data each time that the document is read."


class _OfParagraphView(WriteInParagraphMixin, FormView):
    form_class = GovForm


class ParagraphChangeView(WritesWordsMixin, _OfParagraphView):
    form_class = ParagraphChangeForm
    done = "Saved. What it said before is kept."

    @property
    def heading(self):
        return f"Change {self.called[0].lower()}{self.called[1:]}"

    @cached_property
    def earlier(self):
        """The version whose words are to come back, which `?version=` names, or None."""
        asked = self.request.GET.get("version", "")
        if not asked:
            return None
        rows = ParagraphVersion.objects.visible_to(self.request.user).filter(
            paragraph=self.paragraph
        )
        number = int(asked) if re.fullmatch(r"[0-9]{1,9}", asked) else 0
        return get_object_or_404(rows, number=number)

    @property
    def intro(self):
        if self.earlier is None:
            return ""
        at = timezone.localtime(self.earlier.at)
        return (
            f"These are the words of version {self.earlier.number}, of {at:%-d %B %Y, %H:%M}. They are a new "
            "version once you save them. Until then the paragraph stays as it is."
        )

    def get_initial(self):
        one = self.paragraph
        said = self.earlier or one
        return {"text": said.text, "kind": said.kind, "seen": one.changes}

    def as_it_is(self):
        now = Paragraph.objects.visible_to(self.request.user).get(pk=self.paragraph.pk)
        return now.changes, (("Text", now.text), ("Kind", now.get_kind_display()))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if context["unsaved_changed"]:
            context["theirs"] = self.as_it_is()[1]
        return context | {"guidance": guidance_of(self.paragraph.section)}

    def save(self, form):
        paragraphs.change_paragraph(self.paragraph, by=self.request.user, **form.cleaned_data)
        return self.where_it_stands()


class ParagraphMoveView(_OfParagraphView):
    form_class = MoveForm
    heading, button = "Move the paragraph", "Move it"
    intro = "Numbers follow, and so does whatever refers to them."
    done = "Paragraph moved."

    def get_form_kwargs(self):
        choices = places_of(self.outline, but=self.paragraph)
        return super().get_form_kwargs() | {"places": choices}

    def save(self, form):
        section, _, after = form.cleaned_data["place"].partition(":")
        placed = next(one for one in self.outline.sections if str(one.section.pk) == section)
        paragraphs.move_paragraph(
            self.paragraph,
            section=placed.section,
            after=_after(after, placed),
            by=self.request.user,
        )
        return f"{placed.section.get_absolute_url()}#p-{self.paragraph.key}"


class ParagraphRemoveView(_OfParagraphView):
    heading, button, tone = "Take the paragraph out", "Take out", "warning"
    intro = "It stays on record with its history and what it cites, and can be brought back."
    done = "The paragraph was taken out. It can be brought back."
    template_name = "reports/paragraph_remove.html"

    def get_context_data(self, **kwargs):
        referring = self.outline.referring_to("p", self.paragraph.key)
        return super().get_context_data(**kwargs) | {
            "html": _as_read(self),
            "referring": [(one.called(placed), one.href) for placed, one in referring],
        }

    def save(self, form):
        paragraphs.take_out_paragraph(self.paragraph, by=self.request.user)
        return self.paragraph.section.get_absolute_url()


class ParagraphBringBackView(WriteMixin, DocumentMixin, FormView):
    form_class = GovForm
    heading, button, done = "Bring the paragraph back", "Bring it back", "The paragraph is back."
    template_name = "reports/paragraph_remove.html"

    def find(self):
        super().find()
        rows = Paragraph.objects.visible_to(self.request.user).exclude(removed_at=None)
        rows = rows.filter(section__document=self.document).select_related("section")
        self.paragraph = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.paragraph.section.document = self.document

    @property
    def intro(self):
        return f"It goes back into “{self.paragraph.section.heading}”, where it stood."

    def back(self):
        return self.to_here("removed"), "What was taken out"

    def get_context_data(self, **kwargs):
        said = {"paragraph": self.paragraph, "html": _as_read(self)}
        return super().get_context_data(**kwargs) | said

    def save(self, form):
        paragraphs.bring_back_paragraph(self.paragraph, by=self.request.user)
        return f"{self.paragraph.section.get_absolute_url()}#p-{self.paragraph.key}"


class ParagraphHistoryView(DocumentMixin, TemplateView):
    """What it said when, who said it, and what they changed; also of one that was taken out. For those
    who write."""

    template_name = "reports/paragraph_history.html"

    def is_allowed(self):
        return self.writes

    def find(self):
        super().find()
        rows = Paragraph.objects.visible_to(self.request.user).select_related("section")
        rows = rows.filter(section__document=self.document, section__removed_at=None)
        self.paragraph = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.paragraph.section.document = self.document

    def get_context_data(self, **kwargs):
        versions = ParagraphVersion.objects.visible_to(self.request.user)
        versions = versions.filter(paragraph=self.paragraph).select_related("by")
        self.tell_of_reading(self.paragraph, number=self.document.number)
        _, placed = self.outline.placed_paragraph(self.paragraph)
        section = self.paragraph.section
        return super().get_context_data(**kwargs) | {
            "called": f"Paragraph {placed.number}" if placed and placed.number else "A paragraph",
            "paragraph": self.paragraph,
            "is_out": placed is None,
            "history": history_of(versions, self.outline),
            "come_back": self._come_back(versions) if self.may_write and placed else set(),
            "back_url": f"{section.get_absolute_url()}#p-{self.paragraph.key}",
            "back_text": section.heading,
        }

    def _come_back(self, versions):
        """Ids of those that say something else than the paragraph does now."""
        one = self.paragraph
        now = one.text.replace("\r\n", "\n"), one.kind
        return {
            each.pk
            for each in versions
            if (each.text.replace("\r\n", "\n"), each.kind) != now
            and each.kind != Paragraph.Kind.BLOCK
            and not one.is_block
        }


def _as_read(view):
    return html_of(view.paragraph.text, refer=view.outline.refer, footnotes="p")


def _refuse_other_words(made, text):
    """A second click sends what the first one sent. Where somebody wrote on in between, on a page that
    they stopped or went back to, their words stay before them."""
    first = made.versions.get(number=1)
    if first.text != kept(text.strip(), made.section.document):
        raise ValidationError({"text": SAVED_ALREADY})


def _after(place, placed):
    """What a service calls `after`, of a choice of place in a section."""
    if place == START:
        return None
    rows = (one.paragraph for one in placed.paragraphs)
    return next((one for one in rows if str(one.pk) == place), places.LAST)
