from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.views.generic import FormView, ListView, TemplateView, View

from audit.models import EventType
from audit.services import record
from foundations.vault.downloads import attachment
from foundations.vault.sealing import Unreadable
from reviews import rules
from reviews.forms import ConfirmForm
from reviews.models import Person
from reviews.password import PasswordAgainForm, PasswordAgainMixin
from reviews.people import services
from reviews.people.forms import (
    IdentityForm,
    PersonChangeForm,
    RelationshipForm,
    is_permitted,
    permit,
)
from reviews.people.genogram import genogram
from reviews.people.models import Identity, Relationship
from reviews.people.publication import published_facts
from reviews.people.queries import (
    changes_of,
    death_reviewed,
    identity_in_words,
    rules_of,
    ties_of,
)
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import banner_for
from reviews.views import FormPageMixin, ReviewPageMixin

SVG = "image/svg+xml"
_MEANWHILE = "Somebody has changed this meanwhile. Copy your words, open the page again and compare"


class RegisterMixin(ReviewPageMixin, FormPageMixin):
    """Pages in pseudonyms, for those who keep the register."""

    def is_allowed(self):
        return rules.can_keep_register(self.access, self.review)

    def people(self):
        return Person.objects.visible_to(self.request.user).filter(review=self.review)

    def relationships(self):
        rows = Relationship.objects.visible_to(self.request.user)
        return rows.filter(review=self.review).standing().for_display()

    def record_read(self, target=None):
        record(EventType.REGISTER_READ, by=self.request.user, review=self.review, target=target)


class PersonMixin(RegisterMixin):
    def find(self):
        super().find()
        self.person = get_object_or_404(self.people(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"person": self.person}


class RegisterView(RegisterMixin, ListView):
    template_name = "reviews/people/register.html"
    paginate_by = 50

    def get_queryset(self):
        return self.people().order_by("pk")

    def get_context_data(self, **kwargs):
        self.record_read()
        known = Identity.objects.visible_to(self.request.user).filter(review=self.review)
        return super().get_context_data(**kwargs) | {
            "known": set(known.values_list("pk", flat=True)),
            "on_hold": banner_for(self.request.user, self.review, Stops.CONTACT),
            "may_run": rules.can_run_review(self.access, self.review),
        }


class PersonDetailView(PersonMixin, TemplateView):
    template_name = "reviews/people/person_detail.html"

    def get_context_data(self, **kwargs):
        self.record_read(self.person)
        user = self.request.user
        known = Identity.objects.visible_to(user).filter(pk=self.person.pk)
        return super().get_context_data(**kwargs) | {
            "rules": rules_of(self.person),
            "ties": ties_of(self.person, user),
            "changes": changes_of(self.person, user),
            "is_known": known.exists(),
            "on_hold": banner_for(user, self.review, Stops.CONTACT, person=self.person),
        }


class PersonChangeView(PersonMixin, FormView):
    form_class = PersonChangeForm
    template_name = "reviews/people/person_change.html"

    def get_initial(self):
        said = {name: getattr(self.person, name) for name in services.PARTICULARS}
        return said | {"seen": self.person.versions.count()}

    def form_valid(self, form):
        try:
            services.change_person(self.person, by=self.request.user, **form.cleaned_data)
        except services.ChangedMeanwhile:
            form.add_error(None, _MEANWHILE)
            return self.form_invalid(form)
        messages.success(self.request, "Saved.")
        return redirect("reviews:person-detail", self.review.reference, self.person.pk)


# --- Who they really are ------------------------------------------------------------------------


class RealNameMixin(PasswordAgainMixin, PersonMixin):
    def is_allowed(self):
        return rules.can_reveal_identity(self.access, self.review)

    def is_known(self):
        known = Identity.objects.visible_to(self.request.user).filter(pk=self.person.pk)
        return known.exists()


class PersonRevealView(RealNameMixin, FormView):
    form_class = PasswordAgainForm
    template_name = "reviews/people/person_reveal.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context if self.is_known() else context | {"form": None}

    def form_valid(self, form):
        identity = services.reveal(self.person, by=self.request.user)
        try:
            shown = self._shown(identity) if identity else {}
        except Unreadable as problem:
            shown = {"problem": problem}
        return self.render_to_response(self.get_context_data(form=None, **shown))

    def _shown(self, identity):
        death = death_reviewed(self.review)
        return {
            "facts": identity_in_words(identity),
            "published": published_facts(self.person, identity, death=death),
        }


class IdentityView(RealNameMixin, FormView):
    """Enter who somebody is. What is known already is shown to whoever gives their password."""

    template_name = "reviews/people/identity_form.html"

    def asks_password(self):
        return "permit" not in self.request.POST and self.is_known()

    def get_form_class(self):
        return PasswordAgainForm if self.asks_password() else IdentityForm

    def get_form_kwargs(self):
        given = super().get_form_kwargs()
        return given | {"user": self.request.user} if self.asks_password() else given

    def get_initial(self):
        return {} if self.asks_password() else {"permit": permit(self.person, self.request.user)}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"asks": isinstance(context["form"], PasswordAgainForm)}

    def form_valid(self, form):
        if isinstance(form, PasswordAgainForm):
            return self._show_what_is_known(form)
        facts = form.cleaned_data
        if services.is_second_click(self.person, by=self.request.user, **facts):
            return self._saved()
        if not is_permitted(facts.pop("permit"), self.person, self.request.user):
            form.add_error(None, _MEANWHILE)
            return self.form_invalid(form)
        services.set_identity(self.person, by=self.request.user, **facts)
        return self._saved()

    def _saved(self):
        messages.success(self.request, f"Saved who {self.person} is. It is stored sealed.")
        return redirect("reviews:person-detail", self.review.reference, self.person.pk)

    def _show_what_is_known(self, form):
        identity = services.reveal(self.person, by=self.request.user)
        try:
            known = services.facts_of(identity) | {"born": identity.birth, "died": identity.death}
        except Unreadable as problem:
            form.add_error(None, f"{problem} Tell the system administrator.")
            return self.form_invalid(form)
        form = IdentityForm(initial=known | {"permit": permit(self.person, self.request.user)})
        return self.render_to_response(self.get_context_data(form=form))


