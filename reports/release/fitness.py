"""Whether a version may leave. Asked when a set is proposed, and again whenever it is signed or published."""

import hashlib

from django.core.exceptions import ValidationError

from foundations.vault.opening import open_file
from reports.leaks.deciding import not_kept, scan_of, undecided
from reports.models import Variant
from reports.rendering.gathered import Gathered
from reports.rendering.telling import Telling


def reason_against(rendering, review):
    """A sentence, or "" where nothing stands against it."""
    if rendering.document.review_id != review.pk:
        return "It belongs to another review."
    if not rendering.is_made:
        return "It was never made."
    if rendering.variant != Variant.ANONYMISED:
        return "It is confidential. Only anonymised versions leave."
    if not rendering.is_final:
        return "It says that it is a draft. Make a final version."
    if not _is_as_made(rendering):
        return "The file is not the one that was made. Make another version."
    return _left_to_decide(rendering)


def _is_as_made(rendering):
    digest = hashlib.sha256()
    for piece in open_file(rendering.stored):
        digest.update(piece)
    return digest.hexdigest() == rendering.sha256


def _left_to_decide(rendering):
    """Of what was found when it was made, and of what the register as it is now finds in its words."""
    scan = scan_of(rendering)
    if scan is None:
        return "It has not been looked through for what tells who somebody is."
    if scan.unread:
        return (
            "Part of the file could not be looked through. Have it looked through again, or make "
            "another version."
        )
    n = undecided(rendering)
    if n := max(n, _found_now(rendering)):
        places = "place" if n == 1 else "places"
        return f"{n} {places} in it may tell who somebody is, and nobody has decided on them."
    return ""


def _found_now(rendering):
    review = rendering.document.review
    telling = Telling(Gathered.from_json(rendering.values), review)
    return len(not_kept(review, telling.looked.sightings))


def refuse_unfit(renderings, review, *, field=None):
    """Raises ValidationError that names each file and what stands against it."""
    found = []
    for one in renderings:
        if reason := reason_against(one, review):
            found.append(f"{called(one)}: {reason}")
    if found:
        raise ValidationError({field: found} if field else found)


def called(rendering):
    """ "Overview report, version 3, PDF"."""
    kind = rendering.document.get_kind_display()
    return f"{kind}, version {rendering.number}, {rendering.get_format_display()}"
