"""What other pages are told of mismatches: the query that came of one, the review that is to close."""

from chronologies.mismatches.models import Kind, MismatchQuery
from chronologies.mismatches.queries import left_open
from chronologies.mismatches.services.asking import refuse_quoted_while_held
from reviews.lifecycle import open_things
from reviews.querying.about import Target, register_origin
from reviews.querying.services.sending import ask_before_sending


def _origins(query, user):
    links = MismatchQuery.objects.visible_to(user).filter(query=query)
    for link in links.select_related("mismatch__review"):
        label = f"a mismatch: {Kind(link.mismatch.kind).label}"
        yield Target(label, href=link.mismatch.get_absolute_url())


def tell_of_mismatches():
    register_origin(_origins)
    ask_before_sending(refuse_quoted_while_held)
    open_things.register(
        "mismatches",
        one="mismatch between accounts that is not settled",
        many="mismatches between accounts that are not settled",
        page="chronologies:mismatch-list",
        count=left_open,
    )
