"""Pages of papers: what there is, a draft of one, a new final one, and each as it went."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View

from actionplans.papers import printing, services
from actionplans.papers.forms import DraftForm, FinalForm
from actionplans.papers.kinds import FORMATS, KEPT_FORMATS, WHAT_IT_IS, Kind
from actionplans.papers.mending import ways_of
from actionplans.papers.models import PlanPaper
from agencies.models import Partnership
from audit.models import EventType
from audit.services import record
from foundations.office.pdf import RenderFailed
from foundations.vault.downloads import attachment, attachment_of
from reviews import rules
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.views import FormPageMixin, GuardedMixin, ReviewPageMixin


class OfReviewMixin(ReviewPageMixin):
    """Papers of one review."""

    def find(self):
        super().find()
        self.scope = services.scope_of(self.review)

    def reads(self):
        return rules.can_read_papers(self.access, self.review)

    def makes(self):
        return rules.can_make_papers(self.access, self.review)

    def takes_final(self):
        return self.makes() and not self.review.has_ended

    def where(self, name):
        return reverse(f"actionplans:paper-{name}", args=[self.review.reference])


class OfPartnershipMixin(GuardedMixin):
    """Papers about all reviews of a partnership that go on and that this person runs."""

    def find(self):
        appointed = rules.partnerships_with_papers(self.access)
        found = Partnership.objects.filter(pk__in=appointed)
        partnership = get_object_or_404(found, slug=self.kwargs["partnership"])
        runs = self.access.reviews_with("change_action_plan") - self.access.reviews_in_conflict
        self.scope = services.Scope(partnership, services.reviews_of(partnership, runs))

    def reads(self):
        return True

    def makes(self):
        return rules.can_make_papers_of_all(self.access, self.scope.partnership)

    def takes_final(self):
        return self.makes()

    def where(self, name):
        return reverse(f"actionplans:papers-{name}", args=[self.scope.partnership.slug])


class PapersMixin:
    """What every page of papers shows, whatever they are about."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "scope": self.scope,
            "list_url": self.where("list"),
            "draft_url": self.where("draft"),
            "create_url": self.where("create"),
            "makes": self.makes(),
            "takes_final": self.takes_final(),
        }

    def papers(self):
        """Of a partnership also those about one review of it."""
        visible = PlanPaper.objects.visible_to(self.request.user)
        if self.scope.review:
            return visible.filter(review=self.scope.review)
        return visible.filter(partnership=self.scope.partnership)

    def record_read(self, rows):
        for review in self.scope.reviews:
            record(EventType.PLAN_READ, by=self.request.user, review=review, rows=rows)


class ListPart(PapersMixin):
    template_name = "actionplans/papers/list.html"

    def is_allowed(self):
        return self.reads()

    def get_context_data(self, **kwargs):
        all_of = self.scope.review and rules.can_read_papers_of_all(
            self.access, self.scope.partnership
        )
        return super().get_context_data(**kwargs) | {
            "form": kwargs.get("form") or DraftForm(),
            "papers": self.papers().for_list(),
            "kinds": [(kind.label, WHAT_IT_IS[kind]) for kind in Kind],
            "all_of": self.scope.partnership if all_of else None,
            "reads_plan": self.scope.review and rules.can_see_plan(self.access, self.scope.review),
        }


class DraftPart(ListPart):
    """A draft as it would be now: a page, or a file that nobody keeps."""

    def is_allowed(self):
        return self.makes()

    def get(self, request, *args, **kwargs):
        form = DraftForm(request.GET)
        if not form.is_valid():
            status = 422 if request.GET else 200
            form = form if request.GET else DraftForm()
            return self.render_to_response(self.get_context_data(form=form), status=status)
        document = services.draft(self.scope, **form.asked, by=request.user)
        if form.cleaned_data["format"] == "html":
            return self.show(document)
        return self.send(document, form.cleaned_data["format"])

    def show(self, document):
        self.record_read(document.rows)
        query = self.request.GET.copy()
        query.pop("format", None)
        context = self.get_context_data() | {
            "paper": document,
            "query": query.urlencode(),
            "formats": [(name, FORMATS[name]) for name in ("pdf", "docx", "xlsx")],
        }
        return render(self.request, "actionplans/papers/draft.html", context)

    def send(self, document, format_):
        try:
            content = printing.drawn(document, format_, made_at=timezone.localtime())
        except RenderFailed as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.where("list"))
        for review in self.scope.reviews:
            record(
                EventType.EXPORTED,
                by=self.request.user,
                review=review,
                document="a draft paper",
                format=format_,
                rows=document.rows,
            )
        name = services.file_name(self.scope.key, document, format_)
        return attachment(content, name=name, media_type=printing.MEDIA_TYPES[format_])


