"""What the numbers led to when a form was shown. By the time that it comes back another paragraph may
have been added, or days have passed over words that were kept: `[[5.3.2]]` is what it was then."""

from django import forms
from django.core import signing

from reports.models import Paragraph, Section
from reports.references import with_keys

_SIGNER = signing.Signer(salt="reports.numbers")


def numbers_of(outline):
    """{number: ["p" or "s", pk]} of all that has one, signed with its document."""
    told = {one.number: ("p", one.paragraph.pk) for _, one in outline.paragraphs}
    told |= {one.number: ("s", one.section.pk) for one in outline.sections}
    told.pop("", None)
    return _SIGNER.sign_object([outline.document.pk, told], compress=True)


class NumbersThen:
    """What a form was shown with, in place of an Outline for `with_keys`."""

    def __init__(self, signed, document):
        self.document, self.told = document, {}
        try:
            of, told = _SIGNER.unsign_object(signed)
        except signing.BadSignature:
            return
        if of == document.pk:
            self.told = told

    def key_of(self, number):
        """("p" or "s", key), also of what was taken out meanwhile; None for what had no such number."""
        kind, pk = self.told.get(number, (None, None))
        rows = {
            "p": Paragraph.objects.filter(section__document=self.document, pk=pk),
            "s": Section.objects.filter(document=self.document, pk=pk),
        }
        key = kind and rows[kind].values_list("key", flat=True).first()
        return (kind, str(key)) if key else None


class NumbersField(forms.CharField):
    """Hidden. It stays with words that are kept as a draft: they were typed by these numbers."""

    widget = forms.HiddenInput
    stays_with_words = True


class ByNumbersMixin(forms.Form):
    """Of a form whose box `refers` takes references as numbers; stands before its other bases. What was
    typed comes out with the keys of what had them when it was shown; what had none then, the service
    looks for today."""

    refers = "text"
    numbers = NumbersField(required=False)

    def __init__(self, *args, outline, **kwargs):
        super().__init__(*args, **kwargs)
        self.outline = outline
        self.initial.setdefault("numbers", numbers_of(outline))

    def clean(self):
        data = super().clean()
        then = NumbersThen(data.pop("numbers", ""), self.outline.document)
        if text := data.get(self.refers):
            data[self.refers] = with_keys(text, then)
        return data
