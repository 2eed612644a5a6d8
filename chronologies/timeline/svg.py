"""What stands in the lanes, as SVG. There are hundreds of entries and columns, each of a few numbers: a
line of text each is written at a fraction of what a template costs that is asked once for each."""

from django.utils.html import escape
from django.utils.safestring import mark_safe


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


def entries_of(drawn, *, linked):
    """`linked`: each leads to its page, the key events by keyboard too; not so on paper."""
    each = _linked if linked else _sign_of
    return mark_safe("".join(map(each, drawn)))  # noqa: S308 numbers, and what _linked escapes


def columns_of(columns, *, linked):
    if not linked:
        return mark_safe("".join(map(_rectangle, columns)))  # noqa: S308 numbers alone
    return mark_safe(  # noqa: S308 escaped here
        "".join(
            f'<a href="{escape(one.href)}" tabindex="-1"><title>{escape(one.title)}</title>'
            f"{_rectangle(one)}</a>"
            for one in columns
        )
    )


def _rectangle(one):
    return f'<rect x="{one.x}" y="{one.y}" width="{one.width}" height="{one.height}"/>'


def _linked(one):
    href, title = escape(one.item.href), escape(one.item.title)
    if not one.item.is_key:
        return (
            f'<a href="{href}" tabindex="-1" aria-hidden="true"><title>{title}</title>'
            f"{_sign_of(one)}</a>"
        )
    x, y = one.touch
    return (
        f'<a href="{href}" class="app-lanes__key" aria-label="{title}"><title>{title}</title>'
        f'<rect class="app-lanes__touch" x="{x}" y="{y}" width="24" height="24" rx="3"'
        f' fill="#ffffff" fill-opacity="0"/>{_sign_of(one)}</a>'
    )


def _sign_of(one):
    """What is drawn of an entry: a bar where its date is wide, its signs, its number on paper."""
    bar = _bar(one.bar) if one.bar else ""
    signs = "".join(
        f'<path d="{sign.path}" transform="translate({x},{one.y})" fill="{sign.fill}"'
        f' stroke="{sign.stroke}" stroke-width="{sign.line}"/>'
        for x, sign in one.signs
    )
    return bar + signs + (_label(one) if one.item.label else "")


def _bar(bar):
    arrows = (
        f'<path d="{bar.opens}" fill="none" stroke="{bar.colour}" stroke-width="2"/>'
        if bar.opens
        else ""
    )
    return (
        f'<rect x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}" rx="2"'
        f' fill="#dbe5f0" stroke="{bar.colour}" stroke-width="1"/>{arrows}'
    )


def _label(one):
    x, y = one.label_at
    return (
        f'<text x="{x}" y="{y}" font-size="11" font-weight="700" fill="#0b0c0c">'
        f"{escape(one.item.label)}</text>"
    )
