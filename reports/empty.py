"""Which sections of a document are empty: one answer for every page, list and file that says so.

`sections` are those of an Outline, a WrittenDocument or a Gathered, in the order of reading. A WrittenDocument and a
Gathered hold what is read: what is inserted from the data and has nothing to show is in neither. An Outline
holds the place for it, too, in which nobody has to write anything.
"""


def empty_of(sections, *, blocks=None):
    """[section] of those in which nothing stands and which have no section below them, in order. With `blocks`
    (Blocks), a place of an Outline for what has nothing to show yet is nothing, as it is to whoever reads it."""
    return [
        one
        for at, one in enumerate(sections)
        if not _has_below(at, sections) and not has_something(one, blocks=blocks)
    ]


def with_text(sections):
    """[section] of those in which something stands, or in a section within them, however deep, in order."""
    kept = []
    for one in reversed(sections):
        if has_something(one) or (kept and kept[-1].level > one.level):
            kept.append(one)
    return kept[::-1]


def has_something(section, *, blocks=None):
    """Whether something stands in it, whatever is below it; `blocks` as for empty_of."""
    return any(_says(one, blocks) for one in section.paragraphs)


def _has_below(at, sections):
    return at + 1 < len(sections) and sections[at + 1].level > sections[at].level


def _says(one, blocks):
    """No row is without words: the words of an Outline's paragraph, which are often left in the database, are
    not asked for."""
    row = getattr(one, "paragraph", None)
    if row is None:
        return bool(one.text.strip())
    return not (blocks and row.is_block) or bool(blocks.text_of(row.block).strip())
