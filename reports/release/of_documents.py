"""In which sets a document left, for the pages of the documents."""

from collections import defaultdict

from django.db.models import F

from reports.models import Released, ReleasedFile


def sets_of(documents, user):
    """{id of a document: [Release]} of the sets that hold a version of it, were not called off and that the
    user finds, the newest first; one query."""
    files = ReleasedFile.objects.visible_to(user).filter(rendering__document__in=documents)
    files = files.exclude(release__state=Released.CALLED_OFF).select_related("release__review")
    files = files.annotate(document=F("rendering__document")).order_by("-release__number")
    found = defaultdict(dict)
    for file in files:
        found[file.document].setdefault(file.release_id, file.release)
    return {document: list(releases.values()) for document, releases in found.items()}
