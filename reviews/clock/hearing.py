"""Rooms above that reckon from a milestone hear when it is recorded, or was recorded by mistake."""

_LISTENERS = {}


def listen(milestone, name, heard):
    """`heard(review)` is called with the review locked, in the transaction that records it."""
    _LISTENERS.setdefault(milestone, {})[name] = heard


def tell(review, milestone):
    for heard in _LISTENERS.get(milestone, {}).values():
        heard(review)
