"""Where a row stands among its neighbours: counted from 1, without gaps, whatever was taken out."""

# Stands for "behind all the others", where None means "before all of them".
LAST = object()


def place_after(rows, after):
    """Makes room among `rows` (a queryset of live neighbours, locked by their document) behind
    `after`: a row, None for the first place, or LAST. Returns the place."""
    others = list(rows.order_by("position", "pk"))
    index = len(others)
    if after is not LAST:
        index = 0 if after is None else others.index(after) + 1
    moved = []
    for place, row in enumerate(others, start=1):
        wanted = place if place <= index else place + 1
        if row.position != wanted:
            row.position = wanted
            moved.append(row)
    rows.model.objects.bulk_update(moved, ["position"], batch_size=500)
    return index + 1
