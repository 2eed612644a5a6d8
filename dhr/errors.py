from django.http import HttpResponseServerError
from django.template.loader import render_to_string
from django.views.csrf import csrf_failure

from dhr.middleware import kept_words
from reviews.drafts.services import keep_for_its_writer


def server_error(request):
    """Quotes the request's id, and asks nothing of the database, which may be what failed."""
    return HttpResponseServerError(render_to_string("500.html", {"request": request}))


def page_too_old(request, reason=""):
    """A page that is older than the last sign-in. Its token for drafts proves as much as the one that
    is stale, so that what was typed is kept; nothing is saved by it."""
    if keep_for_its_writer(request):
        return kept_words(request)
    return csrf_failure(request, reason=reason)
