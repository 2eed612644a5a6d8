"""What the leaders make of an answer."""

from reviews import rules
from reviews.querying import forms
from reviews.querying.services import deciding
from reviews.querying.states import What
from reviews.querying.views.pages import QueryStepView


class _DecideView(QueryStepView):
    def is_allowed(self):
        return rules.can_decide_query(self.access, self.query)


class QueryAcceptView(_DecideView):
    what = What.ACCEPTED
    form_class = forms.AcceptForm
    heading = "Accept the answer"
    button = "Accept it"
    done = "Accepted."

    def save(self, form):
        deciding.accept(self.query, by=self.request.user, **form.cleaned_data)


class QueryDisputeView(_DecideView):
    what = What.DISPUTED
    form_class = forms.DisputeForm
    heading = "Dispute the answer"
    intro = "Both accounts stand beside each other from now on: the agency’s, and what the review holds against it."
    button = "Dispute it"
    done = "Disputed. Both accounts stand."

    def save(self, form):
        deciding.dispute(self.query, by=self.request.user, **form.cleaned_data)


class QueryAgainView(_DecideView):
    what = What.ASKED_AGAIN
    form_class = forms.AgainForm
    heading = "Ask again"
    intro = "The same query is open again, with your new words and a day. What was asked and answered before stays."
    button = "Send"
    done = "Sent. The agency has a message."

    def save(self, form):
        deciding.ask_again(self.query, by=self.request.user, **form.cleaned_data)


class QueryWithdrawView(_DecideView):
    what = What.WITHDRAWN
    form_class = forms.WithdrawForm
    heading = "Withdraw the query"
    intro = "It stays on record with your reason. No answer is needed any more."
    button = "Withdraw it"
    tone = "warning"
    done = "Withdrawn."

    def save(self, form):
        deciding.withdraw(self.query, by=self.request.user, **form.cleaned_data)
