from bisect import bisect_left


def longest_run(places):
    """The longest run of places that grows, as a set: in a new order, whatever is not in it was moved."""
    lasts, at, before = [], [], [-1] * len(places)
    for index, place in enumerate(places):
        length = bisect_left(lasts, place)
        if length == len(lasts):
            lasts.append(place)
            at.append(index)
        else:
            lasts[length], at[length] = place, index
        before[index] = at[length - 1] if length else -1
    found, index = set(), at[-1] if at else -1
    while index >= 0:
        found.add(places[index])
        index = before[index]
    return found
