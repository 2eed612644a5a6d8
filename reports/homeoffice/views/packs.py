"""Packs: made, recorded as sent, their files downloaded."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from actionplans.papers.kinds import Kind as PaperKind
from actionplans.papers.models import PlanPaper
from audit.models import EventType
from audit.services import record
from foundations.vault.downloads import XLSX, attachment_of
from reports.homeoffice import packing, packs, services
from reports.homeoffice.forms import PackForm, SentForm
from reports.homeoffice.views.pages import OfficeMixin, OfficeWriteMixin
from reports.models import PackPart, PackSent, Rendering
from reports.rendering.files import MEDIA_TYPES
from reviews.lifecycle.ended import sentence

_TYPES = MEDIA_TYPES | {"xlsx": XLSX, "zip": "application/zip"}


class PackMakeView(OfficeWriteMixin, FormView):
    form_class = PackForm
    heading, button = "Make a pack", "Make the pack"
    intro = (
        "The files that you choose, with the data form and the answers to letters where it goes to the "
        "Home Office, and with the finished letter where it goes to the Commissioner. It is made of "
        "what there is by then, and kept with a list of what it holds and what it does not."
    )
    done = "The pack is being made. Look at what is missing from it before you send it."
    nothing = (
        "There is no version of the overview report or of the executive summary yet, so that no pack can be made. Open "
        "the document, then “Versions and files”, and make one."
    )

    def get(self, request, *args, **kwargs):
        if not self.get_form_kwargs()["renderings"].exists():
            messages.error(request, self.nothing)
            return redirect(self.to("document-list"))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        user = self.request.user
        made = Rendering.objects.visible_to(user).filter(
            document__review=self.review,
            document__kind__in=packing.WANTED,
            document__removed_at=None,
            stored__isnull=False,
        )
        papers = PlanPaper.objects.visible_to(user).filter(review=self.review, kind=PaperKind.PLAN)
        return super().get_form_kwargs() | {
            "renderings": made.select_related("document", "stored")
            .defer("values", "stored__body")
            .order_by("-at"),
            "papers": papers.for_list().order_by("-as_of", "-pk"),
        }

    def save(self, form):
        said = form.cleaned_data
        packs.ask_for_pack(
            self.review,
            to=said["to"],
            renderings=list(said["renderings"]),
            papers=list(said.get("papers") or ()),
            meant=said.get("meant", ()),
            by=self.request.user,
            key=said["key"],
        )
        return f"{self.to('home-office')}#packs"


class PackSentView(OfficeWriteMixin, FormView):
    form_class = SentForm
    button, done = "Record it", "It is recorded."
    intro = (
        "What goes to the Home Office is open to its reader here from then on: these files, and no "
        "others. The clock is told when the report has gone to the Commissioner, too."
    )

    taking_back = (
        "The review has ended. What was recorded can only be taken back: the pack was not sent after "
        "all, and its reader no longer finds it here."
    )

    def find(self):
        super().find()
        self.pack = get_object_or_404(self.packs(), number=self.kwargs["pack_number"])
        self.pack.review = self.review
        if self.review.has_ended:
            self.intro, self.button = self.taking_back, "Take it back"

    def stopped(self):
        """After the review there is nothing else to record."""
        if self.review.has_ended and not services.is_sent(self.newest):
            return self._ended(sentence(self.review))
        return super().stopped()

    @property
    def heading(self):
        return f"Pack {self.pack.number}: sent"

    @cached_property
    def newest(self):
        rows = PackSent.objects.visible_to(self.request.user).filter(pack=self.pack)
        return rows.order_by("-pk").first()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "newest": self.newest,
            "is_taken_back": self.review.has_ended,
        }

    def get_initial(self):
        one = self.newest
        if one is None:
            return {"seen": 0, "to_whom": self.pack.get_to_display()}
        return {"seen": one.pk, "on": one.on, "to_whom": one.to_whom}

    def meanwhile(self, form):
        """In a form of what is recorded now, which asks why that is wrong."""
        del self.newest
        form = self.get_form()
        form.full_clean()
        return super().meanwhile(form)

    def as_it_is(self):
        one = self.newest
        if one is None:
            return 0, ()
        said = f"Sent on {one.on:%-d %B %Y} to {one.to_whom}" if one.on else "Not sent after all"
        return one.pk, (("What was recorded", said),)

    def save(self, form):
        said = form.cleaned_data
        services.record_sending(
            self.pack,
            on=said.get("on"),
            to_whom=said.get("to_whom", ""),
            why=said.get("why", ""),
            seen=said["seen"],
            by=self.request.user,
            key=said["key"],
        )
        return self.pack.get_absolute_url()


class PackFileView(OfficeMixin, View):
    """One of its files, or with 0 the one that holds them all."""

    def find(self):
        super().find()
        self.pack = get_object_or_404(self.packs(), number=self.kwargs["pack_number"])
        self.pack.review = self.review

    def get(self, request, *args, **kwargs):
        stored, name = self._file()
        media_type = _TYPES[name.rpartition(".")[2]]
        response = attachment_of(stored, name=name, media_type=media_type)
        record(
            EventType.FILE_DOWNLOADED,
            by=request.user,
            review=self.review,
            target=self.pack,
            place=self.kwargs["place"],
            sha256=stored.sha256,
        )
        return response

    def _file(self):
        place = self.kwargs["place"]
        if not place:
            return self.pack.stored, self.pack.file_name
        rows = PackPart.objects.visible_to(self.request.user).filter(pack=self.pack)
        rows = rows.select_related("stored").defer("stored__body")
        part = get_object_or_404(rows, place=place)
        return part.stored, f"{self.review.reference} {part.name}"
