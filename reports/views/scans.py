"""What is looked through for what could tell who somebody is, and what is decided of what was found."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from django_htmx.http import HttpResponseClientRedirect

from audit.models import EventType
from audit.services import record
from findings.services.locking import ChangedMeanwhile
from reports.leaks import deciding, keeping
from reports.leaks.kept_files import kept_files
from reports.leaks.showing import chosen, grouped, lines_of, newest, states
from reports.models import Scan, Source
from reports.scan_forms import DecideForm, HitFilterForm, ScanForm
from reports.views.pages import DocumentsMixin
from reviews import rules
from reviews.views import FormPageMixin

SCANS, HITS, CONFIRMED = 20, 50, 100
# A place; all places with its words; all of its kind. Each is the number of a hit.
TICKS = ("hit", "alike", "kind")
SENT = (*TICKS, "verdict", "reason", "keep_reason", "key", "seen")
NONE_TICKED = "Tick what you decide about"
MEANWHILE = (
    "Somebody has decided about some of these since you opened the page. What they decided is shown now: look "
    "at it, then decide"
)


class ScansMixin(FormPageMixin, DocumentsMixin):
    """For those who write documents alone: what was found says where names stand."""

    def is_allowed(self):
        return rules.can_write_documents(self.access, self.review)

    def scans(self):
        return Scan.objects.visible_to(self.request.user).filter(review=self.review).for_display()

    def tell_of_looking(self, target=None, **data):
        record(
            EventType.SCANS_READ, by=self.request.user, review=self.review, target=target, **data
        )


class ScanListView(ScansMixin, FormView):
    """What was looked through so far; another file is brought, or chosen, here."""

    form_class = ScanForm
    template_name = "reports/scans/list.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kept": kept_files(self.review, self.request.user)}

    def get_context_data(self, **kwargs):
        page = Paginator(self.scans(), SCANS).get_page(self.request.GET.get("page"))
        if self.request.method == "GET":
            self.tell_of_looking(rows=len(page.object_list))
        left = deciding.undecided_of(self.review, page.object_list)
        jobs = keeping.jobs_of(page.object_list)
        rows = [(one, left.get(one.pk), jobs.get(one.job_key)) for one in page.object_list]
        return super().get_context_data(**kwargs) | {"page_obj": page, "scans": rows}

    def form_valid(self, form):
        said = {"by": self.request.user, "key": form.cleaned_data["key"]}
        if one := form.chosen:
            said |= {"source": one.source, "name": one.name}
            said |= {"stored": one.stored, "rendering": one.rendering}
        else:
            said |= {"source": Source.UPLOADED, "name": form.cleaned_data["file"].name}
            said |= {"content": form.content}
        return redirect(keeping.ask_for_scan(self.review, **said))


class ScanMixin(ScansMixin):
    def find(self):
        super().find()
        self.scan = get_object_or_404(self.scans(), pk=self.kwargs["pk"])
        self.scan.review = self.review

    @cached_property
    def lines(self):
        return lines_of(self.scan)

    def get_context_data(self, **kwargs):
        query = self.request.GET.urlencode()
        return super().get_context_data(**kwargs) | {
            "scan": self.scan,
            "told": self.scan.told,
            "query": f"?{query}" if query else "",
        }

    def shown(self, lines):
        """What the page shows of lines of what was found, with the boxes that were ticked."""
        posted = self.request.POST
        return {
            "kinds": grouped(lines, self.lines),
            "states": states(self.lines),
            "ticked": {name: set(posted.getlist(name)) for name in TICKS},
        }


class ScanDetailView(ScanMixin, TemplateView):
    template_name = "reports/scans/detail.html"

    def get(self, request, *args, **kwargs):
        if request.htmx and self.scan.is_over:
            return HttpResponseClientRedirect(self.scan.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not self.request.htmx:  # which asks every two seconds whether it is over
            self.tell_of_looking(self.scan, rows=len(self.lines))
        if not self.scan.is_over:
            return context | {"job": keeping.jobs_of([self.scan]).get(self.scan.job_key)}
        kinds = sorted({one.kind for one in self.lines})
        filtered = HitFilterForm(self.request.GET or None, kinds=kinds)
        lines = filtered.choose(self.lines)
        page = Paginator(lines, HITS).get_page(self.request.GET.get("page"))
        form = DecideForm(initial={"seen": newest(self.lines)})
        more = {"form": form, "filter": filtered, "page_obj": page}
        return context | self.shown(page.object_list) | more


class ScanDecideView(ScanMixin, FormView):
    """One hit is decided at once; of several it is asked once more whether all of them are meant. What is
    refused is shown again with what was ticked alone."""

    http_method_names = ["post"]
    form_class = DecideForm
    template_name = "reports/scans/detail.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | self.shown((self.chosen or self.lines)[:HITS])

    @cached_property
    def chosen(self):
        ticked = (
            {int(one) for one in self.request.POST.getlist(name) if one.isdecimal()}
            for name in TICKS
        )
        return chosen(self.lines, *ticked)

    def form_valid(self, form):
        if not self.chosen:
            form.add_error(None, NONE_TICKED)
            return self.form_invalid(form)
        if len(self.chosen) > 1 and self.request.POST.get("confirmed") != str(len(self.chosen)):
            return self.ask_again(form)
        said = {name: form.cleaned_data[name] for name in ("verdict", "reason", "key", "seen")}
        try:
            done = deciding.decide(
                self.scan, [one.number for one in self.chosen], by=self.request.user, **said
            )
        except ChangedMeanwhile:
            return self.meanwhile(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, f"Decided for {done} place{'' if done == 1 else 's'}.")
        query = self.request.GET.urlencode()  # where on the pages, and with which filter
        return redirect(f"{self.scan.get_absolute_url()}?{query}" if query else self.scan)

    def ask_again(self, form):
        self.template_name = "reports/scans/confirm.html"
        posted = self.request.POST
        context = {
            "chosen": self.chosen[:CONFIRMED],
            "count": len(self.chosen),
            "more": max(0, len(self.chosen) - CONFIRMED),
            "decided": sum(one.decision is not None for one in self.chosen),
            "keeps": form.cleaned_data["verdict"] == deciding.Verdict.KEEP,
            "sent": [(name, value) for name in SENT for value in posted.getlist(name)],
        }
        return self.render_to_response(self.get_context_data(form=form, **context))

    def meanwhile(self, form):
        form.data = form.data.copy()
        form.data["seen"] = str(newest(self.lines))
        form.add_error(None, MEANWHILE)
        return self.form_invalid(form)
