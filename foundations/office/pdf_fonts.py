"""The fonts of every PDF: which letters each has, and which of them a text needs.

All come with the front end and are put into the PDF, so that it looks the same wherever it is made and read.
Those of other scripts than ours are handed to the renderer only where a text has their letters: each one
costs it time. The families stand in the order of templates/pdf/print.css.
"""

import io
import unicodedata
from dataclasses import dataclass

from fontTools.ttLib import TTFont, woff2

PACKED = b"wOF2"
MOST_NAMED = 10
WHAT_TO_DO = "Nothing was made. Spell a name in Latin letters, as a passport does, leave another sign out, and make it again."


@dataclass(frozen=True)
class Face:
    family: str
    weight: str  # as in a style sheet
    name: str  # of the file


def _in_two_weights(family, file):
    return [Face(family, weight, f"{file}-{weight}-normal.woff2") for weight in ("400", "700")]


VIETNAMESE = "vietnamese"
OURS = (
    Face("Inter", "100 900", "inter-latin-wght-normal.woff2"),
    Face("Inter Extended", "100 900", "inter-latin-ext-wght-normal.woff2"),
)
FURTHER = (
    *(
        Face(f"Inter {part.title()}", "100 900", f"inter-{part}-wght-normal.woff2")
        for part in (VIETNAMESE, "greek", "cyrillic")
    ),
    # Also of Urdu, Persian, Pashto and Kurdish. One shape a letter: those that put dots on bare shapes come
    # out of the PDF as other letters than went in.
    *_in_two_weights("IBM Plex Sans Arabic", "ibm-plex-sans-arabic-arabic"),
    *(
        face
        for script in ("bengali", "devanagari", "gujarati", "gurmukhi", "tamil")
        for face in _in_two_weights(f"Noto Sans {script.title()}", f"noto-sans-{script}-{script}")
    ),
    # Hebrew, Georgian, arrows and ticks; after those that know their script better.
    Face("DejaVu Sans", "400", "DejaVuSans.ttf"),
    Face("DejaVu Sans", "700", "DejaVuSans-Bold.ttf"),
    Face("Noto Emoji", "400", "noto-emoji-emoji-400-normal.woff2"),
)
NAMES = tuple(face.name for face in (*OURS, *FURTHER))
# An accent must come out of the font of its letter: those that stand on a dotted letter are in one font
# with it, which has few letters else and is asked first.
_FIRST = f"Inter {VIETNAMESE.title()}"
STACK = ", ".join(
    f'"{family}"' if " " in family else family
    for family in dict.fromkeys([_FIRST, *(face.family for face in (*OURS, *FURTHER))])
)


class Letters:
    """Of {name: bytes} of font files. Asks a font for its letters when a text needs them, and once.

    Unpacked once, too: for every document anew it takes longer than a page takes to draw.
    """

    def __init__(self, assets):
        self.assets = assets
        self._known = {}
        self._unpacked = {}

    def file(self, name):
        """The font as the renderer takes it. Raises KeyError where it is none of ours."""
        if name not in self._unpacked:
            content = self.assets[name]
            if content[:4] == PACKED:
                unpacked = io.BytesIO()
                woff2.decompress(io.BytesIO(content), unpacked)
                content = unpacked.getvalue()
            self._unpacked[name] = content
        return self._unpacked[name]

    def _of(self, name):
        if name not in self._known:
            font = TTFont(io.BytesIO(self.assets[name]), lazy=True)
            self._known[name] = frozenset(map(chr, font.getBestCmap()))
        return self._known[name]

    def faces_for(self, text):
        """Those of FURTHER that a text needs besides our own, in the order in which they are asked."""
        wanted = {letter for letter in set(text) if not letter.isspace()}
        for face in OURS:
            wanted -= self._of(face.name) if face.name in self.assets else set()
        found, families = [], set()
        for face in FURTHER:
            if not wanted and face.family not in families:
                break
            if face.name not in self.assets:
                continue
            if face.family in families:
                found.append(face)
            elif has := wanted & self._of(face.name):
                wanted -= has
                families.add(face.family)
                found.append(face)
        return found


def declared(faces):
    """The faces as rules of a style sheet."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};'
        f" src: url(app-static:{face.name}) }}\n"
        for face in faces
    )


def told(lost):
    """A sentence on the letters, given as their numbers, that no font has."""
    named = [
        f"{chr(one)} (U+{one:04X} {unicodedata.name(chr(one), 'without a name')})" for one in lost
    ]
    if len(named) > MOST_NAMED:
        named[MOST_NAMED:] = [f"and {len(named) - MOST_NAMED} more"]
    which = "a letter" if len(lost) == 1 else "letters"
    return f"The text has {which} that no font here can draw: {', '.join(named)}. {WHAT_TO_DO}"
