"""The numbers of recommendations: those written, and by order where only some are."""

import re
from dataclasses import dataclass, replace

from actionplans.plan import Remark


@dataclass
class Numbered:
    number: str | None
    parent: object = None  # the draft of which this is a further part


def number_drafts(drafts):
    """([Numbered], doubts) in the order of the drafts.

    A number somebody wrote is kept. Between written ones the order of rows gives the number, and
    one doubt says so. "b)" after a text that ends with "a)" is part b of the same recommendation.
    """
    numbers, doubts = [], []
    expected = 1
    for position, draft in enumerate(drafts):
        part_of = _part_of(draft, drafts[position - 1] if position else None, numbers)
        if part_of is not None:
            base = re.sub(r"[a-z]$", "", numbers[-1].number)
            if numbers[-1].number == base:
                numbers[-1].number = f"{base}a"
            numbers.append(
                Numbered(f"{base}{draft.letter}", _first_part(drafts, numbers, position, base))
            )
            continue
        numbers.append(Numbered(draft.number or str(expected)))
        written = re.match(r"\d+$", draft.number or "")
        expected = int(written[0]) + 1 if written else expected + 1
    doubts += _unnumbered(drafts) + _repeated(drafts) + _skipped(drafts)
    return numbers, doubts


def _part_of(draft, above, numbers):
    """Whether a draft that opens with "b)" goes with the one above, which holds "a)"."""
    if not draft.letter or above is None or draft.number or not numbers or not numbers[-1].number:
        return None
    before = chr(ord(draft.letter.lower()) - 1)
    opened = above.letter == before or any(item.number == before for item in above.text_items)
    return above if opened and re.match(r"\d+[a-z]?$", numbers[-1].number) else None


def _first_part(drafts, numbers, position, base):
    for back in range(position - 1, -1, -1):
        if numbers[back].number == f"{base}a":
            return drafts[back]
    return None


def _unnumbered(drafts):
    written = [draft for draft in drafts if draft.number]
    without = [draft for draft in drafts if not draft.number and not draft.letter]
    if not written or not without:
        return []
    some = ", ".join(draft.number for draft in written[:5])
    message = (
        f"Only {len(written)} of {len(drafts)} recommendations carry a number ({some}). "
        "The others were numbered by their order."
    )
    first = drafts[0]
    heading = first.layout.heading_rows[:1]
    place = replace(first.first.place, row=heading[0]) if heading else without[0].first.place
    return [Remark(place, "number", message)]


def _repeated(drafts):
    seen, doubts = {}, []
    for draft in drafts:
        if not draft.number:
            continue
        where = (
            draft.group,
            draft.first.place.part_kind,
            draft.first.place.part,
            draft.number.casefold(),
        )
        if where in seen:
            doubts.append(
                Remark(
                    draft.first.place,
                    "number",
                    f"The number {draft.number} stands twice: here and in row {seen[where]}.",
                )
            )
        seen.setdefault(where, draft.first.place.row)
    return doubts


def _skipped(drafts):
    """A gap in a run of numbers may be a row that got lost before the file came to us."""
    doubts, last = [], None
    for draft in drafts:
        number = int(draft.number) if (draft.number or "").isdigit() else None
        if number is None:
            last = None
            continue
        if last is not None and last + 1 < number <= last + 4:
            missing = ", ".join(str(one) for one in range(last + 1, number))
            doubts.append(
                Remark(
                    draft.first.place,
                    "number",
                    f"There is no recommendation {missing} before this one.",
                )
            )
        last = number
    return doubts
