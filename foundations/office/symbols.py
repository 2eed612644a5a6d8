"""What a sign means that Word draws from a font of pictures, rather than as a letter.

The file says a font and a place in it. The same place is an arrow in one font and a bell in another, so each
font has its own table here: Symbol whole, of Wingdings what authors put into forms and lists.
"""

from foundations.office.word_styles import W

PRIVATE = range(0xE000, 0xF900)  # where Word puts the places of such a font, from 0xF000 on
_GREEK_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"  # in the places of A to Z
_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"  # in those of a to z
_MATHEMATICAL = (  # from 0xA1 on
    "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
)
_AS_TYPED = " !#%&()+,./0123456789:;<=>?[]_{|}"
SYMBOL = (
    {ord(one): one for one in _AS_TYPED}
    | dict(zip(range(0x41, 0x5B), _GREEK_CAPITALS, strict=True))
    | dict(zip(range(0x61, 0x7B), _GREEK, strict=True))
    | dict(enumerate(_MATHEMATICAL, start=0xA1))
    | {0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥"}
    | {0x7E: "∼", 0xA0: "€", 0xF1: "〉", 0xF2: "∫"}
)


def _table(pairs):
    """Of "22✂ 28☎": the place in two digits, and the sign."""
    return {0x20: " "} | {int(pair[:2], 16): pair[2:] for pair in pairs.split()}


WINGDINGS = _table(
    "22✂ 28☎ 2A✉ 46☞ 47☝ 4A☺ 4C☹ 6C● 6D○ 6E■ 6F☐ 71☐ 72☐ 73◆ 74◆ 75◆ 76❖ 77◆ 9E• 9F• A1○ A7▪ A8☐ AB★ "
    "D8➢ DF← E0→ E1↑ E2↓ E3↖ E4↗ E5↙ E6↘ E7← E8➔ E9↑ EA↓ EF⇦ F0⇨ F1⇧ F2⇩ F3⇔ F4⇕ FB✗ FC✓ FD☒ FE☑"
)
WINGDINGS_2 = _table("4F✗ 50✓ 51☒ 52☑ 53☒ 54☒ 96• 97● 98● A3☐")
FONTS = {"symbol": SYMBOL, "wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2}
# What a file without the name of a font can only have meant.
UNNAMED = {place: WINGDINGS[place] for place in (0x6F, 0xA8, 0xFB, 0xFC, 0xFE)} | {0xB7: "•"}


def symbol(element):
    """The sign that a `w:sym` stands for; "" where nothing here says what it is."""
    try:
        place = int(element.get(W + "char") or "", 16)
    except ValueError:
        return ""
    font = (element.get(W + "font") or "").casefold()
    table = FONTS.get(font, {} if font else UNNAMED)
    if place in PRIVATE or font in FONTS:
        return table.get(place & 0xFF if place in PRIVATE else place, "")
    is_letter = 0 < place < 0x110000 and chr(place).isprintable()
    return chr(place) if is_letter else ""


def told(count):
    """A sentence on those that were left out."""
    some = "1 symbol was" if count == 1 else f"{count} symbols were"
    return (
        f"{some} left out, because the file does not say which letter or sign it is. Compare the text with "
        "the file."
    )
