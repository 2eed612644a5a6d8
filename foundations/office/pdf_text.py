"""What is read out of a PDF, or found in it, is what went into it.

The renderer tells of each shape which letter it is. Where letters change places or stack, as in the scripts of
India and in pictures made of several, one shape serves several letters and one letter takes several shapes: there
the text itself goes with the line. A shape that is only a piece of a letter is told to be a joiner, since PDF/UA
wants every shape told. What is written from the right needs no more: readers turn it round by themselves.
"""

import re
from contextlib import contextmanager

import pydyf
from weasyprint.pdf.stream import Stream

JOINER = b"<200d>"
# Devanagari to Sinhala; what joins pictures, or chooses between two.
JOINED = re.compile("[\u0900-\u0dff\u200d\ufe0f]")
CHARACTER_MAP = b"begincmap"

_marked = Stream.marked


@contextmanager
def _marked_with_its_text(self, box, tag):
    with _marked(self, box, tag):
        text = getattr(box, "text", "")
        if self._tags is not None and JOINED.search(text):
            self.stream[-2]["ActualText"] = pydyf.String(text)
        yield


Stream.marked = _marked_with_its_text


def name_every_shape(pdf):
    for one in pdf.objects:
        if not isinstance(one, pydyf.Stream) or CHARACTER_MAP not in one.stream:
            continue
        for place, line in enumerate(one.stream):
            if line.endswith(b" <>"):
                one.stream[place] = line.removesuffix(b"<>") + JOINER
