"""The slow parts, done by a worker. Each returns what is to be saved together with "done"."""

from functools import partial

from chronologies import exports, importing, services
from chronologies.models import ChronologyImport, Export
from chronologies.reading import UnknownHeading
from chronologies.timeline import printing
from foundations.office import Refused
from foundations.office.pdf import RenderFailed
from foundations.post.jobs import JobRefused, job_kind
from foundations.vault.opening import NotReleased


@job_kind("chronologies.read")
def read_import(job):
    import_ = _import_of(job)
    try:
        columns = importing.columns_of(*_file(import_), mapping=import_.mapping)
        draft = importing.read_draft(*_file(import_), mapping=columns.mapping, tell=job.tell)
    except (Refused, UnknownHeading, NotReleased) as refusal:
        return partial(services.refuse_import, import_.pk, refusal.message)
    return _closing(draft, services.preview_import, import_.pk, draft, columns)


@job_kind("chronologies.save")
def save_import(job):
    """Reads the file again, as it was previewed, rather than keep its rows between the two steps."""
    import_ = _import_of(job)
    try:
        draft = importing.read_draft(*_file(import_), mapping=import_.mapping, tell=job.tell)
    except (Refused, UnknownHeading, NotReleased) as refusal:
        return partial(services.refuse_import, import_.pk, refusal.message)
    return _closing(draft, services.save_import, import_.pk, draft)


def _import_of(job):
    rows = ChronologyImport.objects.select_related(
        "source_file__stored", "source_file__review", "source_file__participation__agency"
    )
    return rows.defer("source_file__stored__body").get(pk=job.payload["import_id"])


def _file(import_):
    file = import_.source_file
    return file.stored.content, file.name, file.review, file.participation


def _closing(draft, effect, *args):
    def effect_with_rows():
        with draft.spool:
            return effect(*args)

    return effect_with_rows


@job_kind("chronologies.export")
def make_export(job):
    """Written with the rights that its asker has now, not with those they had when they asked."""
    export = Export.objects.select_related("review", "by").get(pk=job.payload["export_id"])
    try:
        made = _made(export, job.tell)
    except RenderFailed as failure:
        raise JobRefused(str(failure)) from failure
    return partial(services.keep_export, export.pk, made)


def _made(export, tell):
    if export.what == Export.What.TIMELINE:
        return printing.make(export.review, export.by, chosen=export.chosen, tell=tell)
    return exports.make(
        export.review, export.by, format_=export.format, chosen=export.chosen, tell=tell
    )
