from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, ListView

from audit.models import EventType
from audit.services import record
from foundations.vault.sealing import Unreadable
from reviews import rules
from reviews.citing import CONTACT, uses_of
from reviews.drafts.pages import KeepsWordsMixin
from reviews.family import services
from reviews.family.forms import (
    AnswerForm,
    ContactForm,
    CorrectionForm,
    CorrespondentForm,
    DetailsForm,
    EngagementForm,
    HoldForm,
    WishForm,
)
from reviews.family.models import ContactEntry, Correspondent, Wish
from reviews.family.queries import contact_from, line_of, open_wishes, wishes_by_state
from reviews.letters.models import Letter
from reviews.models import Person
from reviews.password import PasswordAgainForm, PasswordAgainMixin
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import banner_for
from reviews.terms.models import TermsVersion
from reviews.views import FormPageMixin, ReviewPageMixin


class FamilyMixin(ReviewPageMixin, FormPageMixin):
    """The coordinator's and the chair's alone."""

    def is_allowed(self):
        return rules.can_keep_family_log(self.access, self.review)

    def correspondents(self):
        rows = Correspondent.objects.visible_to(self.request.user)
        return rows.filter(review=self.review)

    def wishes(self):
        rows = Wish.objects.visible_to(self.request.user)
        return rows.filter(review=self.review).for_display()

    def tell_of_reading(self, target=None):
        record(EventType.FAMILY_LOG_READ, by=self.request.user, review=self.review, target=target)

    def form_valid(self, form):
        """What a service refuses stands beside its field, or above them all."""
        try:
            where = self.keep(form.cleaned_data)
        except services.KeyOfAnother:
            raise Http404 from None
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        return redirect(where)


class CorrespondentListView(FamilyMixin, ListView):
    """Everybody the review is in touch with, or wants to be, by pseudonym or relation."""

    template_name = "reviews/family/family.html"
    paginate_by = 50

    def get_queryset(self):
        return self.correspondents().for_display().order_by("pk")

    def get_context_data(self, **kwargs):
        context, today = super().get_context_data(**kwargs), timezone.localdate()
        self.tell_of_reading()
        return context | {
            "lines": [line_of(one, on=today) for one in context["page_obj"]],
            "open_wishes": len(open_wishes(self.request.user, self.review)),
            "on_hold": banner_for(self.request.user, self.review, Stops.FAMILY, Stops.CONTACT),
        }


class CorrespondentAddView(FamilyMixin, FormView):
    form_class = CorrespondentForm
    template_name = "reviews/family/correspondent_add.html"

    def get_initial(self):
        asked = self.request.GET.get("person", "")
        return {"person": asked} if asked.isdecimal() else {}

    def get_form_kwargs(self):
        people = Person.objects.visible_to(self.request.user).filter(review=self.review)
        return super().get_form_kwargs() | {"people": people}

    def keep(self, said):
        return services.add_correspondent(self.review, by=self.request.user, **said)


class CorrespondentMixin(FamilyMixin):
    def find(self):
        super().find()
        if self.is_allowed():
            self.correspondent = get_object_or_404(
                self.correspondents().for_display(), pk=self.kwargs["pk"]
            )

    def get_context_data(self, **kwargs):
        today, person = timezone.localdate(), self.correspondent.person
        whats = [Stops.FAMILY, Stops.CONTACT] if person else [Stops.FAMILY]
        return super().get_context_data(**kwargs) | {
            "on_hold": banner_for(self.request.user, self.review, *whats, person=person),
            "correspondent": self.correspondent,
            "line": line_of(self.correspondent, on=today),
            "today": today,
        }


class CorrespondentView(CorrespondentMixin, ListView):
    """Everything with one of them, the newest contact first."""

    template_name = "reviews/family/correspondent.html"
    context_object_name = "entries"
    paginate_by = 50

    def get_queryset(self):
        rows = ContactEntry.objects.visible_to(self.request.user)
        entries = rows.filter(correspondent=self.correspondent).for_display()
        return entries.select_related("corrected_by")

    def get_context_data(self, **kwargs):
        self.tell_of_reading(self.correspondent)
        context = super().get_context_data(**kwargs)
        uses = uses_of(CONTACT, context["entries"], self.review, self.request.user)
        for entry in context["entries"]:
            entry.uses = uses.get(entry.pk, ())
        return context | {
            "wishes": wishes_by_state(self.correspondent.wishes.all()),
            "holds": self.correspondent.holds.select_related("recorded_by"),
            "decisions": self.correspondent.decisions.select_related("recorded_by"),
        }


