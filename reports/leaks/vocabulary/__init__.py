"""Lists of words, as data: one file each, names in small letters, lines with # being remarks."""

from functools import cache
from pathlib import Path

from reports.leaks.folding import fold, key_of

_FOLDER = Path(__file__).parent


def _lines(name):
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def words(name):
    """The keys in one of the files."""
    return frozenset(key_of(fold(word)) for line in _lines(name) for word in line.split())


@cache
def lines(name):
    """The lines of one of the files, as they are written."""
    return tuple(_lines(name))


@cache
def context(name):
    """Words that tell, beside a name, what it is there: a line of contexts.txt."""
    found = dict(line.split(": ", 1) for line in _lines("contexts"))
    return frozenset(found[name].split())


@cache
def short_names():
    """{key of a given name: keys of what its bearers are called}, both ways round.

    Somebody registered as "Liz" may be written of as Elizabeth.
    """
    found = {}
    for line in _lines("short_names"):
        whole, _, short = line.partition(":")
        given = [key_of(fold(word)) for word in whole.replace(",", " ").split()]
        called = [key_of(fold(word)) for word in short.split()]
        for name in given:
            found.setdefault(name, set()).update(called, given)
        for name in called:
            found.setdefault(name, set()).update(given)
    return {name: frozenset(others - {name}) for name, others in found.items()}


@cache
def given_names():
    """Everything that people are called."""
    return words("given_names") | frozenset(short_names())
