"""Where the register of people and the chronologies meet: another pseudonym, real names replaced."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.generic import FormView

from chronologies import services
from chronologies.forms import NamesReplaceForm, PseudonymForm
from chronologies.pseudonyms import rename_person, replace_names
from chronologies.views.entries import EntryPageMixin
from reviews import rules
from reviews.password import PasswordAgainMixin
from reviews.people.services import ChangedMeanwhile
from reviews.people.views import PersonMixin
from reviews.views import FormPageMixin


class PersonRenameView(PersonMixin, FormView):
    form_class = PseudonymForm
    template_name = "chronologies/person_rename.html"

    def get_initial(self):
        return {"chosen_by": self.person.chosen_by, "seen": self.person.versions.count()}

    def form_valid(self, form):
        try:
            rename_person(self.person, by=self.request.user, **form.cleaned_data)
        except ChangedMeanwhile:
            form.add_error(None, "Somebody has changed this meanwhile. Open the page again")
            return self.form_invalid(form)
        except ValidationError as refusal:
            form.add_error("pseudonym", refusal.messages[0])
            return self.form_invalid(form)
        messages.success(self.request, "Saved. Entries are labelled with the new pseudonym.")
        return redirect("reviews:person-detail", self.review.reference, self.person.pk)


class NamesReplaceView(PasswordAgainMixin, EntryPageMixin, FormPageMixin, FormView):
    """Behind the password, because the new words say who somebody is to whoever saw the old."""

    form_class = NamesReplaceForm
    template_name = fragment_name = "chronologies/names_replace.html"

    def is_allowed(self):
        return rules.can_replace_names(self.access, self.entry)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        return {"seen": self.entry.versions.count()}

    def form_valid(self, form):
        try:
            replaced = replace_names(
                self.entry,
                by=self.request.user,
                seen=form.cleaned_data["seen"],
                on_behalf=self.on_behalf,
            )
        except (services.ChangedMeanwhile, services.AlreadyWithdrawn):
            return self.overtaken()
        if replaced:
            messages.success(self.request, "Replaced. What stood there before is a version.")
        else:
            messages.info(self.request, "No real name of the register stands in this entry.")
        return redirect(self.entry)
