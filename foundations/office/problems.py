"""Gives an author their own file back, with a last column that says what is wrong with which row."""

import json

from foundations.office.reading import Child, refusal
from foundations.office.tables import Refused


def problem_copy(content, name, problems):
    """The author's file as bytes, same kind, with a column "Problem".

    `problems` are (part name, row number, column heading or None, message), as the parts and rows were
    read. A file that already has our column from an earlier copy has it filled anew.
    """
    task = json.dumps([list(problem) for problem in problems], default=str).encode() + b"\n"
    child = Child(content, name, task=task)
    try:
        line, _, found = b"".join(child.pieces()).partition(b"\n")
        message = json.loads(line)
    except ValueError:
        raise Refused(child.last_words()) from None
    finally:
        child.close()
    if message[0] != "file":
        raise Refused(refusal(message, name))
    if message[1] != len(found):
        raise Refused(child.last_words())
    return found
