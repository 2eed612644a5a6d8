"""What stands in a document from the data, as Markdown, made anew each time that it is read.

A document says the same to whoever may read it, so that nothing here asks who looks: who may read the
document has been asked, and what stands in it was put there by its authors.
"""

from reports.blocks import conclusions, evidence, review
from reports.models import Block

NOTHING_YET = "_{} will stand here once there is something to show._"

_MAKE = {
    Block.TERMS: review.terms,
    Block.PANEL: review.panel,
    Block.CONTRIBUTORS: review.contributors,
    Block.PSEUDONYMS: review.pseudonyms,
    Block.DELAY: review.delay,
    Block.COUNTS: conclusions.counts,
    Block.ENTRIES: evidence.entries,
    Block.LESSONS: conclusions.lessons,
    Block.RECOMMENDATIONS: conclusions.recommendations,
    Block.GLOSSARY: evidence.glossary,
}

_DATED = frozenset({Block.TERMS, Block.ENTRIES})


# They say what is missing still, and a final version does not.
_UNFINISHED = frozenset({Block.CONTRIBUTORS, Block.COUNTS, Block.GLOSSARY})


class Blocks:
    """Of one document; what stands in it twice is made once. `say` puts a PartialDate of the review
    into the words in which this reader may have it."""

    def __init__(self, document, *, say=str, is_final=False):
        self.document, self.say, self.is_final, self._made = document, say, is_final, {}

    def text_of(self, block):
        """Markdown; "" where there is nothing to show."""
        if block not in self._made:
            self._made[block] = _MAKE[Block(block)](self.document, **self._how(block))
        return self._made[block]

    def _how(self, block):
        how = {"say": self.say} if block in _DATED else {}
        if block in _UNFINISHED:
            how["is_final"] = self.is_final
        return how | ({"text_of": self.text_of} if block == Block.GLOSSARY else {})

    def shown(self, block):
        """Markdown that says so where there is nothing yet."""
        return self.text_of(block) or NOTHING_YET.format(Block(block).label)
