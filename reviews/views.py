from functools import partial

from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.generic import FormView, ListView, TemplateView

from agencies.models import Partnership
from audit.models import EventType
from audit.services import record
from reviews import rules, services
from reviews.access import access_of
from reviews.forms import (
    AddAgencyForm,
    AppointForm,
    ConfirmForm,
    InviteForm,
    PersonForm,
    ReviewCreateForm,
    ReviewFilterForm,
    ReviewParticularsForm,
    ShareForm,
)
from reviews.lifecycle.ended import ReviewEnded, sentence, still_works
from reviews.models import Appointment, Review
from reviews.people.free_text import FreeTextForm, names_for
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import banner_for, sharing_is_held
from reviews.queries import in_sentences, role_holders, trail_of
from reviews.rules import STOPPED_BY_A_HOLD, Material
from reviews.submissions.models import Submission

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class GuardedMixin(AccessMixin):
    """A page that asks. A view that does not say who may is a bug, and raises."""

    def is_allowed(self):
        """Who may use this page, by a predicate of reviews.rules. The rows it shows are another
        question, which `visible_to` answers."""
        raise ImproperlyConfigured(f"{type(self).__name__} does not say who may use it.")

    @property
    def access(self):
        return access_of(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.find()
        if not self.is_allowed():
            self.refused()
        return self.stopped() or super().dispatch(request, *args, **kwargs)

    def stopped(self):
        """What is answered where the page is theirs, but nothing can be changed there now."""

    def find(self):
        """Fetch what the address names, through visible_to, or raise Http404."""

    def refused(self):
        review = getattr(self, "review", None)
        record(
            EventType.ACCESS_REFUSED,
            by=self.request.user,
            review=review,
            stream="auth",
            page=self.request.resolver_match.view_name,
        )
        raise PermissionDenied


class ReviewPageMixin(GuardedMixin):
    """A page inside one review.

    A review in which somebody has no role does not exist for them (404). A page that their role
    does not reach says so (403). A row outside `visible_to` is 404 too, another agency's row in
    their own review included.
    """

    def find(self):
        self.review = get_object_or_404(
            Review.objects.visible_to(self.request.user).select_related("partnership"),
            reference=self.kwargs["reference"],
        )

    def stopped(self):
        """A review that has ended is read, and takes no more work."""
        page = self.request.resolver_match.view_name
        if self.request.method in SAFE or not self.review.has_ended or still_works(page):
            return None
        return self._ended(sentence(self.review))

    def _ended(self, said):
        context = {"review": self.review, "sentence": said}
        return render(self.request, "reviews/lifecycle/ended.html", context, status=409)

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except ReviewEnded as refusal:  # it ended while the form was on its way
            return self._ended(*refusal.messages)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"review": self.review, "access": self.access}


