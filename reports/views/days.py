"""The day for the answers to an extract, moved."""

from django.views.generic import FormView

from findings.services.locking import ChangedMeanwhile
from reports.copies.days import move_day
from reports.copies.forms import MoveDayForm
from reports.views.accuracy import RoundFormMixin


class RoundDayView(RoundFormMixin, FormView):
    form_class = MoveDayForm
    template_name = "reports/copies/round_form.html"
    heading, button = "Move the day for its answers", "Move the day"
    intro = (
        "The days before stay on record, and the agency has a message that there is another one."
    )
    done = "The day is moved."

    def is_allowed(self):
        return self.leads

    def back(self):
        return self.round.get_absolute_url(), "The extract"

    def get_initial(self):
        return {"to": self.round.due, "seen": self.round.due}

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ChangedMeanwhile:
            return self.meanwhile(form)

    def meanwhile(self, form):
        """A colleague moved it first: the day that counts stands on the page, for a second press."""
        self.round.refresh_from_db(fields=["due"])
        form.data = form.data.copy()
        form.data["seen"] = self.round.due.isoformat()
        now = f"Somebody has moved the day meanwhile: it is {self.round.due:%-d %B %Y} now."
        form.add_error("to", f"{now} Move it from there, or leave it")
        return self.form_invalid(form)

    def save(self, form):
        move_day(self.round, by=self.request.user, **form.cleaned_data)
