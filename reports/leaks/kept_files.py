"""The files that are kept in a review already and can be looked through: versions, and Word files."""

from dataclasses import dataclass
from functools import partial

from django.utils import timezone

from foundations.vault.models import StoredFile
from reports.models import BroughtReport, Rendering, Source, WordCopy, WordReturn
from reports.services.renderings import file_name as name_of_version
from reports.services.word import file_name as name_of_copy

RECENT = 20  # of each kind
# What a line that names a file does not say of it.
LONG = {Rendering: ("values",), WordCopy: ("held",), WordReturn: ("decided",)}


@dataclass(frozen=True)
class KeptFile:
    """`code` is what a form sends, `called` what a person reads; `name` goes with the file when it leaves."""

    code: str
    called: str
    source: str
    name: str
    stored: StoredFile
    rendering: Rendering | None = None


def kept_files(review, user):
    """[KeptFile] of what the user may read, the newest of each kind first."""
    seen = partial(_newest, review, user)
    found = []
    for one in seen(Rendering, "document__review", stored__isnull=False):
        called = f"version {one.number}, {one.variant}, {one.get_format_display()}, of {one.document.title}"
        found.append(_file(Source.VERSION, one, name_of_version(one), called, one))
    for one in seen(WordCopy, "document__review"):
        called = f"taken away to Word {_on(one.at)}, of {one.document.title}"
        found.append(_file(Source.AWAY, one, name_of_copy(one.document), called))
    for one in seen(WordReturn, "document__review"):
        called = f"{one.name}, brought back from Word {_on(one.at)}"
        found.append(_file(Source.BACK, one, one.name, called))
    for one in seen(BroughtReport, "review"):
        found.append(_file(Source.BROUGHT, one, one.name, f"{one.name}, brought in {_on(one.at)}"))
    return found


def _newest(review, user, model, to_review, **more):
    rows = model.objects.visible_to(user).filter(**{to_review: review}, **more)
    rows = rows.select_related("stored", to_review).defer("stored__body", *LONG.get(model, ()))
    return rows.order_by("-pk")[:RECENT]


def _file(source, row, name, called, rendering=None):
    called = called[:1].upper() + called[1:]
    return KeptFile(f"{source}-{row.pk}", called, source, name, row.stored, rendering)


def _on(at):
    return f"on {timezone.localtime(at):%-d %B %Y at %H:%M}"
