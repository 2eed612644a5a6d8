"""By what a thing that was found is known again: its line of the list, what is said of it, and the words
of the paragraphs that it rests on. Numbers of paragraphs are no part of it: they move."""

import hashlib
import json
import re

_NUMBER = re.compile(r"(?<![\w.])\d{1,2}(?:\.\d{1,3}){1,4}(?!\.?\d|%)")


def code_of(item, remark, document, digest):
    """64 hexadecimal digits; another one as soon as a paragraph or a fact that it rests on says something else.

    `digest` makes them of a text with a key: a code stands in the clear, and nobody is to find a date of the
    register by trying all of them."""
    texts = [paragraph.text for _, paragraph in document.paragraphs]
    rests = [
        [place.key or place.at, place.start, place.end, texts[place.at]] for place in remark.places
    ]
    return digest(digest_of([item.key, _NUMBER.sub("#", remark.message), remark.of, rests]))


def digest_of(value):
    """Of anything that JSON can say; what it cannot, by how it prints."""
    said = json.dumps(value, ensure_ascii=False, sort_keys=True, default=repr)
    return hashlib.sha256(said.encode()).hexdigest()
