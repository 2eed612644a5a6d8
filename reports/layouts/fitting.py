"""Which layout a document that came from elsewhere follows, told by its headings."""

from rapidfuzz import fuzz

ALIKE = 90  # of 100: headings that mean the same section, as far as their words go
LEAST = 3  # sections of a layout that a document must have
LEAST_SHARE = 1 / 3


def fitting(headings, layouts):
    """(the layout that fits best, {place of a heading: code of its section}), or (None, {}).

    `layouts` have `sections`, each with a heading and a code. Ties go to the first of them.
    """
    best, found, share = None, {}, 0
    plain = [_plain(heading) for heading in headings]
    for layout in layouts:
        sections = list(layout.sections.all())
        codes = _codes(plain, sections)
        fits = len(codes) / len(sections) if sections else 0
        if len(codes) >= LEAST and fits >= LEAST_SHARE and fits > share:
            best, found, share = layout, codes, fits
    return best, found


def _codes(plain, sections):
    """Each section of the layout goes to one heading, the most alike first."""
    pairs = []
    for section in sections:
        wanted = _plain(section.heading)
        for at, heading in enumerate(plain):
            if heading and fuzz.token_set_ratio(wanted, heading) >= ALIKE:
                pairs.append((-fuzz.ratio(wanted, heading), at, section.code))
    codes = {}
    for _, at, code in sorted(pairs):
        if at not in codes and code not in codes.values():
            codes[at] = code
    return codes


def _plain(heading):
    return " ".join("".join(one if one.isalnum() else " " for one in heading.casefold()).split())
