from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, FormView, ListView

from agencies.models import Partnership
from reviews import rules
from reviews.forms import ConfirmForm
from reviews.intake.forms.notifying import (
    CloseNotificationForm,
    CoordinatorNotificationForm,
    DuplicateForm,
    LinkForm,
    NotificationFilterForm,
    NotificationForm,
    OpenReviewForm,
)
from reviews.intake.models import Notification, NotificationLink, PossibleDuplicate
from reviews.intake.queries import beside_one_another, doubts_about, facts_of, identity_of
from reviews.intake.services import notifying
from reviews.intake.views.leading import KeyedMixin
from reviews.models import Review
from reviews.password import PasswordAgainForm, PasswordAgainMixin
from reviews.views import FormPageMixin, GuardedMixin

# --- Without an account ---------------------------------------------------------------------------


@method_decorator([login_not_required, never_cache], name="dispatch")
class NotifyView(KeyedMixin, FormView):
    """The form behind a link. Whoever holds the link may use it once; it shows no case."""

    form_class = NotificationForm
    template_name = "reviews/intake/notify.html"
    http_method_names = ("get", "head", "post", "options")

    def dispatch(self, request, *args, **kwargs):
        # Counted before the link is looked at, as a failed sign-in is.
        if not ratelimit.consume(request, action="notify", key=kwargs["secret"]):
            return render(request, "reviews/intake/notify_wait.html", status=429)
        late = notifying.TIME_TO_FINISH if request.method == "POST" else notifying.LIFETIME * 0
        try:
            self.link = notifying.find_link(kwargs["secret"], late=late)
        except notifying.LinkSpent as spent:
            return self.spent(spent)
        return super().dispatch(request, *args, **kwargs)

    def spent(self, spent):
        name = "received" if spent.used else "spent"
        return render(
            self.request,
            f"reviews/intake/notify_{name}.html",
            status=200 if spent.used else 410,
        )

    def form_valid(self, form):
        try:
            notifying.notify_by_link(self.kwargs["secret"], **form.cleaned_data)
        except notifying.LinkSpent as spent:
            return self.spent(spent)
        return redirect("reviews:notify", self.kwargs["secret"])

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


# --- The coordinators' pages ----------------------------------------------------------------------


class _IntakeMixin(GuardedMixin, FormPageMixin):
    """Pages about deaths that are no review yet, for the coordinators of the partnership."""

    def is_allowed(self):
        return rules.can_receive_notifications(self.access)

    def partnerships(self):
        return Partnership.objects.filter(pk__in=self.access.appointments[rules.Role.COORDINATOR])


class NotificationListView(_IntakeMixin, ListView):
    template_name = "reviews/intake/notification_list.html"
    paginate_by = 50

    def get_queryset(self):
        self.filter = NotificationFilterForm(self.request.GET)
        rows = Notification.objects.visible_to(self.request.user).for_display().with_doubts()
        if self.filter.is_valid() and self.filter.cleaned_data["state"]:
            rows = rows.filter(state=self.filter.cleaned_data["state"])
        return rows

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"filter": self.filter}


class NotificationCreateView(KeyedMixin, _IntakeMixin, FormView):
    form_class = CoordinatorNotificationForm
    template_name = "reviews/intake/notification_create.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnerships": self.partnerships()}

    def form_valid(self, form):
        notification = notifying.notify(by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"{notification} saved.")
        return redirect(notification)


class LinkListView(_IntakeMixin, ListView):
    template_name = "reviews/intake/link_list.html"
    paginate_by = 50

    def get_queryset(self):
        return NotificationLink.objects.visible_to(self.request.user).select_related(
            "partnership", "notification"
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"now": timezone.now()}


class LinkSendView(_IntakeMixin, FormView):
    form_class = LinkForm
    template_name = "reviews/intake/link_send.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnerships": self.partnerships()}

    def form_valid(self, form):
        link, _ = notifying.send_link(by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"Link sent to {link.sent_to}.")
        return redirect("reviews:notification-links")


