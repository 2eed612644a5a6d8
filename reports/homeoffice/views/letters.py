"""Letters of the quality panel: entered, taken apart into points, each point answered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, View

from audit.models import EventType
from audit.services import record
from foundations.office.naming import ending
from foundations.office.pdf import RenderFailed
from foundations.office.tables import Refused
from foundations.vault.downloads import attachment, attachment_of
from reports.homeoffice import drawing, letters
from reports.homeoffice.letter_forms import AnswerForm, OfficeLetterForm, PointsForm
from reports.homeoffice.queries import points_of
from reports.homeoffice.views.pages import OfficeMixin, OfficeWriteMixin
from reports.models import Recipient
from reports.rendering.files import MEDIA_TYPES


class OfficeLetterAddView(OfficeWriteMixin, FormView):
    form_class = OfficeLetterForm
    template_name = "reports/homeoffice/letter_add.html"
    heading, button = "Enter a letter of the Home Office", "Enter the letter"
    intro = "It is kept as it came. What it asks for is proposed from its text, and you confirm it."
    done = "The letter is entered. Confirm what it asks for."

    def get_form_kwargs(self):
        packs = self.packs().filter(to=Recipient.HOME_OFFICE, sendings__isnull=False).distinct()
        return super().get_form_kwargs() | {"packs": packs}

    def save(self, form):
        said = form.cleaned_data
        try:
            made = letters.enter_letter(
                self.review,
                content=form.content,
                name=said["file"].name,
                on=said["on"],
                outcome=said["outcome"],
                pack=said["pack"],
                by=self.request.user,
                key=said["key"],
            )
        except Refused as refusal:
            raise ValidationError({"file": refusal.message}) from refusal
        return made.get_absolute_url()


class OfLetterMixin:
    """Stands before OfficeMixin or what has it."""

    def find(self):
        super().find()
        rows = self.letters().select_related("pack", "by", "stored").defer("stored__body")
        self.letter = get_object_or_404(rows, number=self.kwargs["letter"])
        self.letter.review = self.review


class OfficeLetterView(OfLetterMixin, OfficeWriteMixin, FormView):
    """Its points with their answers; more points are entered below them."""

    form_class = PointsForm
    template_name = "reports/homeoffice/letter.html"
    button, done = "Enter these points", "The points are entered."

    @property
    def heading(self):
        return f"Letter {self.letter.number} of the Home Office"

    def get_initial(self):
        proposed = [] if self.letter.points.exists() else self.letter.read.get("proposed", [])
        return {"text": "\n\n".join(proposed)}

    def get_context_data(self, **kwargs):
        points = points_of(self.letter)
        if self.request.method == "GET":
            self.tell_of_reading(self.letter, number=self.letter.number, rows=len(points))
        return super().get_context_data(**kwargs) | {
            "letter": self.letter,
            "points": points,
            "open": sum(one.is_open for one in points),
        }

    def save(self, form):
        letters.enter_points(
            self.letter, form.points, by=self.request.user, key=form.cleaned_data["key"]
        )
        return self.letter.get_absolute_url()


class OfficeLetterFileView(OfLetterMixin, OfficeMixin, View):
    """The letter as it came."""

    def get(self, request, *args, **kwargs):
        one = self.letter
        media_type = MEDIA_TYPES.get(ending(one.name), "application/octet-stream")
        response = attachment_of(one.stored, name=one.name, media_type=media_type)
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=one)
        return response


class OfficeAnswersView(OfLetterMixin, OfficeMixin, View):
    """The table that goes back: point, answer, paragraph. A PDF, or with ?format=docx a Word file."""

    def is_allowed(self):
        return self.writes

    def get(self, request, *args, **kwargs):
        one, now = self.letter, timezone.now()
        format_ = "docx" if request.GET.get("format") == "docx" else "pdf"
        pairs = [(one, points_of(one))]
        try:
            content = drawing.answers_as(format_, self.review, pairs, version=0, at=now)
        except RenderFailed as refusal:
            messages.error(request, str(refusal))
            return redirect(one)
        record(
            EventType.FILE_DOWNLOADED,
            by=request.user,
            review=self.review,
            target=one,
            format=format_,
        )
        name = f"{self.review.reference} answers to letter {one.number}.{format_}"
        return attachment(content, name=name, media_type=MEDIA_TYPES[format_])


class OfficeAnswerView(OfLetterMixin, OfficeWriteMixin, FormView):
    """What was done about one point; once more where another round asks for it."""

    form_class = AnswerForm
    template_name = "reports/homeoffice/answer.html"
    button, done = "Save the answer", "The answer is saved. It goes back with the next pack."

    def find(self):
        super().find()
        rows = self.points().filter(letter=self.letter)
        self.point = get_object_or_404(rows, number=self.kwargs["point"])
        self.point.letter = self.letter

    @property
    def heading(self):
        return f"Answer point {self.point.number}"

    def back(self):
        return self.letter.get_absolute_url(), f"Letter {self.letter.number}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"documents": self.documents().order_by("number")}

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading(self.letter, number=self.letter.number)
        return super().get_context_data(**kwargs) | {"point": self.point, "letter": self.letter}

    def save(self, form):
        said, found = form.cleaned_data, form.paragraph
        letters.answer_point(
            self.point,
            how=said["how"],
            words=said["words"],
            paragraph=found,
            called=said["number"].strip() if found else "",
            by=self.request.user,
            key=said["key"],
        )
