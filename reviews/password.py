"""What is shown only in answer to a password, given each time, by whoever signed in."""

from datetime import datetime, timedelta
from uuid import uuid4

from allauth.core import ratelimit
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from foundations.gov.forms import GovForm

_SALT = "reviews.password"
_ASKED_FOR = timedelta(minutes=15)
_SECOND_CLICK = timedelta(seconds=5)
_SHOWN = "shown_for_password"


def _ask():
    return signing.dumps(str(uuid4()), salt=_SALT)


class PasswordAgainForm(GovForm):
    """Who somebody is, is shown to whoever signed in, not to whoever finds the computer."""

    gov = {"password": {"width": 20}}

    password = forms.CharField(
        label="Your password",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
        error_messages={"required": "Enter your password"},
    )
    asked = forms.CharField(widget=forms.HiddenInput, initial=_ask, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise ValidationError("The password is not right")
        return password

    def ask_anew(self):
        self.data = self.data.copy()
        self.data[self.add_prefix("asked")] = _ask()
        self.add_error("password", "Enter your password again")


class PasswordAgainMixin:
    """A page behind the password.

    Each try counts, so that nobody guesses at a computer left open. What was sent once shows
    nothing a second time: a browser offers to send a form again to whoever goes back to its page.
    """

    wait_template = "reviews/people/wait.html"

    def asks_password(self):
        return True

    def post(self, request, *args, **kwargs):
        if not self.asks_password():
            return super().post(request, *args, **kwargs)
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            context = {"review": getattr(self, "review", None)}
            return render(request, self.wait_template, context, status=429)
        if not self._may_be_answered():
            form = self.get_form()
            form.ask_anew()
            return super().form_invalid(form)
        response = super().post(request, *args, **kwargs)
        if response.status_code == 200:
            self._remember()
        return response

    def form_invalid(self, form):
        if "password" in form.errors and form.data.get("password"):
            self._tell_of_refusal()
        return super().form_invalid(form)

    def _may_be_answered(self):
        asked = self.request.POST.get("asked")
        if not asked:
            return True
        try:
            signing.loads(asked, salt=_SALT, max_age=_ASKED_FOR)
        except signing.BadSignature:
            return False
        at = self.request.session.get(_SHOWN, {}).get(asked)
        return at is None or timezone.now() - datetime.fromisoformat(at) < _SECOND_CLICK

    def _remember(self):
        """Which forms were answered, for as long as they could be sent again: nothing of whom."""
        asked, now = self.request.POST.get("asked"), timezone.now()
        shown = {
            one: at
            for one, at in self.request.session.get(_SHOWN, {}).items()
            if now - datetime.fromisoformat(at) < _ASKED_FOR
        }
        if asked:
            shown.setdefault(asked, now.isoformat())
        self.request.session[_SHOWN] = shown

    def _tell_of_refusal(self):
        record(
            EventType.PASSWORD_WRONG,
            by=self.request.user,
            review=getattr(self, "review", None),
            stream="auth",
            page=self.request.resolver_match.view_name,
        )
