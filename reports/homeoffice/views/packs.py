"""What goes to the Home Office and the Commissioner: one page of it all, the data form, packs."""

from collections import Counter

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from actionplans.papers.kinds import Kind as PaperKind
from actionplans.papers.models import PlanPaper
from audit.models import EventType
from audit.services import record
from foundations.office.pdf import RenderFailed
from foundations.vault.downloads import XLSX, attachment_of
from reports.homeoffice import packing, services
from reports.homeoffice.form import form_of, unknown_in
from reports.homeoffice.forms import DataForm, PackForm, SentForm
from reports.models import LetterPoint, OfficeLetter, Pack, PackPart, PackSent, Rendering
from reports.rendering.files import MEDIA_TYPES
from reports.views.pages import DocumentsMixin, WriteMixin
from reviews import rules

_TYPES = MEDIA_TYPES | {"xlsx": XLSX, "zip": "application/zip"}


class OfficeMixin(DocumentsMixin):
    """Pages for those who write, and for the Home Office's reader."""

    def is_allowed(self):
        return rules.can_read_submitted(self.access, self.review)

    def tell_of_reading(self, target=None, **data):
        record(
            EventType.OFFICE_READ, by=self.request.user, review=self.review, target=target, **data
        )

    def packs(self):
        return Pack.objects.visible_to(self.request.user).filter(review=self.review)

    def letters(self):
        return OfficeLetter.objects.visible_to(self.request.user).filter(review=self.review)

    def points(self):
        rows = LetterPoint.objects.visible_to(self.request.user)
        return rows.filter(letter__review=self.review)


class OfficeWriteMixin(WriteMixin, OfficeMixin):
    """A form of those who write."""

    def back(self):
        return self.to("home-office"), "Home Office"

    def after_it_is_gone(self):
        return self.to("home-office")


class HomeOfficeView(OfficeMixin, TemplateView):
    """Packs with what is in them, when they went, and the letters that came back."""

    template_name = "reports/homeoffice/home.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        packs = list(
            self.packs()
            .select_related("by")
            .prefetch_related(
                Prefetch("parts", PackPart.objects.visible_to(user).select_related("stored")),
                Prefetch("sendings", PackSent.objects.visible_to(user).select_related("by")),
            )
        )
        points, open_ = (
            Counter(rows.values_list("letter", flat=True))
            for rows in (self.points(), self.points().open())
        )
        letters = [
            (one, points[one.pk], open_[one.pk])
            for one in self.letters().select_related("pack").order_by("number")
        ]
        self.tell_of_reading(packs=len(packs), letters=len(letters))
        more = {"packs": packs, "letters": letters, "open": _open(open_.total())}
        if self.writes:
            more["unknown"], more["fields"] = unknown_in(form_of(self.review))
        return super().get_context_data(**kwargs) | more


def _open(n):
    """ "" where none is."""
    return f"{n} open point{'' if n == 1 else 's'}" if n else ""


class DataFormView(OfficeMixin, TemplateView):
    """Every field with its value and where it is from, for those who fill it in."""

    template_name = "reports/homeoffice/data_form.html"

    def is_allowed(self):
        return self.writes

    def get_context_data(self, **kwargs):
        parts = form_of(self.review)
        unknown, fields = unknown_in(parts)
        self.tell_of_reading(rows=fields)
        return super().get_context_data(**kwargs) | {
            "parts": parts,
            "unknown": unknown,
            "fields": fields,
        }


class DataFormChangeView(OfficeWriteMixin, FormView):
    form_class = DataForm
    button, done = "Save", "The data form is saved."
    intro = "What you leave as it is stays as it is. Every change is kept with its reason."

    def find(self):
        super().find()
        parts = form_of(self.review) if self.is_allowed() else []
        self.part = next((one for one in parts if one.code == self.kwargs["part_code"]), None)
        if parts and self.part is None:
            raise Http404

    @property
    def heading(self):
        return self.part.heading

    def back(self):
        return self.to("data-form"), "Data form"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"part": self.part}

    def get_initial(self):
        return {"seen": services.newest_answer(self.review)}

    def as_it_is(self):
        theirs = ((one.field.label, one.value) for one in self.part.lines if one.answer)
        return services.newest_answer(self.review), tuple(theirs)

    def save(self, form):
        said = form.cleaned_data
        services.answer_form(
            self.review,
            form.values,
            why=said["why"],
            seen=said["seen"],
            by=self.request.user,
            key=said["key"],
        )


class PackMakeView(OfficeWriteMixin, FormView):
    form_class = PackForm
    heading, button = "Make a pack", "Make the pack"
    intro = (
        "The files that you choose, with the data form and the answers to letters where it goes to the "
        "Home Office, and with the finished letter where it goes to the Commissioner. It is kept as it "
        "is made, with a list of what it holds and what it does not."
    )
    done = "The pack is made. Look at what is missing from it before you send it."

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
            "renderings": made.select_related("document", "stored").order_by("-at"),
            "papers": papers.for_list().order_by("-as_of", "-pk"),
        }

    def save(self, form):
        said = form.cleaned_data
        made = services.make_pack(
            self.review,
            to=said["to"],
            renderings=list(said["renderings"]),
            papers=list(said.get("papers") or ()),
            by=self.request.user,
            key=said["key"],
        )
        return made.get_absolute_url()

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except RenderFailed as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)


class PackSentView(OfficeWriteMixin, FormView):
    form_class = SentForm
    button, done = "Record it", "It is recorded."
    intro = (
        "What goes to the Home Office is open to its reader here from then on: these files, and no "
        "others. The clock is told when the report has gone to the Commissioner, too."
    )

    def find(self):
        super().find()
        self.pack = get_object_or_404(self.packs(), number=self.kwargs["pack_number"])
        self.pack.review = self.review

    @property
    def heading(self):
        return f"Pack {self.pack.number}: sent"

    @cached_property
    def newest(self):
        rows = PackSent.objects.visible_to(self.request.user).filter(pack=self.pack)
        return rows.order_by("-pk").first()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"newest": self.newest}

    def get_initial(self):
        one = self.newest
        if one is None:
            return {"seen": 0, "to_whom": self.pack.get_to_display()}
        return {"seen": one.pk, "on": one.on, "to_whom": one.to_whom}

    def as_it_is(self):
        one = self.newest
        said = f"Sent on {one.on:%-d %B %Y} to {one.to_whom}" if one.on else "Not sent after all"
        return one.pk, (("What was recorded", said),)

    def save(self, form):
        said = form.cleaned_data
        services.record_sending(
            self.pack,
            on=said["on"],
            to_whom=said["to_whom"],
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
        part = get_object_or_404(rows.select_related("stored"), place=place)
        return part.stored, f"{self.review.reference} {part.name}"
