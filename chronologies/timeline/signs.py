"""How each kind of mark looks: a shape of its own and a colour of its own.

A path is drawn around 0,0, about 12 high. No two signs differ by colour alone, and each colour
stands out from white by more than 4.5 to 1.
"""

from dataclasses import dataclass

from chronologies.marking.models import Mark

INK, QUIET = "#0b0c0c", "#505a5f"
PLAIN = "#3f6184"  # an entry without a mark


@dataclass(frozen=True)
class Sign:
    kind: str
    name: str
    path: str
    fill: str
    stroke: str = "#ffffff"
    line: float = 1  # how thick the stroke is


_DOT = "M-4.5,0a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0z"
_RING = "M-4.6,0a4.6,4.6 0 1,0 9.2,0a4.6,4.6 0 1,0 -9.2,0z"
_DIAMOND = "M0,-9.5L9.5,0L0,9.5L-9.5,0z"
_DOWN = "M-6.6,-5.4L6.6,-5.4L0,6.2z"
_UP = "M0,-6.2L6.6,5.4L-6.6,5.4z"
_SQUARE = "M-5,-5L5,-5L5,5L-5,5z"
_HEXAGON = "M-3.4,-5.8L3.4,-5.8L6.8,0L3.4,5.8L-3.4,5.8L-6.8,0z"
_ARROW = "M-6,-2.6L0.6,-2.6L0.6,-6L6.8,0L0.6,6L0.6,2.6L-6,2.6z"
_CROSS = (
    "M-6,-3.6L-3.6,-6L0,-2.4L3.6,-6L6,-3.6L2.4,0L6,3.6L3.6,6L0,2.4L-3.6,6L-6,3.6L-2.4,0z"
)  # fmt: skip

ENTRY = Sign("", "Entry on a known day", _DOT, PLAIN)
# The one that matters most first: its colour is the one of the whole entry.
SIGNS = {
    sign.kind: sign
    for sign in (
        Sign(Mark.Kind.KEY, "Key event", _DIAMOND, "#b1132b"),
        Sign(Mark.Kind.MISSED, "Missed opportunity", _DOWN, "#a34400"),
        Sign(Mark.Kind.DISPUTED, "Disputed", _CROSS, "#6d1f52"),
        Sign(Mark.Kind.POLICY, "Policy not followed", _SQUARE, "#4c2c92"),
        Sign(Mark.Kind.RISK, "Risk assessment", _HEXAGON, "#7a5a00"),
        Sign(Mark.Kind.GOOD, "Good practice", _UP, "#00703c"),
        Sign(Mark.Kind.SEEN, "Seen or heard", _RING, "#ffffff", "#00695f", 2.6),
        Sign(Mark.Kind.CONTACT, "Contact with another body", _ARROW, "#1464a8"),
    )
}


def signs_of(kinds):
    """Each kind once, in order of weight; of an entry without a mark, the plain dot."""
    return tuple(sign for kind, sign in SIGNS.items() if kind in kinds) or (ENTRY,)
