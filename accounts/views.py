from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from accounts import services
from accounts.forms import AcceptInvitationForm


@method_decorator([login_not_required, never_cache], name="dispatch")
class InvitationAcceptView(FormView):
    """The one page that a person without an account can use: choose a password, and be in."""

    form_class = AcceptInvitationForm
    template_name = "accounts/invitation_accept.html"

    def dispatch(self, request, *args, **kwargs):
        try:
            self.invitation = services.find_invitation(kwargs["secret"])
        except services.InvitationSpent:
            return render(request, "accounts/invitation_spent.html", status=410)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.invitation.user}

    def form_valid(self, form):
        try:
            user = services.accept_invitation(self.kwargs["secret"], **form.cleaned_data)
        except services.InvitationSpent:
            return render(self.request, "accounts/invitation_spent.html", status=410)
        login(self.request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        messages.success(self.request, "Your account is ready.")
        return redirect("desk:home")

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
