from django import forms
from django.core import signing

from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from foundations.gov.rich import MarkdownBox
from reports.forms import MARKS, NOBODY, NamesMeantMixin
from reports.models import MOST, Done, ExtractAnswer, Remark
from reports.numbers import ByNumbersMixin
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm
from reviews.querying.forms import FileMixin, file_field

Kind, Verdict = Remark.Kind, ExtractAnswer.Verdict
_SIGNER = signing.Signer(salt="reports.remark")


def token_of(version, user):
    """Which version somebody has before them: nobody else's, and no other one, is taken from them."""
    return _SIGNER.sign_object([version.pk if version else None, user.pk])


def text_field(label, *, required=False, wrong=""):
    return forms.CharField(
        label=label,
        help_text=f"{NOBODY} {MARKS}",
        max_length=MOST,
        required=required,
        widget=MarkdownBox(attrs={"rows": 10}),
        error_messages={"required": wrong} if wrong else None,
    )


def words_field(label, help_text=NOBODY):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def was_typed(form, name, before=None):
    """Whether somebody wrote in a box, or changed what stood in it (`before`, else its initial value):
    that must not be lost unseen."""
    before = form.initial.get(name) if before is None else before
    now, before = (
        " ".join(str(one or "").split()) for one in (form.cleaned_data.get(name), before)
    )
    return bool(now) and now != before


class RemarkForm(ByNumbersMixin, FreeTextForm):
    """`versions`: those of the paragraph; `user`: who reads it."""

    gov = {"kind": {"reveals": {"suggestion": "suggested"}}}
    refers = "suggested"

    kind = forms.ChoiceField(
        label="What do you want to do?",
        choices=[(Kind.COMMENT, "Comment on it"), (Kind.SUGGESTION, "Suggest another text")],
        initial=Kind.COMMENT,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you comment or suggest a text"},
    )
    suggested = text_field("The text that you suggest")
    words = words_field(
        "What do you want to say?",
        f"Whoever writes the document reads it. Beside a text that you suggest it can stay empty. {NOBODY}",
    )
    read = forms.CharField(widget=forms.HiddenInput)
    key = single_use_key()

    def __init__(self, *args, versions, user, is_block, **kwargs):
        super().__init__(*args, **kwargs)
        self.versions, self.user, self.is_block = versions, user, is_block
        if is_block:
            del self.fields["kind"], self.fields["suggested"]
            self.fields["words"].help_text = NOBODY

    def clean_read(self):
        """The version that stood on the page."""
        try:
            version, user = _SIGNER.unsign_object(self.cleaned_data["read"])
        except signing.BadSignature:
            version = user = None
        found = self.versions.filter(pk=version).first() if user == self.user.pk else None
        if found is None and not (self.is_block and user == self.user.pk):
            raise forms.ValidationError("Open the page again, and say it of what stands there now")
        return found

    def clean(self):
        data = super().clean()
        if self.is_block:
            data["kind"] = Kind.COMMENT
        is_bare = "words" in data and not data["words"].strip()
        if data.get("kind") == Kind.COMMENT and is_bare:
            self.add_error("words", "Write your comment")
        read = data["read"].text if data.get("read") else ""
        wrote = not self.is_block and was_typed(self, "suggested", read)
        if data.get("kind") == Kind.COMMENT and wrote:
            self.add_error("kind", "You changed the text. Choose to suggest it, or put it back")
        return data

    @property
    def said(self):
        """What the service takes."""
        data = dict(self.cleaned_data)
        data["version"] = data.pop("read")
        return data


