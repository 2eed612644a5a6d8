"""The words of XML that nobody needs to understand, sound or not: texts and the values of attributes."""

import codecs
import re
from html import unescape

_BEGINS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_MARKUP = re.compile(r"<\?.*?\?>|<!--(.*?)-->|<[^<>]*>", re.S)
_VALUE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
for _, _coding in _BEGINS:
    codecs.lookup(_coding)  # before the child may open no more files


def words_in(content):
    """(texts, values): both with one piece in a line. `content` is bytes, in the coding they begin with."""
    coding = next((coding for begin, coding in _BEGINS if content.startswith(begin)), "utf-8")
    written = content.decode(coding, errors="replace")
    values = []

    def without(match):
        if match[1]:
            return f"\n{match[1]}\n"
        for key, double, single in _VALUE.findall(match[0]):
            if not key.startswith(("xmlns", "xml:")) and not match[0].startswith("<?"):
                values.append(double or single)
        return "\n"

    texts = _MARKUP.sub(without, written)
    return _lines(texts), _lines("\n".join(values))


def _lines(text):
    return "\n".join(filter(None, (line.strip() for line in unescape(text).split("\n"))))
