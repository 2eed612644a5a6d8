"""How far a recommendation reaches, out of the words that files use for it."""

from actionplans.vocabulary import LEVELS, UNDECIDED
from actionplans.wording import said


def read_level(scope):
    """The widest level that is named, for a national one is put to an owner department.

    Blank where none is, or where the words are those of a form that nobody filled in.
    """
    text = said(scope)
    named = [level for level, pattern in LEVELS if pattern.search(text)]
    left_open = len(named) == len(LEVELS) or (len(named) > 1 and UNDECIDED.search(text))
    return named[0] if named and not left_open else ""
