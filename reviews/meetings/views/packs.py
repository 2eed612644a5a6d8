from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView, View
from django_htmx.http import HttpResponseClientRedirect

from audit.models import EventType
from audit.services import record
from foundations.vault.downloads import PDF, attachment_of
from reviews.meetings import forms
from reviews.meetings.models import Pack
from reviews.meetings.pack import may_still_have
from reviews.meetings.services import packs
from reviews.meetings.views.pages import MeetingMixin


class PackCreateView(MeetingMixin, View):
    """One click on the page of the meeting."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        form = forms.PackForm(request.POST)
        if not form.is_valid() or self.meeting.is_cancelled:
            raise Http404
        try:
            pack = packs.ask_for_pack(self.meeting, key=form.cleaned_data["key"], by=request.user)
        except packs.KeyOfAnother:
            raise Http404 from None
        return redirect(pack)


class PackMixin(MeetingMixin):
    """A pack that a worker made for this person; for everybody else it does not exist."""

    def find(self):
        super().find()
        if super().is_allowed():
            self.pack = get_object_or_404(
                self.of_meeting(Pack).select_related("meeting__review"), pk=self.kwargs["pk"]
            )

    def is_allowed(self):
        """Asked again: what they could see when it was made they may no longer."""
        return super().is_allowed() and (
            not hasattr(self, "pack") or may_still_have(self.pack, self.request.user)
        )


class PackView(PackMixin, TemplateView):
    template_name = "reviews/meetings/pack.html"

    def get(self, request, *args, **kwargs):
        if request.htmx and self.pack.stored_id:
            return HttpResponseClientRedirect(self.pack.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "pack": self.pack,
            "job": packs.job_of(self.pack, self.request.user),
        }


class PackFileView(PackMixin, View):
    def get(self, request, *args, **kwargs):
        if not self.pack.stored_id:
            raise Http404
        response = attachment_of(self.pack.stored, media_type=PDF)
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=self.pack)
        return response