class FormPageMixin:
    """A form that answers 422 when it refuses, so that fragments and pages behave alike."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        self.look_for_names(form)
        return form

    def look_for_names(self, form):
        """Real names in what is typed, where the form takes free text."""
        review = getattr(self, "review", None)
        if review and isinstance(form, FreeTextForm):
            form.look_for(partial(names_for, self.access, review))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def refuse(self, form, refusal):
        """What a service refused, beside the box that it is about, or above them all."""
        errors = getattr(refusal, "error_dict", None) or {None: refusal.error_list}
        for name, found in errors.items():
            form.add_error(name if name in form.fields else None, found)
        return self.form_invalid(form)


class InvitingMixin:
    def own_role(self, form):
        form.add_error(
            "email", "You cannot give yourself a role. Ask another coordinator or administrator"
        )
        return self.form_invalid(form)


class RunReviewMixin(ReviewPageMixin, FormPageMixin):
    """The pages of whoever runs the review."""

    def is_allowed(self):
        return rules.can_run_review(self.access, self.review)


class ReviewListView(GuardedMixin, ListView):
    """The reviews I have a role in, with their stage."""

    template_name = "reviews/review_list.html"
    paginate_by = 50

    def is_allowed(self):
        return True

    def get_queryset(self):
        self.filter = ReviewFilterForm(self.request.GET)
        reviews = Review.objects.visible_to(self.request.user).select_related("partnership")
        if self.filter.is_valid():
            if stage := self.filter.cleaned_data["stage"]:
                reviews = reviews.filter(stage=stage)
            if text := self.filter.cleaned_data["reference"]:
                reviews = reviews.filter(reference__icontains=text)
        return reviews

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "filter": self.filter,
            "may_create": self.access.holds(rules.Role.COORDINATOR),
        }


class ReviewCreateView(GuardedMixin, FormPageMixin, FormView):
    form_class = ReviewCreateForm
    template_name = "reviews/review_create.html"

    def is_allowed(self):
        return self.access.holds(rules.Role.COORDINATOR)

    def get_form_kwargs(self):
        mine = self.access.appointments[rules.Role.COORDINATOR]
        return super().get_form_kwargs() | {"partnerships": Partnership.objects.filter(pk__in=mine)}

    def get_initial(self):
        return {"kind": Review.Kind.STATUTORY, "label": Review.Label.DARDR}

    def form_valid(self, form):
        try:
            review = services.create_review(by=self.request.user, **form.cleaned_data)
        except ValidationError:  # taken between the form's look and ours
            form.add_error("reference", "This reference cannot be used. Choose another")
            return self.form_invalid(form)
        messages.success(self.request, "Review created. Add its subjects and agencies next.")
        return redirect(review)


class ReviewChangeView(RunReviewMixin, FormView):
    form_class = ReviewParticularsForm
    template_name = "reviews/review_form.html"

    def get_initial(self):
        return {name: getattr(self.review, name) for name in ReviewParticularsForm.base_fields}

    def form_valid(self, form):
        services.change_review(self.review, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Particulars saved.")
        return redirect(self.review)


class PersonAddView(RunReviewMixin, FormView):
    form_class = PersonForm
    template_name = "reviews/person_add.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"review": self.review}

    def form_valid(self, form):
        try:
            person = services.add_person(self.review, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, f"{person.pseudonym} added.")
        return redirect("reviews:person-add", self.review.reference)


class ParticipationAddView(RunReviewMixin, FormView):
    form_class = AddAgencyForm
    template_name = "reviews/participation_add.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"review": self.review}

    def form_valid(self, form):
        part = services.add_agency(self.review, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"{part.agency} added.")
        return redirect("desk:participation-list", self.review.reference)


# --- Access -------------------------------------------------------------------------------------


class AccessView(ReviewPageMixin, TemplateView):
    """Who has access, in which role, since when and why."""

    template_name = "reviews/access.html"

    def is_allowed(self):
        return rules.can_see_access(self.access, self.review)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "holders": role_holders(self.review, self.access),
            "may_run": rules.can_run_review(self.access, self.review),
        }


def invited(user):
    """What the page says: somebody with an account gets a message, and no invitation to join."""
    if user.joined_at:
        return f"{user} has the role, and a message to say that there is something new."
    return f"Invitation sent to {user.email}."


class InviteView(InvitingMixin, RunReviewMixin, FormView):
    form_class = InviteForm
    template_name = "reviews/invite.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "parts": self.review.participations.visible_to(self.request.user).for_display()
        }

    def form_valid(self, form):
        try:
            user, _ = services.invite(review=self.review, by=self.request.user, **form.cleaned_data)
        except services.OwnRole:
            return self.own_role(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, invited(user))
        return redirect("reviews:access", self.review.reference)


class RoleEndView(RunReviewMixin, FormView):
    form_class = ConfirmForm
    template_name = "reviews/role_end.html"

    def find(self):
        super().find()
        if super().is_allowed():  # else a number would tell how many people there are
            holders = role_holders(self.review, self.access)
            self.holder = get_object_or_404(holders, pk=self.kwargs["pk"])

    def is_allowed(self):
        return super().is_allowed() and self.holder.appointment_id is None

    def form_valid(self, form):
        try:
            services.end_role(self.holder, by=self.request.user)
        except services.AlreadyEnded:
            messages.info(self.request, "Somebody has already ended this role.")
        else:
            messages.success(self.request, "Role ended. It took effect at once.")
        return redirect("reviews:access", self.review.reference)


class _CoordinatorMixin(GuardedMixin, FormPageMixin):
    """Pages about a whole partnership, for its coordinators and the administrator."""

    def is_allowed(self):
        return rules.can_administer(self.access) or self.access.holds(rules.Role.COORDINATOR)

    def partnerships(self):
        everywhere = Partnership.objects.all()
        if rules.can_administer(self.access):
            return everywhere
        return everywhere.filter(pk__in=self.access.appointments[rules.Role.COORDINATOR])

    def appointments(self):
        return (
            Appointment.objects.filter(partnership__in=self.partnerships())
            .select_related("user", "partnership", "given_by")
            .order_by("partnership__name", "role", "user__email")
        )


class AppointmentListView(_CoordinatorMixin, ListView):
    template_name = "reviews/appointment_list.html"
    paginate_by = 50

    def get_queryset(self):
        return self.appointments()


class AppointView(InvitingMixin, _CoordinatorMixin, FormView):
    form_class = AppointForm
    template_name = "reviews/appoint.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnerships": self.partnerships()}

    def form_valid(self, form):
        try:
            user, _ = services.invite(by=self.request.user, **form.cleaned_data)
        except services.OwnRole:
            return self.own_role(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, invited(user))
        return redirect("reviews:appointment-list")


class AppointmentEndView(_CoordinatorMixin, FormView):
    form_class = ConfirmForm
    template_name = "reviews/appointment_end.html"

    def find(self):
        if self.is_allowed():
            self.appointment = get_object_or_404(self.appointments(), pk=self.kwargs["pk"])

    def form_valid(self, form):
        try:
            services.end_appointment(self.appointment, by=self.request.user)
        except services.AlreadyEnded:
            messages.info(self.request, "Somebody has already ended this role.")
        else:
            messages.success(self.request, "Role ended in every review of the partnership.")
        return redirect("reviews:appointment-list")


# --- Sharing ------------------------------------------------------------------------------------


class _SharingMixin(ReviewPageMixin, FormPageMixin):
    def is_allowed(self):
        return rules.can_share(self.access, self.review)

    def shares(self):
        return self.review.shares.visible_to(self.request.user).select_related(
            "participation__agency",
            "with_participation__agency",
            "submission__request__participation__review",
            "shared_by",
            "withdrawn_by",
        )

    def versions(self):
        """What was sent, newest first; of these each is shared by itself."""
        rows = Submission.objects.visible_to(self.request.user).sent().for_display()
        return rows.filter(request__participation__review=self.review).order_by("-move__at")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "on_hold": banner_for(self.request.user, self.review, Stops.SHARING)
        }


class ShareListView(_SharingMixin, ListView):
    template_name = "reviews/share_list.html"
    paginate_by = 50

    def get_queryset(self):
        later = self.versions().filter(request=OuterRef("submission__request"))
        newest = later.order_by("-number").values("number")[:1]
        return self.shares().annotate(newest=Subquery(newest))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "today": timezone.localdate(),
            "stopped": STOPPED_BY_A_HOLD if sharing_is_held(self.review) else (),
        }


class ShareCreateView(_SharingMixin, FormView):
    form_class = ShareForm
    template_name = "reviews/share_create.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "parts": self.review.participations.visible_to(self.request.user).for_display(),
            "versions": self.versions(),
        }

    def get_initial(self):
        """The page of a version leads here with it."""
        asked = self.request.GET.get("submission", "")
        known = asked.isdecimal() and len(asked) < 19 and self.versions().filter(pk=asked).exists()
        return {"material": Material.SUBMISSION, "submission": asked} if known else {}

    def form_valid(self, form):
        try:
            services.share(self.review, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Shared. It took effect at once.")
        return redirect("reviews:share-list", self.review.reference)


class ShareEndView(_SharingMixin, FormView):
    form_class = ConfirmForm
    template_name = "reviews/share_end.html"

    def find(self):
        super().find()
        self.share = get_object_or_404(self.shares(), pk=self.kwargs["pk"])

    def form_valid(self, form):
        try:
            services.withdraw_share(self.share, by=self.request.user)
        except services.AlreadyEnded:
            messages.info(self.request, "Somebody has already ended this share.")
        else:
            messages.success(self.request, "Share ended. It took effect at once.")
        return redirect("reviews:share-list", self.review.reference)


# --- The trail ----------------------------------------------------------------------------------


class TrailView(ReviewPageMixin, ListView):
    """What happened in this review, newest first, in plain sentences."""

    template_name = "reviews/trail.html"
    paginate_by = 50

    def is_allowed(self):
        return rules.can_read_trail(self.access, self.review)

    def get_queryset(self):
        return trail_of(self.review, self.access)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        record(EventType.TRAIL_READ, by=self.request.user, review=self.review)
        return context | {"lines": in_sentences(context["page_obj"].object_list)}
