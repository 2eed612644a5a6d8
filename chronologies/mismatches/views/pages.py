"""The mismatches of a review: for those who lead it, and to read for those they are shared with."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.views.generic import TemplateView, View

from audit.models import EventType
from audit.services import record
from chronologies.mismatches import exports, history, queries, states
from chronologies.mismatches.forms import FilterForm, JudgeForm
from chronologies.mismatches.looking import look_again, looked
from chronologies.mismatches.models import Mismatch
from chronologies.mismatches.services.judging import possible, seen_of
from chronologies.queries import known_people, place_of
from chronologies.timeline.around import address_around
from chronologies.views.places import PAGE, record_read
from foundations.vault.downloads import XLSX, attachment
from reviews import rules
from reviews.drafts.models import Draft
from reviews.drafts.services import token_for
from reviews.views import ReviewPageMixin


class MismatchesMixin(ReviewPageMixin):
    def is_allowed(self):
        return rules.can_read_mismatches(self.access, self.review)

    @property
    def leads(self):
        return rules.can_lead_analysis(self.access, self.review)

    @cached_property
    def rows(self):
        rows = Mismatch.objects.visible_to(self.request.user).filter(review=self.review)
        return rows.with_state()

    @cached_property
    def filter(self):
        return FilterForm(
            self.request.GET,
            parts=queries.concerned(self.request.user, self.review),
            people=known_people(self.review),
            leads=self.leads,
        )

    @property
    def chosen(self):
        return self.filter.choose(self.rows, self.request.user).in_reading_order()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"leads": self.leads}


class MismatchListView(MismatchesMixin, TemplateView):
    template_name = "chronologies/mismatches/mismatch_list.html"

    def get_context_data(self, **kwargs):
        page = Paginator(self.chosen.for_display(), PAGE).get_page(self.request.GET.get("page"))
        lines = queries.lines_of(page.object_list, self.request.user, leads=self.leads)
        record_read(self, EventType.MISMATCHES_READ, len(lines))
        counts = queries.counts_of(self.rows)
        return super().get_context_data(**kwargs) | {
            "filter": self.filter,
            "page_obj": page,
            "lines": lines,
            "told": states.told(counts, leads=self.leads),
            "any": sum(counts.values()),
            "looked": looked(self.review),
            "chosen": self.request.GET.urlencode(),
        }


class MismatchExportView(MismatchesMixin, View):
    """Every row that the filters find, as a workbook."""

    def get(self, request, *args, **kwargs):
        content, rows = exports.workbook(self.chosen, request.user, leads=self.leads)
        record(
            EventType.EXPORTED,
            by=request.user,
            review=self.review,
            document="the list of mismatches",
            format="xlsx",
            rows=rows,
        )
        name = f"{self.review.reference} mismatches.xlsx"
        return attachment(content, name=name, media_type=XLSX)


class LookAgainView(MismatchesMixin, View):
    http_method_names = ["post"]

    def is_allowed(self):
        return self.leads

    def post(self, request, *args, **kwargs):
        look_again(self.review)
        messages.success(
            request, "It is looking through the entries. The list says when it is done."
        )
        return redirect("chronologies:mismatch-list", self.review.reference)


class MismatchMixin(MismatchesMixin):
    """One mismatch. To whom it is not visible, it does not exist."""

    def find(self):
        super().find()
        self.mismatch = get_object_or_404(self.rows.for_display(), pk=self.kwargs["pk"])
        self.mismatch.review = self.review

    def tell_of_reading(self):
        record_read(self, EventType.MISMATCHES_READ, 1, self.mismatch)

    def get_context_data(self, **kwargs):
        user, mismatch = self.request.user, self.mismatch
        (line,) = queries.lines_of([mismatch], user, leads=self.leads)
        sides = queries.sides_of(mismatch, user)
        return super().get_context_data(**kwargs) | {
            "mismatch": mismatch,
            "line": line,
            "sides": sides,
            "missing": self.without_account(sides),
            "report": queries.report_passed_over(mismatch, user),
            "around_url": self.around(sides),
        }

    def without_account(self, sides):
        """The agency from which there is no matching entry, where nothing else of it stands there."""
        missing = self.mismatch.missing_from
        speaks = missing and missing.agency.name in {side.agency for side in sides}
        return None if speaks else missing

    def around(self, sides):
        """What those concerned have around that time, side by side, where somebody may read it."""
        parts = [side.entry.participation for side in sides if side.entry]
        parts += [part.participation for part in self.mismatch.parts.all()]
        if not rules.can_read_combined(self.access, self.review):
            return ""
        places = dict.fromkeys(place_of(part) for part in parts)
        return address_around(self.review, self.mismatch.date, places)


class JudgingMixin(MismatchMixin):
    """What the leaders find below a mismatch: what was made of it, what was asked, the form."""

    @property
    def judge_url(self):
        return reverse(
            "chronologies:mismatch-judge", args=[self.review.reference, self.mismatch.pk]
        )

    def verdicts(self):
        return possible(self.mismatch)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not self.leads:
            return context
        user, mismatch, works = self.request.user, self.mismatch, not self.review.has_ended
        judgements = history.judgements_of([mismatch], user)
        last = judgements[0] if judgements else None
        is_changed = bool(last) and last.evidence != mismatch.evidence
        asked = queries.asked_about(mismatch, user, on=localdate())
        return context | {
            "history": history.history_of(mismatch, judgements, asked, user),
            "last": last,
            "is_changed": is_changed,
            "changes": history.changes_since(last, user) if is_changed else [],
            "asked": asked,
            "may_judge": works and bool(self.verdicts()),
            "may_ask": self.asked_of(asked) if works and not mismatch.gone_at else [],
            "may_look": works,
            "judge_url": self.judge_url,
            "seen": seen_of(mismatch),
            "next": queries.next_open(mismatch, user),
        }

    def asked_of(self, asked):
        """Each agency concerned can be asked, but for one that only leads actions here, and one to
        which a query is written or under way."""
        parts = (part.participation for part in self.mismatch.parts.all())
        under_way = {one.agency for one in asked if one.is_under_way}
        return [part for part in parts if not part.is_lead_only and part.agency not in under_way]


class MismatchDetailView(JudgingMixin, TemplateView):
    template_name = "chronologies/mismatches/mismatch_detail.html"

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        context = super().get_context_data(**kwargs)
        if not context.get("may_judge"):
            return context
        user, url = self.request.user, self.judge_url
        return context | {
            "form": JudgeForm(verdicts=self.verdicts()),
            "draft_of": token_for(user, self.review, url),
            "kept": Draft.objects.visible_to(user).filter(page=url).first(),
        }
