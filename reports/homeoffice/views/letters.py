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
from reports.homeoffice.letter_forms import (
    AnswerForm,
    OfficeLetterForm,
    PointsForm,
    WithdrawForm,
)
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
        rows = self.letters().select_related("pack", "by", "stored", "withdrawal__by")
        rows = rows.defer("stored__body")
        self.letter = get_object_or_404(rows, number=self.kwargs["letter"])
        self.letter.review = self.review

    def after_it_is_gone(self):
        return self.letter.get_absolute_url()


class OfficeLetterView(OfLetterMixin, OfficeWriteMixin, FormView):
    """Its points with their answers; more points are entered below them."""

    form_class = PointsForm
    template_name = "reports/homeoffice/letter.html"
    button, done = "Enter these points", "The points are entered."

    @property
    def heading(self):
        return f"Letter {self.letter.number} of the Home Office"

    def get_initial(self):
        seen = self.letter.points.count()
        proposed = [] if seen else self.letter.read.get("proposed", [])
        return {"text": "\n\n".join(proposed), "seen": seen}

    def as_it_is(self):
        return self.letter.points.count(), ()  # they stand above the form

    def get_context_data(self, **kwargs):
        points = points_of(self.letter)
        if self.request.method == "GET":
            self.tell_of_reading(self.letter, number=self.letter.number, rows=len(points))
        return super().get_context_data(**kwargs) | {
            "letter": self.letter,
            "points": points,
            "open": sum(one.is_open for one in points),
            "may_write": self.may_write and not self.letter.is_withdrawn,
        }

    def save(self, form):
        said = form.cleaned_data
        letters.enter_points(
            self.letter, form.points, seen=said["seen"], by=self.request.user, key=said["key"]
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

    def stopped(self):
        return super().stopped() or letters.refuse_withdrawn(self.letter, self.point)

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


class OfficeWithdrawView(OfLetterMixin, OfficeWriteMixin, FormView):
    """A letter or one of its points that was entered by mistake."""

    form_class = WithdrawForm
    heading, button, tone = "Withdraw what was entered by mistake", "Withdraw it", "warning"
    intro = (
        "It stays, struck through and with your reason. It does not count as open any more, is not "
        "answered, and what it says goes back in no pack. What was put into a pack before stays there."
    )
    done = "It is withdrawn."

    def back(self):
        return self.letter.get_absolute_url(), f"Letter {self.letter.number}"

    def get(self, request, *args, **kwargs):
        letters.refuse_withdrawn(self.letter)
        self.tell_of_reading(self.letter, number=self.letter.number)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        """A second click names what the first one withdrew."""
        rows = self.points().filter(letter=self.letter).order_by("number")
        offered = rows.standing() if self.request.method == "GET" else rows
        return super().get_form_kwargs() | {"points": offered}

    def save(self, form):
        said = form.cleaned_data
        letters.withdraw(
            self.letter, point=form.point, why=said["why"], by=self.request.user, key=said["key"]
        )
