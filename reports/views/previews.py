"""How a section looks on paper, drawn while its author waits: short of a whole version, and kept nowhere."""

from dataclasses import replace
from itertools import takewhile

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import View

from audit.models import EventType
from audit.services import record
from foundations.office.pdf import RenderFailed
from foundations.vault.downloads import PDF, attachment
from reports.models import Variant
from reports.rendering.gathering import gather
from reports.rendering.paper import Sheets
from reports.views.pages import SectionMixin

MOST_LETTERS = 150_000  # about fifty pages, a few seconds
TOO_LONG = (
    "The section is too long to be drawn while you wait. Look at one of the sections within it, or make a "
    "version of the document."
)


class SectionPreviewView(SectionMixin, View):
    """For those who write alone, as versions are: a file goes further than a page. It is a draft whatever
    state the document is in, since nobody keeps it."""

    def is_allowed(self):
        return self.writes

    def get(self, request, *args, **kwargs):
        if self._letters() > MOST_LETTERS:
            return self._refused(TOO_LONG)
        now = timezone.now()
        gathered = gather(
            self.document, variant=Variant.CONFIDENTIAL, version=0, at=now, by=request.user
        )
        try:
            content = Sheets(replace(gathered, is_draft=True)).section(str(self.section.key))
        except RenderFailed as refusal:
            return self._refused(str(refusal))
        record(
            EventType.FILE_DOWNLOADED,
            by=request.user,
            review=self.review,
            target=self.section,
            number=self.document.number,
            document="a section as it looks on paper",
        )
        place = self.placed.number or f"section {self.section.pk}"
        name = f"{self.review.reference} draft of {place}.pdf"
        return attachment(content, name=name, media_type=PDF)

    def _letters(self):
        """Of what is written there; what is inserted from the data is short of that."""
        first = self.placed
        after = self.outline.sections[self.outline.sections.index(first) + 1 :]
        within = takewhile(lambda one: one.level > first.level, after)
        return sum(len(each.paragraph.text) for one in (first, *within) for each in one.paragraphs)

    def _refused(self, why):
        messages.error(self.request, why)
        return redirect(self.section)