class SettleForm(ByNumbersMixin, FreeTextForm):
    """What the author makes of a remark."""

    gov = {"what": {"reveals": {"accepted": "text"}}}
    quotes = ("text",)

    what = forms.ChoiceField(
        label="What do you make of it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you make of it"},
    )
    text = text_field("The paragraph as it is to be")
    words = words_field("What do you say to them?", f"They read it. {NOBODY}")
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()

    def __init__(self, *args, remark, **kwargs):
        super().__init__(*args, **kwargs)
        self.suggested = remark.suggested or remark.paragraph.text
        stays = "" if remark.is_comment else ", and leave it open"
        choices = [
            (Done.ACCEPTED, "Accept: the text below goes in"),
            (Done.DECLINED, "Decline, and say why"),
            (Done.ANSWERED, f"Answer{stays}"),
        ]
        if remark.is_comment:
            del self.fields["text"]
            choices = choices[1:]
        self.fields["what"].choices = choices

    def clean(self):
        data = super().clean()
        what = data.get("what")
        if what == Done.ACCEPTED and not data.get("text", "").strip() and "text" in data:
            self.add_error("text", "Write the paragraph as it is to be")
        is_bare = "words" in data and not data["words"].strip()
        if what in {Done.DECLINED, Done.ANSWERED} and is_bare:
            says = {Done.DECLINED: "Say why you decline", Done.ANSWERED: "Write your answer"}
            self.add_error("words", says[what])
        if what in {Done.DECLINED, Done.ANSWERED} and was_typed(self, "text", self.suggested):
            self.add_error("what", "You changed the text. Choose to accept it, or put it back")
        return data


class KeyForm(GovForm):
    key = single_use_key()


# --- Factual accuracy ---------------------------------------------------------------------------


class SendForm(NamesMeantMixin, GovForm):
    gov = {"chosen": {"small": True}}

    chosen = forms.TypedMultipleChoiceField(
        label="Which paragraphs is it to check?",
        help_text="It gets these alone, with their numbers, as they stand now.",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one paragraph"},
    )
    due = DateField(what="Day for the answer", label="By when do you need its answers?")
    seen = forms.CharField(widget=forms.HiddenInput)
    key = single_use_key()

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = choices


class AnswerForm(FileMixin):
    gov = {"verdict": {"reveals": {"not_accurate": ("because", "proposed", "file")}}}

    verdict = forms.ChoiceField(
        label="Is it accurate?",
        help_text="As far as your agency can say. Style and opinion are not asked about.",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is accurate"},
    )
    because = words_field("What is not accurate, and what shows it?")
    proposed = text_field("How should it read?")
    file = file_field()
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    key = single_use_key()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proposed"].help_text = (
            "Change what is wrong in the text, or leave it as it is. " + NOBODY
        )
        self.fields["file"].label = "A file that shows it (optional)"

    def clean(self):
        data = super().clean()
        doubts = data.get("verdict") == Verdict.NOT_ACCURATE
        if doubts and not data.get("because", "").strip() and "because" in data:
            self.add_error("because", "Say what is not accurate, and what shows it")
        typed = was_typed(self, "because") or was_typed(self, "proposed") or data.get("file")
        if data.get("verdict") and not doubts and typed:
            said = "You say what is not accurate. Choose “It is not accurate”, or take that out"
            self.add_error("verdict", said)
        return data


class HandInForm(GovForm):
    """`n_left`: how many paragraphs nobody has answered."""

    others = forms.BooleanField(
        label="All others are accurate",
        help_text="As if you had answered “It is accurate” to each that is not answered yet.",
        required=False,
    )

    def __init__(self, *args, n_left, **kwargs):
        super().__init__(*args, **kwargs)
        if not n_left:
            del self.fields["others"]


class MoveDayForm(FreeTextForm):
    to = DateField(what="Day for the answer", label="By when do you need its answers now?")
    why = forms.CharField(
        label="Why does the day move?",
        help_text=f"The agency reads it. {NOBODY}",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the day moves"},
    )
    seen = forms.DateField(widget=forms.HiddenInput)
    key = single_use_key()


class WithdrawRoundForm(FreeTextForm):
    because = forms.CharField(
        label="Why is it withdrawn?",
        help_text=f"For the record; the agency does not read it. {NOBODY}",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it is withdrawn"},
    )
