"""What somebody pastes to invite many people, taken apart into one piece a person.

Outlook gives "Ann Lee <ann@agency.example>; bo@agency.example", a spreadsheet gives lines with tabs,
and a coordinator types "Ann Lee <ann@agency.example>; Housing; author". All of it is read, and what
is not understood stays a piece of its own, so that nothing that was pasted is passed over.
"""

import re
from dataclasses import dataclass

from reviews.rules import Role

_ADDRESS = re.compile(r"[^\s<>;,\"()\[\]:]+@[^\s<>;,\"()\[\]]*")
# In a list of several: a name and its address in brackets, or an address alone.
_SEVERAL = re.compile(r"(?P<name>[^<>@]*)<(?P<shown>[^<>]*)>|(?P<bare>[^\s,<>\"]+@[^\s,<>\"]*)")
_AROUND = " \t,;\"'<>"

_ROLES = {
    Role.IMR_AUTHOR: {"author", "imr author"},
    Role.SIGN_OFF_OFFICER: {"sign off officer", "sign off", "signoff", "officer"},
    Role.ACTION_LEAD: {"action lead", "lead"},
    Role.CHAIR: {"chair", "independent chair"},
    Role.PANEL_MEMBER: {"panel member", "panel"},
    Role.HOME_OFFICE_READER: {"home office reader", "home office qa reader", "home office"},
}

# Outlook shows an address that it knows no name of as a name: 'ann@agency.example' <ann@...>.
_SHOWN_AS_NAME = re.compile(r"['\"]?[^\s<>;,'\"]+@[^\s<>;,'\"]+['\"]?\s*(?=<)")


@dataclass(frozen=True)
class Piece:
    """One person as pasted; `text` is how it stood there."""

    text: str
    email: str = ""
    name: str = ""
    agency: str = ""
    role: str = ""
    too_much: bool = False  # there is more on the line than a name, an agency and a role


def read_pasted(text):
    return [piece for line in text.splitlines() if line.strip() for piece in _of_line(line)]


def role_named(text):
    """The role that somebody means, or None."""
    words = " ".join(re.findall(r"[a-z]+", text.casefold().removeprefix("agency ")))
    return next((role for role, names in _ROLES.items() if words in names), None)


def _of_line(line):
    line = _SHOWN_AS_NAME.sub("", line)
    found = list(_ADDRESS.finditer(line))
    if not found:
        return [Piece(text=line.strip())]
    if len(found) == 1:
        return [_with_agency_and_role(line, found[0])]
    pieces = (piece for piece in re.split(r"[;\t]", line) if piece.strip(_AROUND))
    return [person for piece in pieces for person in _of_list(piece)]


def _with_agency_and_role(line, found):
    name = line[: found.start()].removesuffix("mailto:").strip(_AROUND)
    rest = line[found.end() :].strip(" >\"'")
    words = [word.strip(_AROUND) for word in re.split(r"[;\t]" if _parted(rest) else ",", rest)]
    words = words[1:] if words and not words[0] else words
    while words and not words[-1]:
        words.pop()
    agency, role, too_much = _agency_and_role(words)
    return Piece(line.strip(), _tidied(found[0]), " ".join(name.split()), agency, role, too_much)


def _parted(rest):
    return ";" in rest or "\t" in rest


def _agency_and_role(words):
    """In either order; one word alone is a role if it can be one."""
    if len(words) > 2:
        return "", "", True
    if len(words) == 2:
        agency, role = words
        return (role, agency, False) if role_named(agency) and role else (agency, role, False)
    if not words:
        return "", "", False
    return ("", words[0], False) if role_named(words[0]) else (words[0], "", False)


def _of_list(piece):
    people, at = [], 0
    for found in _SEVERAL.finditer(piece):
        people += _left_over(piece[at : found.start()])
        email = _tidied(found["bare"] or found["shown"] or "")
        name = " ".join((found["name"] or "").strip(_AROUND).split())
        text = found[0].strip(" ,")
        people.append(Piece(text, email if "@" in email else "", name))
        at = found.end()
    return people + _left_over(piece[at:])


def _left_over(text):
    text = text.strip(_AROUND)
    return [Piece(text)] if text else []


def _tidied(address):
    return address.strip().removeprefix("mailto:").strip("'.")
