"""Keys that were drawn by lot, of which the files made here are full: nothing within them is a number."""

import uuid

import pytest

from foundations.office.everything import Stretch
from reports.leaks.engine import Scanner
from reports.leaks.register import Register, Registered

KEY = "d62fb21b-c8f3-4337-8c0b-cadff11375d6"


def kinds(text, *people):
    scanner = Scanner(Register(people=people, professionals=(), places=()))
    return [hit.kind for hit in scanner.hits([Stretch("links", "line 1", text)])]


@pytest.mark.parametrize("where", ["#s-{}", "p-{}", "{}", "see [[p:{}]] for it"])
def test_nothing_is_found_within_a_key(where):
    assert kinds(where.format(KEY)) == []


def test_no_key_is_taken_for_a_number():
    keys = [uuid.uuid5(uuid.NAMESPACE_OID, str(n)) for n in range(3000)]

    assert kinds(" ".join(f"#s-{one}" for one in keys)) == []


def test_what_stands_beside_a_key_is_found():
    assert kinds(f"#s-{KEY} CAD 11375 of it") == ["reference number"]


def test_a_key_of_the_register_is_found_as_a_whole():
    person = Registered("MA 1", names=("Anna Quillfeather",), numbers=(KEY,))

    assert kinds(f"Her file is {KEY}.", person) == ["number"]