class ContactAddView(KeepsWordsMixin, CorrespondentMixin, FormView):
    form_class = ContactForm
    template_name = "reviews/family/contact_add.html"

    def letters(self):
        """Those to this person that have left."""
        rows = Letter.objects.visible_to(self.request.user).filter(review=self.review)
        sent = rows.filter(person=self.correspondent.person_id, person__isnull=False)
        return sent.exclude(finished_at=None).filter(set_aside_at=None).for_display()

    def get_form_kwargs(self):
        versions = TermsVersion.objects.visible_to(self.request.user)
        return super().get_form_kwargs() | {
            "versions": versions.filter(review=self.review),
            "letters": self.letters(),
        }

    def get_initial(self):
        """From the letter that the register offers."""
        asked = self.request.GET.get("letter", "")
        letter = self.letters().filter(pk=asked).first() if asked.isdecimal() else None
        return contact_from(letter) if letter and letter.sent else {}

    def keep(self, said):
        services.record_contact(
            self.correspondent, by=self.request.user, today=timezone.localdate(), **said
        )
        messages.success(self.request, "Contact recorded.")
        return self.correspondent


class ContactCorrectView(ContactAddView):
    """The entry stays; another stands instead of it."""

    form_class = CorrectionForm
    template_name = "reviews/family/contact_correct.html"

    def find(self):
        FamilyMixin.find(self)
        if self.is_allowed():
            rows = ContactEntry.objects.visible_to(self.request.user).standing()
            self.entry = get_object_or_404(
                rows, correspondent__in=self.correspondents(), pk=self.kwargs["pk"]
            )
            self.correspondent = (
                self.correspondents().for_display().get(pk=self.entry.correspondent_id)
            )

    def get(self, request, *args, **kwargs):
        self.tell_of_reading(self.correspondent)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        names = set(ContactForm.base_fields) - {"key"}
        return {name: getattr(self.entry, name) for name in names}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"entry": self.entry}

    def keep(self, said):
        try:
            return super().keep(said | {"corrects": self.entry})
        except services.AlreadyCorrected:
            raise ValidationError("Somebody has corrected this entry already") from None


class HoldView(CorrespondentMixin, FormView):
    form_class = HoldForm
    template_name = "reviews/family/contact_hold.html"

    def get_initial(self):
        return {"set_on": timezone.localdate()}

    def keep(self, said):
        services.hold_contact(
            self.correspondent, by=self.request.user, today=timezone.localdate(), **said
        )
        messages.success(self.request, "Saved. What was agreed before is kept.")
        return self.correspondent


class EngagementView(CorrespondentMixin, FormView):
    form_class = EngagementForm
    template_name = "reviews/family/engagement_decide.html"

    def keep(self, said):
        services.decide_engagement(
            self.correspondent, by=self.request.user, today=timezone.localdate(), **said
        )
        messages.success(self.request, "Decision recorded.")
        return self.correspondent


# --- Wishes and questions -----------------------------------------------------------------------


class WishListView(FamilyMixin, ListView):
    """Everything that the report must answer, what is open first."""

    template_name = "reviews/family/wish_list.html"
    paginate_by = 50

    def get_queryset(self):
        return wishes_by_state(self.wishes())

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        return super().get_context_data(**kwargs)


class WishAddView(CorrespondentMixin, FormView):
    form_class = WishForm
    template_name = "reviews/family/wish_add.html"

    def keep(self, said):
        services.record_wish(self.correspondent, by=self.request.user, **said)
        messages.success(self.request, "Recorded. It stays open until it is answered.")
        return self.correspondent


class WishAnswerView(FamilyMixin, FormView):
    form_class = AnswerForm
    template_name = "reviews/family/wish_answer.html"

    def find(self):
        super().find()
        if self.is_allowed():
            self.wish = get_object_or_404(self.wishes(), pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        self.tell_of_reading(self.wish.correspondent)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        """To say when they were told, the answer need not be typed again."""
        answer = self.wish.answer
        names = ("outcome", "where", "text", "told_on")
        return {name: getattr(answer, name) for name in names} if answer else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"wish": self.wish}

    def keep(self, said):
        services.answer_wish(self.wish, by=self.request.user, today=timezone.localdate(), **said)
        messages.success(self.request, "Answer recorded.")
        return self.wish.correspondent


# --- How to reach them --------------------------------------------------------------------------


class DetailsView(PasswordAgainMixin, CorrespondentMixin, FormView):
    """Shown once, in answer to the password; never in a list."""

    form_class = PasswordAgainForm
    template_name = "reviews/family/contact_details.html"

    def is_allowed(self):
        return FamilyMixin.is_allowed(self)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        details = services.reveal_details(self.correspondent, by=self.request.user)
        try:
            shown = {"details": details, "text": details.text if details else ""}
        except Unreadable as problem:
            shown = {"problem": problem}
        return self.render_to_response(self.get_context_data(form=None, shown=True, **shown))


class DetailsChangeView(CorrespondentMixin, FormView):
    """What is known is not shown here: what is entered stands instead of it."""

    form_class = DetailsForm
    template_name = "reviews/family/contact_details_enter.html"

    def keep(self, said):
        services.set_details(self.correspondent, by=self.request.user, **said)
        messages.success(self.request, "Saved how to reach them. It is stored sealed.")
        return self.correspondent