# --- Relationships ------------------------------------------------------------------------------


class RelationshipAddView(RegisterMixin, FormView):
    form_class = RelationshipForm
    template_name = "reviews/people/relationship_add.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"people": self.people()}

    def form_valid(self, form):
        try:
            services.relate(by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, "Relationship added.")
        return redirect("reviews:genogram", self.review.reference)


class RelationshipWithdrawView(RegisterMixin, FormView):
    form_class = ConfirmForm
    template_name = "reviews/people/relationship_withdraw.html"

    def find(self):
        super().find()
        rows = Relationship.objects.visible_to(self.request.user).for_display()
        self.relationship = get_object_or_404(rows, review=self.review, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"relationship": self.relationship}

    def form_valid(self, form):
        try:
            services.withdraw_relationship(self.relationship, by=self.request.user)
        except services.AlreadyWithdrawn:
            messages.info(self.request, "Somebody has already withdrawn this relationship.")
        else:
            messages.success(self.request, "Relationship withdrawn. It is kept on record.")
        return redirect("reviews:genogram", self.review.reference)


class GenogramView(RegisterMixin, TemplateView):
    template_name = "reviews/people/genogram.html"

    def get_context_data(self, **kwargs):
        self.record_read()
        relationships = list(self.relationships())
        return super().get_context_data(**kwargs) | {
            "picture": genogram(self.people(), relationships),
            "relationships": relationships,
        }


class GenogramPictureView(RegisterMixin, View):
    """The picture alone, for a report."""

    def get(self, request, *args, **kwargs):
        people, relationships = self.people(), list(self.relationships())
        picture = genogram(people, relationships)
        drawn = render_to_string(
            "reviews/people/genogram.svg", {"picture": picture, "review": self.review}
        )
        record(
            EventType.EXPORTED,
            by=request.user,
            review=self.review,
            document="the genogram",
            format="svg",
            rows=len(relationships),
        )
        name = f"{self.review.reference} genogram.svg"
        return attachment(drawn.encode(), name=name, media_type=SVG)