class FinalPart(PapersMixin, FormPageMixin):
    form_class = FinalForm
    template_name = "actionplans/papers/create.html"

    def is_allowed(self):
        return self.makes()

    def get_initial(self):
        """What was looked at as a draft."""
        asked = DraftForm(self.request.GET)
        return asked.asked if self.request.GET and asked.is_valid() else {}

    def form_valid(self, form):
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        try:
            paper = services.keep_final(self.scope, by=self.request.user, **form.cleaned_data)
        except services.LookFirst as refusal:
            return self.show(refusal.document, form)
        except services.LeftOpen as refusal:
            return self.name_places(refusal.places, form)
        except RenderFailed as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        except ReviewEnded:
            raise
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "The paper is kept as it is now.")
        return redirect(paper)

    def name_places(self, places, form):
        form.add_error(None, "Something was never filled in. A final paper needs it")
        places = ways_of(places, self.request.user)
        return self.render_to_response(self.get_context_data(form=form, places=places), status=422)

    def show(self, document, form):
        """The whole of it, before it is kept for good."""
        self.record_read(document.rows)
        left_out = {"csrfmiddlewaretoken", "seen"}
        context = self.get_context_data() | {
            "paper": document,
            "seen": services.digest_of(document),
            "again": bool(form.cleaned_data["seen"]),
            "is_given": form.cleaned_data["is_given"],
            "alike": services.alike(self.scope, **form.asked, papers=self.papers()),
            "sent": [
                (name, said) for name, said in self.request.POST.items() if name not in left_out
            ],
        }
        return render(self.request, "actionplans/papers/look_first.html", context)


class ReviewPapersView(ListPart, OfReviewMixin, TemplateView):
    pass


class ReviewDraftView(DraftPart, OfReviewMixin, TemplateView):
    pass


class ReviewFinalView(FinalPart, OfReviewMixin, FormView):
    pass


class PartnershipPapersView(ListPart, OfPartnershipMixin, TemplateView):
    pass


class PartnershipDraftView(DraftPart, OfPartnershipMixin, TemplateView):
    pass


class PartnershipFinalView(FinalPart, OfPartnershipMixin, FormView):
    pass


# --- One final paper ----------------------------------------------------------------------------


class PaperMixin(GuardedMixin):
    """Whoever finds it may read it; for everybody else there is none."""

    def is_allowed(self):
        return True

    def find(self):
        papers = PlanPaper.objects.visible_to(self.request.user)
        papers = papers.select_related("review", "partnership", "by", "word", "pdf", "page")
        papers = papers.defer("word__body", "pdf__body", "page__body")
        self.paper = get_object_or_404(papers, pk=self.kwargs["pk"])
        review = self.paper.review
        self.review = review
        ids = self.paper.review_ids
        self.scope = (
            services.scope_of(review)
            if review
            else services.Scope(
                self.paper.partnership,
                tuple(
                    Review.objects.visible_to(self.request.user)
                    .filter(pk__in=ids)
                    .order_by("reference")
                ),
            )
        )

    def tell(self, event, **about):
        for review in self.scope.reviews:
            record(event, by=self.request.user, review=review, target=self.paper, **about)


class PaperDetailView(PaperMixin, TemplateView):
    template_name = "actionplans/papers/detail.html"

    def get_context_data(self, **kwargs):
        self.tell(EventType.PLAN_READ, rows=self.paper.document.rows)
        of = self.paper.review
        name, at = ("paper-list", of.reference) if of else ("papers-list", self.scope.key)
        return super().get_context_data(**kwargs) | {
            "final": self.paper,
            "paper": self.paper.document,
            "formats": FORMATS.items(),
            "list_url": reverse(f"actionplans:{name}", args=[at]),
        }


class PaperFileView(PaperMixin, View):
    """One of its files as it went; as a workbook, made of the same words."""

    def get(self, request, *args, **kwargs):
        format_, document = kwargs["format"], self.paper.document
        if format_ not in FORMATS:
            raise Http404
        name = services.file_name(self.scope.key, document, format_)
        media_type = printing.MEDIA_TYPES[format_]
        if format_ in KEPT_FORMATS:
            response = attachment_of(self.paper.files[format_], name=name, media_type=media_type)
        else:
            content = printing.drawn(document, format_, made_at=timezone.localtime(self.paper.at))
            response = attachment(content, name=name, media_type=media_type)
        self.tell(EventType.FILE_DOWNLOADED, format=format_)
        return response
