"""What a document is made of before anybody has written a word of it: data, in versions."""

from django.db import models
from django.db.models import Q

from reviews.versions import Version


class Kind(models.TextChoices):
    """What leaves a review. Those FROM_DATA are not written here: their rooms say what stands in them."""

    OVERVIEW = "overview", "Overview report"
    EXECUTIVE_SUMMARY = "executive-summary", "Executive summary"
    LEARNING_BRIEFING = "learning-briefing", "Learning briefing"
    FAMILY_COPY = "family-copy", "Note that goes with the family’s copy"
    ACTION_PLAN = "action-plan", "Action plan"
    PROGRESS_STATEMENT = "progress-statement", "Progress statement"
    CHRONOLOGY = "chronology", "Combined chronology"


FROM_DATA = frozenset({Kind.ACTION_PLAN, Kind.PROGRESS_STATEMENT, Kind.CHRONOLOGY})


class Layout(models.TextChoices):
    """Which sections, in which order. A partnership's own version of one is its local layout."""

    OVERVIEW_2016 = "overview-2016", "Overview report, layout of 2016"
    OVERVIEW_2013 = "overview-2013", "Overview report, layout of 2013"
    EXECUTIVE_SUMMARY = "executive-summary", "Executive summary"
    SUMMARY_2013 = "executive-summary-2013", "Executive summary, layout of 2013"
    LEARNING_BRIEFING = "learning-briefing", "Learning briefing"
    FAMILY_COPY = "family-copy", "Note that goes with the family’s copy"


KIND_OF = {
    Layout.OVERVIEW_2016: Kind.OVERVIEW,
    Layout.OVERVIEW_2013: Kind.OVERVIEW,
    Layout.EXECUTIVE_SUMMARY: Kind.EXECUTIVE_SUMMARY,
    Layout.SUMMARY_2013: Kind.EXECUTIVE_SUMMARY,
    Layout.LEARNING_BRIEFING: Kind.LEARNING_BRIEFING,
    Layout.FAMILY_COPY: Kind.FAMILY_COPY,
}


class Block(models.TextChoices):
    """What stands in a document from the data, and stays as fresh as they are."""

    TERMS = "terms", "Terms of reference"
    PANEL = "panel", "Table of the panel"
    CONTRIBUTORS = "contributors", "Table of the contributors"
    PSEUDONYMS = "pseudonyms", "Table of the pseudonyms"
    DELAY = "delay", "Reasons for delay"
    COUNTS = "counts", "Saved counts"
    ENTRIES = "entries", "Entries that the document cites"
    LESSONS = "lessons", "Lessons"
    RECOMMENDATIONS = "recommendations", "Recommendations"
    GLOSSARY = "glossary", "Glossary of the acronyms in use"


class DocumentTemplate(Version):
    """The sections of one layout, as a partnership keeps them from a day on.

    A version never changes. A document that was begun goes on with the version it was begun with.
    """

    kind = models.CharField(max_length=30, choices=Layout)
    partnership = models.ForeignKey(
        "agencies.Partnership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="document_templates",
        help_text="Blank: the house's, for every partnership that has none of its own.",
    )
    source = models.CharField(
        max_length=1000, help_text="Where the layout comes from, and how far that was checked."
    )

    class Meta:
        ordering = ["kind", "partnership", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "partnership", "version"],
                name="one_document_template_a_version",
                nulls_distinct=False,
                violation_error_message="Somebody has made a newer version meanwhile.",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="document_templates_count_from_one"
            ),
        ]

    @property
    def document_kind(self):
        return KIND_OF[self.kind]

    @property
    def layout(self):
        """ "Overview report, layout of 2016", or whose own it is."""
        whose = "" if self.is_house else ", your own version"
        return f"{self.get_kind_display()}{whose}"


class SectionTemplate(models.Model):
    """One section of a layout. Its code is the same in every version that has it."""

    template = models.ForeignKey(DocumentTemplate, models.CASCADE, related_name="sections")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField(default=1, help_text="2: within the one before it.")
    is_numbered = models.BooleanField(default=True, help_text="A preface or an appendix is not.")
    guidance = models.TextField(max_length=2000, blank=True, help_text="For whoever writes it.")
    looks_for = models.TextField(
        max_length=2000, blank=True, help_text="What a quality panel looks for in it."
    )
    block = models.CharField(
        max_length=20, choices=Block, blank=True, help_text="What stands there from the data."
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["template", "code"], name="a_section_once_in_a_layout"),
            models.UniqueConstraint(
                fields=["template", "position"], name="one_section_in_each_place_of_a_layout"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[1, 2]), name="a_layout_has_sections_of_two_levels"
            ),
        ]

    def __str__(self):
        return self.heading
