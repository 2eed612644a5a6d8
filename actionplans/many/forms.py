from django import forms
from django.core.exceptions import ValidationError

from actionplans.many import services
from actionplans.many.splitting import NoReviewColumn
from foundations.gov.forms import GovForm
from foundations.office import Refused
from foundations.office.guard import check_size
from foundations.vault.scanning import refuse_infected
from reviews.forms import single_use_key


class ManyUploadForm(GovForm):
    """Reads the file, so that what is wrong with it is said beside the box."""

    file = forms.FileField(
        label="Choose your file",
        help_text="Excel (.xlsx), CSV or Word (.docx). One column gives the reference of the review.",
        error_messages={
            "required": "Choose the file to upload",
            "empty": "This file is empty. Check that it is the right one",
        },
    )
    key = single_use_key()

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.size, file.name)
            self.content = file.read()
            refuse_infected(self.content, file.name)
            self.split = services.read(self.content, file.name)
        except (Refused, NoReviewColumn) as refusal:
            raise ValidationError(refusal.message) from refusal
        return file
