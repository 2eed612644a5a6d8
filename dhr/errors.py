from django.http import HttpResponseServerError
from django.template.loader import render_to_string


def server_error(request):
    """Quotes the request's id, and asks nothing of the database, which may be what failed."""
    return HttpResponseServerError(render_to_string("500.html", {"request": request}))
