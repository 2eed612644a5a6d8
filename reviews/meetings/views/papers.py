from django.core.exceptions import ValidationError
from django.http import Http404
from django.views.generic import FormView, View

from audit.models import EventType
from audit.services import record
from foundations.vault.downloads import PDF, attachment_of
from reviews.meetings import forms
from reviews.meetings.models import Paper
from reviews.meetings.services import papers
from reviews.meetings.views.pages import KeepMixin, MeetingMixin, RowMixin
from reviews.terms.models import TermsVersion


class _PapersMixin(KeepMixin):
    def back(self):
        return super().back() + "#papers"


class PaperAddView(_PapersMixin, FormView):
    form_class = forms.PaperForm
    heading, button, done = "Add a paper", "Add the paper", "Paper added."
    intro = "The panel sees a paper as soon as it was invited to the meeting."

    def is_ready(self):
        return not self.meeting.is_cancelled

    def get_form_kwargs(self):
        versions = TermsVersion.objects.visible_to(self.request.user).issued()
        return super().get_form_kwargs() | {
            "parts": self.review.participations.visible_to(self.request.user).for_display(),
            "versions": versions.filter(review=self.review),
        }

    def save(self, form):
        papers.add_paper(self.meeting, by=self.request.user, **form.paper)


class PaperWithdrawView(RowMixin, _PapersMixin, FormView):
    model = Paper
    form_class = forms.BecauseForm
    heading, button, done = (
        "Withdraw a paper",
        "Withdraw",
        "Withdrawn. The panel no longer sees it.",
    )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"inset": self.row.title}

    def save(self, form):
        try:
            papers.withdraw_paper(
                self.row, because=form.cleaned_data["because"], by=self.request.user
            )
        except papers.AlreadyWithdrawn:
            raise ValidationError("Somebody has already withdrawn it.") from None


class PaperFileView(RowMixin, MeetingMixin, View):
    model = Paper

    def get(self, request, *args, **kwargs):
        if not self.row.stored_id:
            raise Http404
        more = {"media_type": PDF} if self.row.is_pdf else {}
        response = attachment_of(self.row.stored, name=self.row.file_name, **more)
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=self.row)
        return response
