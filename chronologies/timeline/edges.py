"""Which stretch of time the whole picture shows.

A single "1990s" or a birth long before would squeeze everything else into a corner. So the picture
reaches as far as the entries do whose date is known well; where nearly all of those touch the
timeframe of the review, as far as these. What lies beyond stands at its edge, with an arrow.
"""

from datetime import timedelta

from django.db.models import Count, F, Max, Min, Q

WELL_KNOWN = timedelta(days=366)
FEW, SHARE = 10, 10  # of those well known, at most so many, and one in so many, lie beyond
_ALL = ("first", "first_known", "last", "last_known")
_KNOWN = ("first_near", "last_near")
_FRAMED = ("first_framed", "last_framed")


def counted(review):
    """What `chosen` asks of the entries of each agency."""
    near = Q(date_latest__lte=F("date_earliest") + WELL_KNOWN)
    framed, start, end = near, review.scope_from.earliest, review.scope_to.latest
    if start:
        framed &= Q(date_latest__gte=start)
    if end:
        framed &= Q(date_earliest__lte=end)
    return {
        "near": Count("pk", filter=near),
        "first_near": Min("date_earliest", filter=near),
        "last_near": Max("date_latest", filter=near),
        "framed": Count("pk", filter=framed),
        "first_framed": Min("date_earliest", filter=framed),
        "last_framed": Max("date_latest", filter=framed),
    }


def chosen(rows):
    """The days of which the first and the last are the edges."""

    def many(name):
        return sum(row[name] for row in rows)

    near, framed, dated = many("near"), many("framed"), many("total") - many("undated")
    names = _ALL
    if 2 * near >= dated:
        names = _KNOWN
        if framed and near - framed <= min(FEW, near // SHARE):
            names = _FRAMED
    return [row[name] for row in rows for name in names if row[name]]
