"""The files of a review's chronologies as lines of its disclosure schedule."""

from django.utils import timezone

from chronologies.models import SourceFile
from reviews.proceedings.disclosure import sources


def _files(user, review):
    return SourceFile.objects.in_schedule_of(user).filter(review=review)


def _lines(user, review):
    rows = _files(user, review).select_related("stored", "participation__agency")
    for file in rows.defer("stored__body").order_by("uploaded_at", "pk"):
        part = file.participation
        yield sources.Material(
            source="file",
            row=file.pk,
            description=f"File imported {'for an agency' if part else 'by the review team'}",
            name=file.name,
            on=timezone.localdate(file.uploaded_at),
            sha256=file.stored.sha256,
            concerns=(part,) if part else (),
        )


def _content(user, review, row):
    return _files(user, review).get(pk=row).stored.content


def add_to_schedule():
    sources.register("file", label="Imported file", lines=_lines, content=_content)
