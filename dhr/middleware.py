import logging
import uuid

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers

from dhr.logs import request_id
from foundations.office.pdf import RenderFailed
from foundations.vault.opening import NotReleased
from foundations.vault.sealing import Unreadable
from reviews.drafts.services import keep_for_its_writer

logger = logging.getLogger(__name__)


class RequestIdMiddleware:
    """Names every request, so that a person can quote it and a log line can be found."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex[:12]
        token = request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = request.id
        return response


class PrivatePagesMiddleware:
    """Nothing of a case stays in a browser or a proxy, and no other site can ask for it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response


class StrangersMiddleware:
    """Whoever has not signed in sends short forms: a link that anybody may try gets no megabytes to read.
    A file to a page behind the sign-in goes on to it, since the session may have ended meanwhile."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        sent = int(request.META.get("CONTENT_LENGTH") or 0)
        is_long = sent > settings.STRANGERS_LIMIT and not request.user.is_authenticated
        if is_long and (request.content_type != "multipart/form-data" or _is_public(request)):
            context = {"title": "Too much was sent at once", "said": TOO_MUCH_OF_A_STRANGER}
            return render(request, "file_closed.html", context, status=413)
        return self.get_response(request)


def _is_public(request):
    try:
        return not getattr(resolve(request.path_info).func, "login_required", True)
    except Resolver404:
        return True


TOO_MUCH_OF_A_STRANGER = (
    "This is more than the page takes from somebody who has not signed in. Go back, where your words may"
    " still stand, make them shorter or sign in, and send them again."
)


class ClosedFilesMiddleware:
    """A stored file that may not be opened, or cannot be any more, is a sentence and not a fault.
    So is a PDF that cannot be made, where no page of its own says it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, NotReleased):
            return render(request, "file_closed.html", {"said": exception.message}, status=409)
        if isinstance(exception, Unreadable):
            logger.error("a sealed file does not open", extra={"fault": type(exception).__name__})
            return render(request, "file_closed.html", {"said": UNREADABLE}, status=410)
        if isinstance(exception, RenderFailed):
            fault = type(exception.__cause__ or exception).__name__
            logger.error("a PDF was not drawn", extra={"fault": fault})
            context = {"title": "This PDF cannot be made", "said": str(exception)}
            return render(request, "file_closed.html", context, status=409)
        return None


UNREADABLE = (
    "What is kept here can no longer be opened: its key was destroyed, or it was changed from outside"
    " this service. Nothing of it is shown. Tell the coordinator, who can have it looked into."
)


class SignInMiddleware(LoginRequiredMiddleware):
    """Leads to signing in. A form that was on its way when the session ended is kept for its writer,
    who finds it again behind the sign-in."""

    def handle_no_permission(self, request, view_func):
        if not keep_for_its_writer(request):
            return super().handle_no_permission(request, view_func)
        return kept_words(request)


def kept_words(request):
    """Back to the form with the words in it, by way of signing in where that is needed."""
    form = f"{request.path}?_draft=use"
    if request.POST.get("_draft") == "keep":  # still typing: the page stays where it is
        where = form if request.user.is_authenticated else redirect_to_login(form)["Location"]
        context = {"signed_out": True, "sign_in_url": where}
        return render(request, "reviews/drafts/_state.html", context)
    if request.user.is_authenticated:
        return redirect(form)
    return redirect_to_login(form)
