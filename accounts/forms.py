from django import forms
from django.contrib.auth import password_validation

from foundations.gov.forms import GovForm


class AcceptInvitationForm(GovForm):
    gov = {"name": {"width": 20}, "password": {"width": 20}}

    name = forms.CharField(
        label="Your name",
        help_text="As colleagues in other agencies know you.",
        max_length=150,
        error_messages={"required": "Enter your name"},
    )
    password = forms.CharField(
        label="Choose a password",
        help_text="At least 15 characters. Three random words make a good one.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        error_messages={"required": "Choose a password"},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password
