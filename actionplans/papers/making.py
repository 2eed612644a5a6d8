"""Makes a paper of some reviews as of a day, out of what one person may read."""

from actionplans.papers import exceptions, statement, statutory, summary
from actionplans.papers.kinds import Kind, Layout
from actionplans.papers.known import known_on
from actionplans.papers.sheets import Document, long_date
from actionplans.papers.unchanged import marked

_TABLES = {
    Kind.STATEMENT: statement.tables_of,
    Kind.PLAN: statutory.tables_of,
    Kind.EXCEPTIONS: exceptions.tables_of,
    Kind.SUMMARY: summary.tables_of,
}
UPRIGHT = frozenset({Kind.SUMMARY})


def make(reviews, *, above, kind, layout, as_of, user=None, last=None, is_draft=True):
    """The Document. `last` is the final paper of this kind before it, if there is one."""
    kind = Kind(kind)
    layout = Layout(layout or Layout.SEVEN) if kind == Kind.PLAN else ""
    knowns = known_on(reviews, as_of, user)
    references = tuple(review.reference for review in reviews)
    tables = []
    for review, some in _by_review(reviews, knowns, kind):
        heading = f"Review {review.reference}" if review else kind.label
        tables += _TABLES[kind](
            some, layout=layout, heading=heading, day=as_of, last=last, reviews=reviews, user=user
        )
    document = Document(
        kind=str(kind),
        layout=str(layout),
        title=kind.label,
        above=above,
        as_of=as_of.isoformat(),
        is_draft=is_draft,
        is_wide=kind not in UPRIGHT,
        facts=tuple(_facts(as_of, references, knowns, last)),
        notes=tuple(_notes(knowns, kind)),
        tables=tuple(tables),
        references=references,
    )
    return marked(document, last)


def _by_review(reviews, knowns, kind):
    """A table of rows for each review; the other papers count over all of them."""
    if kind not in {Kind.STATEMENT, Kind.PLAN} or len(reviews) == 1:
        return [(None, knowns)]
    return [
        (review, [known for known in knowns if known.one.review_id == review.pk])
        for review in reviews
    ]


def _facts(as_of, references, knowns, last):
    yield "As it stood on", long_date(as_of)
    yield "Reviews" if len(references) > 1 else "Review", ", ".join(references) or "None"
    yield "Recommendations", f"{len(knowns):,}"
    if last:
        yield "Last paper of this kind", f"As it stood on {long_date(last.as_of)}"


def _notes(knowns, kind):
    """Claims that nobody confirmed are named together above the table, too."""
    claimed = [one for one in knowns if one.is_only_claimed and one.one.claims_done]
    if claimed and kind in {Kind.STATEMENT, Kind.PLAN}:
        several = len({known.one.review_id for known in claimed}) > 1
        numbers = ", ".join(_number(known, several=several) for known in claimed)
        yield f"Claimed as completed by the plan, and not confirmed by anybody yet: {numbers}."
    if kind == Kind.SUMMARY:
        yield from summary.notes_of(knowns)


def _number(known, *, several):
    number = known.number or str(known.one.position)
    return f"{known.one.review.reference} {number}" if several else number
