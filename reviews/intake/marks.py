"""What two notifications of the same death have in common, without comparing a clear name."""

import re
import unicodedata

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "master", "sir", "lady"})


def words_of(name):
    """Lower case, without accents, titles or single letters: "SMITH, Ms Zoë J." is smith, zoe."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z]+", folded.replace("'", ""))
    return sorted({word for word in words if len(word) > 1 and word not in _TITLES})


def marks_of(name, born):
    """The whole name in any order; and each word of it with the day of birth, where that is known.

    So a name spelt another way is still met by the other name and the day of birth.
    """
    words = words_of(name)
    marks = [" ".join(words)] if words else []
    if born.is_exact:
        marks += [f"{word} {born.earliest.isoformat()}" for word in words]
    return marks
