"""How many places of a version nobody has decided yet: the one place where releasing asks that.

Until each place is decided one by one, what a version says is looked through afresh, with the register
as it is now: a place that may tell who somebody is can only be mended in the text.
"""

from reports.rendering.gathered import Gathered
from reports.rendering.telling import telling_places


def undecided(rendering):
    """The number of places."""
    said = Gathered.from_json(rendering.values)
    return len(telling_places(said, rendering.document.review))
