"""allauth's forms in our words and markup. Named in settings.ACCOUNT_FORMS.

allauth's own order of checks and throttling stays: only labels, hints and the messages beside the
boxes are ours. What it says of a failed sign-in is in accounts.adapter.
"""

from allauth.account import forms as stock
from django.forms import EmailField

from foundations.gov.forms import GovFormMixin

ADVICE = "Use at least 15 characters. Three random words make a strong password you can remember."
NOT_AN_ADDRESS = "Enter an e-mail address, for example name@agency.gov.uk"


class AccountFormMixin(GovFormMixin):
    words = {}  # name of a field -> (label, hint, message when it is empty)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, hint, empty) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = empty
            if isinstance(field, EmailField):
                field.error_messages["invalid"] = NOT_AN_ADDRESS
            # A placeholder disappears just when it is needed; the label does not.
            field.widget.attrs.pop("placeholder", None)


class LoginForm(AccountFormMixin, stock.LoginForm):
    words = {
        "login": ("E-mail address", "", "Enter your e-mail address"),
        "password": ("Password", "", "Enter your password"),
    }


class ReauthenticateForm(AccountFormMixin, stock.ReauthenticateForm):
    words = {"password": ("Password", "", "Enter your password")}


class ResetPasswordForm(AccountFormMixin, stock.ResetPasswordForm):
    words = {"email": ("E-mail address", "", "Enter your e-mail address")}


class ResetPasswordKeyForm(AccountFormMixin, stock.ResetPasswordKeyForm):
    words = {
        "password1": ("New password", ADVICE, "Enter a new password"),
        "password2": ("New password again", "", "Enter the new password again"),
    }


class ChangePasswordForm(AccountFormMixin, stock.ChangePasswordForm):
    words = {
        "oldpassword": ("Current password", "", "Enter your current password"),
    } | ResetPasswordKeyForm.words
