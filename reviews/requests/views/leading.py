"""The coordinator's and the chair's side: how all requests stand, and what they decide on one."""

from django.http import Http404
from django.views.generic import ListView

from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.checking.queries import before_accepting
from reviews.drafts.pages import KeepsWordsMixin
from reviews.querying.forms import ReturnWithForm
from reviews.querying.models import Query
from reviews.querying.services.sending import return_with
from reviews.querying.states import State as QueryState
from reviews.requests import forms
from reviews.requests.queries import gathering_of, lines_of, people_of_each, with_contact
from reviews.requests.services import extending, moving
from reviews.requests.states import State, What
from reviews.requests.views.pages import LeadRequestsMixin, StepView


class BoardMixin(LeadRequestsMixin):
    """The requests as the filters have them."""

    def chosen(self):
        self.filter = forms.FilterForm(self.request.GET, parts=self.parts())
        rows = with_contact(self.requests()).order_by("participation__agency__name", "due", "pk")
        return self.filter.choose(rows, on=self.today)


class RequestBoardView(BoardMixin, ListView):
    template_name = "reviews/requests/board.html"
    paginate_by = 50

    def get_queryset(self):
        return self.chosen()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        record(EventType.REQUESTS_READ, by=self.request.user, review=self.review)
        every = list(self.requests().exclude(state=State.WITHDRAWN))
        late = [request for request in every if request.is_late(self.today)]
        return context | {
            "filter": self.filter,
            "query": self.request.GET.urlencode(),
            "lines": lines_of(context["page_obj"].object_list, on=self.today),
            "gathering": gathering_of(every, on=self.today),
            "may_remind": any(people_of_each([one.participation_id for one in late]).values()),
            "may_change_checklists": rules.can_change_checklists(self.access),
            "today": self.today,
        }


class _LeadView(KeepsWordsMixin, StepView):
    def is_allowed(self):
        return self.leads


class ExtensionAnswerView(_LeadView):
    what = What.EXTENSION_GIVEN
    form_class = forms.ExtensionAnswerForm
    heading = "More time"
    done = "Answered."
    tells_agency = True

    def get_initial(self):
        waiting = self.asked.waiting_extension
        return {"until": waiting.due} if waiting else {"answer": "give"}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"waiting_time": self.asked.waiting_extension}

    def save(self, data):
        said = {"by": self.request.user, "key": data["key"], "reason": data["reason"]}
        if data["answer"] == "refuse":
            return extending.refuse_extension(self.asked, **said)
        return extending.give_extension(self.asked, until=data["until"], **said)


class RequestReturnView(_LeadView):
    """With the queries that were raised about it and have not gone yet."""

    what = What.RETURNED
    form_class = ReturnWithForm
    heading = "Return it to the agency"
    intro = "What came stays on record. The agency finds your words with the new day."
    button = "Return it"
    done = "Returned."
    tells_agency = True

    def get_form_kwargs(self):
        rows = Query.objects.visible_to(self.request.user).filter(request=self.asked)
        not_sent = rows.filter(state=QueryState.NOT_SENT).order_by("number")
        if self.request.method == "GET" and not_sent:
            record(
                EventType.QUERIES_READ,
                by=self.request.user,
                review=self.review,
                target=self.asked,
                agency=self.part.agency.name,
            )
        return super().get_form_kwargs() | {"queries": not_sent}

    def save(self, data):
        queries = data.pop("queries", ())
        return return_with(self.asked, queries=queries, by=self.request.user, **data)


class RequestAcceptView(_LeadView):
    what = What.ACCEPTED
    form_class = forms.AcceptForm
    heading = "Accept it"
    intro = "Nothing more is asked of the agency for this. You can still return it later."
    button = "Accept it"
    done = "Accepted."

    def get_context_data(self, **kwargs):
        warnings = before_accepting(self.request.user, self.asked)
        return super().get_context_data(**kwargs) | {"before_accepting": warnings}

    def save(self, data):
        moving.accept(self.asked, by=self.request.user, **data)


class RequestWithdrawView(_LeadView):
    what = What.WITHDRAWN
    form_class = forms.WithdrawForm
    heading = "Withdraw the request"
    intro = "The agency owes no answer any more. The request stays on record with your reason."
    button = "Withdraw it"
    tone = "warning"
    done = "Withdrawn."

    def save(self, data):
        moving.withdraw(self.asked, by=self.request.user, **data)


class RequestRegisterView(_LeadView):
    """What came another way is entered on the agency's behalf: the coordinator's to do. A report is
    entered with its files, on the page on which the agency itself brings it."""

    what = What.SUBMITTED
    form_class = forms.RegisterForm
    heading = "It came another way"
    intro = "By secure e-mail or by post, for example. The agency finds a receipt, which says that you entered it."
    done = "Entered on the agency’s behalf."

    def find(self):
        super().find()
        if self.asked.is_for_a_file:
            raise Http404

    def is_allowed(self):
        return super().is_allowed() and rules.can_run_review(self.access, self.review)

    def save(self, data):
        return moving.submit(self.asked, by=self.request.user, on_behalf=True, **data)
