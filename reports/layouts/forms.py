from django import forms

from reports.models import Block
from reviews.version_forms import ListVersionForm

_LEVELS = [(1, "Of its own"), (2, "Within the section before it")]


class LayoutForm(ListVersionForm):
    """The sections of a layout. Where two say the same place, the one that stood first stays first."""

    most_rows = 50
    parts = ("place", "heading", "level", "is_numbered", "guidance", "looks_for", "block")
    needed, needed_message = "heading", "Enter the heading, or take the section out"
    title_help = "For example: Local layout of May 2026."
    effective_help = "Today or later. A document that was begun before goes on with the layout it was begun with."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        title = self.fields["title"]
        title.label = "Name of this layout"
        title.error_messages["required"] = "Enter a name for this layout"

    def fields_of(self, row):
        return {
            "place": forms.IntegerField(
                label="Place in the order",
                min_value=1,
                max_value=999,
                required=False,
                initial=row.position if row else None,
            ),
            "heading": forms.CharField(
                label="Heading",
                max_length=200,
                required=False,
                initial=row.heading if row else "",
            ),
            "level": forms.TypedChoiceField(
                label="Where it stands",
                choices=_LEVELS,
                coerce=int,
                initial=row.level if row else 1,
            ),
            "is_numbered": forms.BooleanField(
                label="It has a number", required=False, initial=row.is_numbered if row else True
            ),
            "guidance": _words("What to write there", row.guidance if row else ""),
            "looks_for": _words("What a quality panel looks for", row.looks_for if row else ""),
            "block": forms.ChoiceField(
                label="What stands there from the data",
                choices=[("", "Nothing"), *Block.choices],
                required=False,
                initial=row.block if row else "",
            ),
            "gone": forms.BooleanField(label="Take this section out", required=False),
        }

    @property
    def sections(self):
        """The fields of each section, in the order that their places give; new ones last."""
        last = self.most_rows * 100
        rows = sorted(self.kept, key=lambda row: row["place"] or last)
        return [{name: row[name] for name in row if name != "place"} for row in rows]


def _words(label, initial):
    return forms.CharField(
        label=label,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        initial=initial,
    )
