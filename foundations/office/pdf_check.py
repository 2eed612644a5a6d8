"""The child process that looks into a PDF somebody brought. Run by `check_pdf`, over a pipe."""

import io
import sys

import pikepdf

from foundations.office.pdf_pipe import ChildGone, allow_seconds, confine, receive, send

ADDRESS_SPACE = 1024
SECONDS = 20
MOST_PAGES = 1_000
ACTIVE = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia"}


def look(content):
    """{"pages"} of a PDF that may be kept, else {"refused": why}."""
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError:
        return {"refused": "protected"}
    except pikepdf.PdfError:
        return {"refused": "damaged"}
    with pdf:
        if pdf.is_encrypted:
            return {"refused": "protected"}
        pages = len(pdf.pages)
        if not pages:
            return {"refused": "damaged"}
        if pages > MOST_PAGES:
            return {"refused": "long"}
        if any(map(_is_active, pdf.objects)):
            return {"refused": "active"}
        return {"pages": pages}


def _is_active(thing):
    """A program, or a file inside the file."""
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return (
        "/JS" in thing
        or "/EmbeddedFiles" in thing
        or str(thing.get("/S", "")) in ACTIVE
        or str(thing.get("/Type", "")) in {"/EmbeddedFile", "/Filespec"}
        or any(_is_active(value) for value in thing.values() if _is_nested(value))
    )


def _is_nested(value):
    return isinstance(value, pikepdf.Dictionary) and not value.is_indirect


def main():
    confine(megabytes=ADDRESS_SPACE)
    allow_seconds(SECONDS)
    try:
        _, (content,) = receive(sys.stdin.buffer)
    except ChildGone:
        return
    send(sys.stdout.buffer, look(content))


if __name__ == "__main__":
    main()
