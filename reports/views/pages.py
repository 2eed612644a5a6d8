"""What the pages of documents have in common."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from audit.models import EventType
from audit.services import record
from findings.views.pages import LeadMixin
from foundations.gov.prose import html_of
from foundations.gov.rich import RichTextMixin
from reports.leaks.typed import told_of
from reports.models import MOST, Document, Paragraph, Section
from reports.numbers import NumbersThen
from reports.outline import Outline
from reports.queries import references_in
from reports.references import with_keys, without_number
from reports.services.paragraphs import TOO_LONG
from reviews import rules
from reviews.views import ReviewPageMixin


class DocumentsMixin(ReviewPageMixin):
    """Pages for those who write, and for the panel while drafts are shared with it."""

    def is_allowed(self):
        return rules.can_read_documents(self.access, self.review)

    @property
    def writes(self):
        return rules.can_write_documents(self.access, self.review)

    @property
    def may_write(self):
        return self.writes and not self.review.has_ended

    @property
    def may_remark(self):
        return rules.can_remark(self.access, self.review) and not self.review.has_ended

    def documents(self):
        rows = Document.objects.visible_to(self.request.user).filter(review=self.review)
        return rows.live().for_display()

    def tell_of_reading(self, target=None, **data):
        record(
            EventType.DOCUMENTS_READ,
            by=self.request.user,
            review=self.review,
            target=target,
            **data,
        )

    def to(self, name, *more):
        return reverse(f"reports:{name}", args=[self.review.reference, *more])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "writes": self.writes,
            "may_write": self.may_write,
            "may_remark": self.may_remark,
            "may_hear": rules.can_hear_remarks(self.access, self.review),
        }


class DocumentMixin(DocumentsMixin):
    """A page of one document. Whoever finds no document here, finds no page of one either; nor is there one, but
    for those `is_of_every_kind`, of a document that nobody writes."""

    is_of_every_kind = False

    def find(self):
        super().find()
        self.document = get_object_or_404(self.documents(), number=self.kwargs["number"])
        if self.document.is_from_data and not self.is_of_every_kind:
            raise Http404
        self.document.review = self.review

    @cached_property
    def outline(self):
        return Outline(self.document, texts=True)

    def to_here(self, name, *more):
        return self.to(name, self.document.number, *more)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"document": self.document}


class SectionMixin(DocumentMixin):
    def find(self):
        super().find()
        rows = Section.objects.visible_to(self.request.user).live()
        self.section = get_object_or_404(rows, document=self.document, pk=self.kwargs["pk"])
        self.section.document = self.document

    @cached_property
    def placed(self):
        """Raises Http404 where what it stands in was taken out."""
        found = self.outline.placed(self.section)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs):
        more = {"section": self.section, "placed": self.placed}
        return super().get_context_data(**kwargs) | more


class ParagraphMixin(DocumentMixin):
    def find(self):
        super().find()
        rows = Paragraph.objects.visible_to(self.request.user).live()
        rows = rows.select_related("section").filter(section__document=self.document)
        self.paragraph = get_object_or_404(
            rows.filter(section__removed_at=None), pk=self.kwargs["pk"]
        )
        self.paragraph.section.document = self.document

    @cached_property
    def _placed(self):
        found = self.outline.placed_paragraph(self.paragraph)
        if found[0] is None:
            raise Http404
        return found

    @property
    def placed(self):
        return self._placed[0]

    @property
    def called(self):
        """ "Paragraph 5.3.4", or where it stands."""
        number = self._placed[1].number
        return f"Paragraph {number}" if number else f"A paragraph of {self.placed.title}"

    def get_context_data(self, **kwargs):
        more = {"paragraph": self.paragraph, "placed": self.placed, "called": self.called}
        return super().get_context_data(**kwargs) | more

    def where_it_stands(self):
        return f"{self.paragraph.section.get_absolute_url()}#p-{self.paragraph.key}"

    def in_its_section(self):
        """(address, words)"""
        return self.where_it_stands(), self.placed.title


class WriteMixin(LeadMixin):
    """A form of those who write; stands before the mixin of what it is about, and FormView last."""

    template_name = "reports/form.html"

    def is_allowed(self):
        return rules.can_write_documents(self.access, self.review)

    def after_it_is_gone(self):
        return self.to_here("removed") if hasattr(self, "document") else self.to("document-list")


class WritesWordsMixin(RichTextMixin):
    """A form with a paragraph's text: real names in it, and what else could tell who somebody is, are told
    while it is typed, and how it reads is shown without saving it. Stands before WriteMixin."""

    template_name = "reports/paragraph_form.html"
    kept_template = "reports/_typed.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"outline": self.outline}

    def beside_kept(self):
        said = {"told": told_of(self.typed, self.access, self.review)}
        letters = len(self.request.POST.get("text", "").replace("\r\n", "\n"))
        if letters > MOST:
            said["too_long"] = TOO_LONG.format(n=letters, most=MOST)
        return said

    @property
    def typed(self):
        """What stands in the box, as far as a paragraph may be long."""
        return self.request.POST.get("text", "")[:MOST]

    @property
    def asks_how_it_reads(self):
        return self.request.method == "POST" and "preview" in self.request.POST

    def form_valid(self, form):
        if not self.asks_how_it_reads:
            return super().form_valid(form)
        self.words_stay = True
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        in_box = context["form"]["text"].value() or ""
        context["references"] = references_in(in_box, self.outline)
        if not self.asks_how_it_reads:
            return context
        then = NumbersThen(self.request.POST.get("numbers", ""), self.document)
        unknown = []
        text = with_keys(with_keys(self.typed, then), self.outline, unknown)
        return context | {
            "preview": html_of(text, refer=self.outline.refer, footnotes="preview"),
            "to_correct": without_number(unknown),
        }


class WriteInParagraphMixin(WriteMixin, ParagraphMixin):
    def back(self):
        return self.in_its_section()
