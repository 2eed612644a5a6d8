"""What stands in the lanes, as SVG. There are hundreds of entries and columns, each of a few numbers: a
line of text each is written at a fraction of what a template costs that is asked once for each."""

from django.utils.html import format_html, format_html_join


class InSvg:
    """A lane with what is `drawn` in it, and its `columns`, in lines for the template."""

    @property
    def plain_entries(self):
        return entries_of(self.drawn, linked=False)

    @property
    def linked_entries(self):
        return entries_of(self.drawn, linked=True)

    @property
    def plain_columns(self):
        return columns_of(self.columns, linked=False)

    @property
    def linked_columns(self):
        return columns_of(self.columns, linked=True)


_RECTANGLE = '<rect x="{}" y="{}" width="{}" height="{}"/>'
_COLUMN = f'<a href="{{}}" tabindex="-1"><title>{{}}</title>{_RECTANGLE}</a>'
_SIGN = '<path d="{}" transform="translate({},{})" fill="{}" stroke="{}" stroke-width="{}"/>'
_BESIDE = '<a href="{}" tabindex="-1" aria-hidden="true"><title>{}</title>{}</a>'
_KEY = (
    '<a href="{}" class="app-lanes__key" aria-label="{}"><title>{}</title>'
    '<rect class="app-lanes__touch" x="{}" y="{}" width="24" height="24" rx="3"'
    ' fill="#ffffff" fill-opacity="0"/>{}</a>'
)
_BAR = '<rect x="{}" y="{}" width="{}" height="{}" rx="2" fill="#dbe5f0" stroke="{}" stroke-width="1"/>'
_OPEN_END = '<path d="{}" fill="none" stroke="{}" stroke-width="2"/>'
_LABEL = '<text x="{}" y="{}" font-size="11" font-weight="700" fill="#0b0c0c">{}</text>'


def entries_of(drawn, *, linked):
    """`linked`: each leads to its page, the key events by keyboard too; not so on paper."""
    each = _linked if linked else _sign_of
    return format_html_join("", "{}", ((each(one),) for one in drawn))


def columns_of(columns, *, linked):
    if linked:
        return format_html_join("", _COLUMN, ((one.href, one.title, *_box(one)) for one in columns))
    return format_html_join("", _RECTANGLE, map(_box, columns))


def _box(one):
    return one.x, one.y, one.width, one.height


def _linked(one):
    item, sign = one.item, _sign_of(one)
    if not item.is_key:
        return format_html(_BESIDE, item.href, item.title, sign)
    return format_html(_KEY, item.href, item.title, item.title, *one.touch, sign)


def _sign_of(one):
    """What is drawn of an entry: a bar where its date is wide, its signs, its number on paper."""
    bar = _bar(one.bar) if one.bar else ""
    signs = format_html_join(
        "",
        _SIGN,
        ((sign.path, x, one.y, sign.fill, sign.stroke, sign.line) for x, sign in one.signs),
    )
    label = format_html(_LABEL, *one.label_at, one.item.label) if one.item.label else ""
    return format_html("{}{}{}", bar, signs, label)


def _bar(bar):
    arrows = format_html(_OPEN_END, bar.opens, bar.colour) if bar.opens else ""
    return format_html("{}{}", format_html(_BAR, *_box(bar), bar.colour), arrows)
