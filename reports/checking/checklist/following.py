"""Numbers that were typed where a reference would follow what it points at."""

from reports.checking.pointers import pointers_in
from reports.checking.values import Item, Remark, Result


def typed_numbers(reading):
    remarks = tuple(
        Remark(
            f"“{one.number}” was typed as a number: it will not follow when paragraphs move.",
            passage.place(one.start, one.end),
        )
        for passage in reading.passages
        for one in pointers_in(passage.written, reading.numbers_shown)
    )
    return Item(
        "references-follow",
        "Does every reference follow when paragraphs move?",
        f"{len(reading.passages)} paragraphs.",
        Result.TO_JUDGE if remarks else Result.MET,
        remarks,
        "Put each number between two square brackets, as in [[1.1]]." if remarks else "",
    )
