"""What is to be checked of a report that was read."""

import re

OWN_NUMBER = re.compile(r"(.*?)(\d+)")


def doubts_of(building):
    """Sentences about what was guessed, missed or met twice."""
    yield from building.marked.doubts
    if not any(one.number or one.heading for one in building.sections):
        yield "No heading and no numbered paragraph was found, so the text stands in one piece."
    if count := len(building.roles.doubtful):
        yield (
            f"{_some(count, 'heading was', 'headings were')} recognised by"
            f" {_some(count, 'its number', 'their numbers', False)} and looks,"
            " not by a heading style: check where each part begins."
        )
    if count := building.worked_out:
        yield (
            f"{_some(count, 'heading has', 'headings have')} no number in the file: it was worked out"
            " from the paragraphs."
        )
    for at in building.roles.jumps:
        text = building.entries[at].block.text.strip()[:60]
        yield (
            f"“{text}” begins with a number that does not follow the one before it: it is taken as"
            " text."
        )
    yield from _gaps(building.sections)


def _some(count, one, many, counts=True):
    words = one if count == 1 else many
    return f"{count} {words}" if counts else words


def _gaps(sections):
    """Numbers that are missing, or stand twice, in the rows of paragraphs and of sections."""
    seen, last = set(), {}
    for number in _numbers(sections):
        above, own = OWN_NUMBER.fullmatch(number).groups()
        before = last.get(above, int(own))
        if number in seen:
            yield f"The number {number} stands twice."
        elif int(own) > before + 1:
            yield f"The number {above}{before + 1} is missing: {number} follows {above}{before}."
        seen.add(number)
        last[above] = int(own)


def _numbers(sections):
    for section in sections:
        if section.number:
            yield section.number
        for one in section.paragraphs:
            if one.number:
                yield one.number
