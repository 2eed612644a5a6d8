from reviews.proceedings.disclosure.sources import source_of
from reviews.proceedings.models import HandedLine, ScheduleLine, SensitivityMark


def marks_on(user, review):
    """{(source, row): the newest mark}"""
    rows = SensitivityMark.objects.visible_to(user).filter(review=review).order_by("pk")
    return {(mark.source, mark.row): mark for mark in rows.select_related("marked_by")}


def lines_of(user, schedule):
    return ScheduleLine.objects.visible_to(user).filter(schedule=schedule)


def can_be_handed(line):
    """Whether there are bytes of it: stored ones, or such as are made for the handing over."""
    source = source_of(line.source)
    return bool(source.content) and (source.is_made or bool(line.sha256))


def handed_of(user, schedule):
    """[(handing over, its lines that this person may see)] in the order of time."""
    found = {}
    rows = HandedLine.objects.visible_to(user).filter(handing__schedule=schedule).for_display()
    for row in rows.order_by("handing__on", "handing", "line__position"):
        found.setdefault(row.handing, []).append(row)
    return list(found.items())
