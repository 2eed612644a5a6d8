from itertools import chain

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from foundations.vault.opening import open_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
_AT_ONCE = 1024 * 1024  # a file so short is sent whole


def attachment(content, *, name, media_type="application/octet-stream"):
    """A file that a browser saves and never shows in our own origin."""
    return _headed(HttpResponse(content, content_type=media_type), name)


def attachment_of(stored, *, name="", media_type="application/octet-stream"):
    """A stored file, opened while it is sent.

    Raises NotReleased or Unreadable before anything is sent: ask for it before you record that it
    was downloaded, and let it through: the refusal is a page of its own.
    """
    pieces = open_file(stored)
    first = next(pieces, b"")
    if stored.size <= _AT_ONCE:
        return attachment(
            b"".join([first, *pieces]), name=name or stored.name, media_type=media_type
        )
    response = StreamingHttpResponse(chain([first], pieces), content_type=media_type)
    response["Content-Length"] = stored.size
    return _headed(response, name or stored.name)


def _headed(response, name):
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response
