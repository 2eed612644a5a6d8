"""Links of one chapter of a document to another, which is drawn apart from it.

A renderer leaves out a link to what it does not draw. So each such link is drawn as one to an address that
says only where it leads, and whoever joins the chapters makes it a link within the document again.
"""

from urllib.parse import quote, unquote

ELSEWHERE = "elsewhere:"


def point_elsewhere(root):
    """In the tree of a chapter: what it refers to and does not hold stands in another."""
    here = {one.get("id") for one in root.iter() if isinstance(one.tag, str)}
    for link in root.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and unquote(target[1:]) not in here:
            link.set("href", ELSEWHERE + quote(unquote(target[1:]), safe=""))


def place_meant(address):
    """The name that such an address leads to, or None of any other."""
    found = address.startswith(ELSEWHERE)
    return unquote(address.removeprefix(ELSEWHERE)) if found else None
