"""Forms with free text: a real name of the register in it is a doubt at once, to its writer alone.

What is typed here is the review's own, so that the pseudonym can stand in it from the first. It is
not so with what an agency brings, whose words stay as written (chronologies.naming).
"""

from django import forms

from foundations.gov.forms import GovForm
from foundations.gov.rich import MarkdownBox
from reviews import rules
from reviews.people.names import Names, names_of

QUOTED = "Keep it: these are somebody else’s words, as they were said"
ANOTHER_WORD = "Keep it: here it is another word, or somebody else"


def names_for(access, review):
    """The names that somebody may be told of when they type one.

    Who leads the review knows them all. An agency was asked about some by name. To anybody else a
    refusal would tell what they do not know: whom the review is about.
    """
    if rules.can_keep_register(access, review):
        return names_of(review)
    if access.may_in_any_part("answer_scoping", review):
        return names_of(review, known_to_agencies=True)
    return Names()


class FreeTextForm(GovForm):
    """Asks for the pseudonym where a real name was typed.

    A name may stay in a field of `quotes`, and one word of a name anywhere, because "May" is a month
    too; both only once the writer has said so. Fields of `named` are there to hold names.
    """

    quotes = ()
    named = ()
    _names = Names

    def look_for(self, names):
        """`names` is called when the form has come back, and not before."""
        self._names = names

    def _post_clean(self):
        super()._post_clean()
        if names := self._names():
            for field in self._free_text():
                if found := names.find(self._said(field)):
                    self._doubt(field, found)

    def _free_text(self):
        shown = (forms.TextInput, forms.Textarea, MarkdownBox)
        return [
            name
            for name, field in self.fields.items()
            if type(field) is forms.CharField
            and type(field.widget) in shown
            and name not in self.named
        ]

    def _said(self, field):
        """The words of a field. Of several addresses each word begins large, as a name does: in an
        address all is written small."""
        said = self.cleaned_data.get(field)
        return "\n".join(said).title() if isinstance(said, list) else said

    def _doubt(self, field, found):
        text = self._said(field)
        said = [(text[name.start : name.end], name.whose) for name in found]
        if field in self.quotes:
            kept = self._offer(field, QUOTED, said)
        elif all(len(words.split()) == 1 for words, _ in said):
            kept = self._offer(field, ANOTHER_WORD, said)
        else:
            kept = False
        if not kept:
            problems = [
                f"“{words}” is a real name in this review. Write “{pseudonym}” instead"
                for words, pseudonym in dict.fromkeys(said)
            ]
            self.add_error(field, problems)

    def _offer(self, field, label, said):
        """A box beside the field, which counts only for the names that it was shown with."""
        box, shown_with = f"keep_{field}", "; ".join(pseudonym for _, pseudonym in said)
        offered = forms.BooleanField(label=label, required=False, widget=_Box(shown_with))
        fields = {}
        for name, one in self.fields.items():
            fields[name] = one
            if name == field:
                fields[box] = offered
        self.fields = fields
        return offered.widget.value_from_datadict(self.data, self.files, self.add_prefix(box))


class FileBesideForm(FreeTextForm):
    """With a `file`, whose name is kept as the words are: whoever reads of the file reads its name."""

    def _post_clean(self):
        super()._post_clean()
        file = self.cleaned_data.get("file")
        if file and self._names().find(file.name.replace("_", " ")):
            self.add_error(
                "file",
                "The name of the file holds a real name in this review. Rename it, then choose it again",
            )


class _Box(forms.CheckboxInput):
    def __init__(self, value):
        super().__init__(attrs={"value": value})

    def value_from_datadict(self, data, files, name):
        return data.get(name) == self.attrs["value"]
