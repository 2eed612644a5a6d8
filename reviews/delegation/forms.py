from django import forms

from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.forms import single_use_key


class DelegateForm(GovForm):
    gov = {"email": {"width": 30}}

    email = forms.EmailField(
        label="Your colleague’s e-mail address",
        help_text="Somebody without an account gets a link to choose a password.",
        error_messages={
            "required": "Enter your colleague’s e-mail address",
            "invalid": "Enter an e-mail address, for example name@agency.gov.uk",
        },
    )
    until = DateField(what="Last day", label="Last day")
    key = single_use_key()

    def __init__(self, *args, latest, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "until"
        ].help_text = f"At the latest {latest:%-d %B %Y}. It ends by itself after that day."