class LinkEndView(_IntakeMixin, FormView):
    form_class = ConfirmForm
    template_name = "reviews/intake/link_end.html"

    def find(self):
        self.link = get_object_or_404(
            NotificationLink.objects.visible_to(self.request.user), pk=self.kwargs["pk"]
        )

    def form_valid(self, form):
        try:
            notifying.end_link(self.link, by=self.request.user)
        except notifying.LinkSpent:
            messages.info(self.request, "The link had been used or ended before.")
        else:
            messages.success(self.request, "Link ended. It took effect at once.")
        return redirect("reviews:notification-links")


class _NotificationMixin(_IntakeMixin):
    """One notification. One that led to a review is shown to the leaders of that review, too."""

    def find(self):
        self.notification = get_object_or_404(
            Notification.objects.visible_to(self.request.user).for_display(),
            pk=self.kwargs["pk"],
        )

    def is_allowed(self):
        return rules.can_receive_notifications(self.access, self.notification.partnership)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"notification": self.notification}


class NotificationDetailView(_NotificationMixin, DetailView):
    template_name = "reviews/intake/notification_detail.html"

    def is_allowed(self):
        return True

    def get_object(self):
        notifying.tell_of_reading(self.notification, by=self.request.user)
        return self.notification

    def get_context_data(self, **kwargs):
        notification = self.notification
        doubts = doubts_about(notification, self.request.user)
        return super().get_context_data(**kwargs) | {
            "facts": facts_of(notification),
            "doubts": doubts,
            "undecided": [doubt for doubt in doubts if not doubt.verdict],
            "may_act": rules.can_receive_notifications(self.access, notification.partnership),
        }


class NotificationRevealView(PasswordAgainMixin, _NotificationMixin, FormView):
    """Whom a notification is about, for whoever enters their password again."""

    form_class = PasswordAgainForm
    template_name = "reviews/intake/notification_reveal.html"
    wait_template = "reviews/intake/notify_wait.html"

    def is_allowed(self):
        return rules.can_reveal_notified(self.access, self.notification)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        notifying.tell_of_reading(self.notification, by=self.request.user, identity=True)
        return self.render_to_response(
            self.get_context_data(form=None, identity=identity_of(self.notification))
        )


class NotificationCloseView(_NotificationMixin, FormView):
    form_class = CloseNotificationForm
    template_name = "reviews/intake/notification_close.html"

    def form_valid(self, form):
        try:
            notifying.close_notification(
                self.notification, by=self.request.user, **form.cleaned_data
            )
        except notifying.AlreadySettled:
            messages.info(self.request, "Somebody else has settled this notification.")
        else:
            messages.success(self.request, "Notification closed.")
        return redirect(self.notification)


class NotificationOpenReviewView(_NotificationMixin, FormView):
    form_class = OpenReviewForm
    template_name = "reviews/intake/notification_open_review.html"

    def get_initial(self):
        survived = self.notification.manner == "survived"
        return {
            "kind": Review.Kind.INCIDENT if survived else Review.Kind.STATUTORY,
            "label": Review.Label.OTHER if survived else Review.Label.DARDR,
        }

    def form_valid(self, form):
        try:
            review = notifying.open_review(
                self.notification, by=self.request.user, **form.cleaned_data
            )
        except notifying.AlreadySettled:
            messages.info(self.request, "Somebody else has settled this notification.")
            return redirect(self.notification)
        except notifying.DuplicatesUndecided:
            form.add_error(
                None, "Say first whether this is the same death as in another notification"
            )
            return self.form_invalid(form)
        messages.success(self.request, "Review created. Add its subjects and agencies next.")
        return redirect(review)


class DuplicateDecideView(_IntakeMixin, FormView):
    """Two notifications beside one another: the same death, or not?"""

    form_class = DuplicateForm
    template_name = "reviews/intake/duplicate_decide.html"

    def find(self):
        self.doubt = get_object_or_404(
            PossibleDuplicate.objects.visible_to(self.request.user).for_display(),
            pk=self.kwargs["pk"],
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "doubt": self.doubt,
            "beside": beside_one_another(self.doubt),
        }

    def form_valid(self, form):
        try:
            notifying.decide_duplicate(self.doubt, by=self.request.user, **form.cleaned_data)
        except notifying.AlreadyDecided:
            messages.info(self.request, "Somebody else has decided this.")
        else:
            messages.success(self.request, "Decision saved.")
        return redirect(self.doubt.notification)
