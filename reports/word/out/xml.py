"""The XML of a Word file as text, every value escaped on its way in."""

from xml.sax.saxutils import escape, quoteattr

from foundations.office.cleaning import CONTROL, LINE_BREAKS

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def w(name, /, *inside, **attributes):
    """An element of Word's own. Attributes are named without their prefix; `inside` is XML."""
    said = "".join(f" w:{key}={quoteattr(clean(str(value)))}" for key, value in attributes.items())
    within = "".join(inside)
    return f"<w:{name}{said}>{within}</w:{name}>" if within else f"<w:{name}{said}/>"


def val(name, value):
    return w(name, val=value)


def clean(text):
    """What XML cannot hold is left out; every kind of line break is one blank."""
    return CONTROL.sub("", LINE_BREAKS.sub(" ", text))


def words(text):
    return f'<w:t xml:space="preserve">{escape(clean(text))}</w:t>'


def run(text, *properties):
    return w("r", w("rPr", *properties) if properties else "", words(text))


def field(code, shown, *properties, is_dirty=False):
    """A field with what it shows until Word works it out again."""
    looks = w("rPr", *properties) if properties else ""
    begin = {"fldCharType": "begin"} | ({"dirty": "true"} if is_dirty else {})
    return "".join(
        [
            w("r", looks, w("fldChar", **begin)),
            w("r", looks, f'<w:instrText xml:space="preserve"> {escape(code)} </w:instrText>'),
            w("r", looks, w("fldChar", fldCharType="separate")),
            w("r", looks, words(shown)),
            w("r", looks, w("fldChar", fldCharType="end")),
        ]
    )


def part(name, inside):
    return f"{DECLARATION}<w:{name} {NAMESPACES}>{inside}</w:{name}>"
