"""Words of a Word document that stand in no run of its own: second forms, and drawings."""

from copy import deepcopy

from lxml import etree

from foundations.office.everything import markup
from foundations.office.word_styles import W
from foundations.office.words import MC

DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def second_form(fallback):
    """What programs show that do not know the first form: its text boxes, or its words, where they differ."""
    choice = fallback.getparent().find(MC + "Choice")
    first = "" if choice is None else _words_of(choice)
    boxes = list(fallback.iter(W + "txbxContent"))
    if not boxes and _words_of(fallback):
        paragraph = etree.Element(W + "p")
        paragraph.extend(deepcopy(list(fallback)))
        boxes = [etree.Element(W + "txbxContent")]
        boxes[0].append(paragraph)
    return [box for box in boxes if _words_of(box) not in first]


def _words_of(element):
    return "".join(text.text or "" for text in element.iter(W + "t"))


def words_of_drawings(root):
    """The words of drawings: paragraphs that are none of Word's own."""
    for paragraph in root.iter(DRAWN + "p"):
        yield "".join(markup.texts_of(paragraph))
