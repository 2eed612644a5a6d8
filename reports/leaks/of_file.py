"""A file that is kept, looked through with the register of its review as it is now."""

from reports.leaks.looked import Looking
from reports.rendering.gathered import said_by
from reports.rendering.telling import Telling

STEPS = 2


def look_at(scan, *, tell):
    """A Looked. A version is looked through as it was when it was made: by what it says, then as a file.
    `tell(done, steps)` hears how far it is. Raises NotReleased."""
    tell(0, STEPS)
    content, name = scan.stored.content, scan.told["name"]
    tell(1, STEPS)
    if scan.rendering_id is None:
        return Looking(scan.review).at_file(content, name)
    telling = Telling(said_by(scan.rendering.values), scan.review)
    telling.look_at_file(content, name)
    return telling.looked
