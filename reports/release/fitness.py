"""Whether a version may leave. Asked when a set is proposed, and again whenever it is signed or published.

seen = look_through(renderings, review)       # the slow part: before anything is locked
refuse_unfit(renderings, review, seen=seen)   # under the lock
"""

import hashlib
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from foundations.vault.opening import open_file
from reports.leaks.deciding import found_already, not_kept, scan_of, undecided
from reports.leaks.looked import Looking
from reports.leaks.of_review import register_of
from reports.leaks.register import Register
from reports.models import Variant
from reports.rendering.gathered import said_by
from reports.rendering.telling import stretches_of


@dataclass
class Seen:
    """What a register of a review finds in the words of versions, by the pk of each; and whether its file is
    the one that was made."""

    register: Register | None = None
    sightings: dict = field(default_factory=dict)
    is_as_made: dict = field(default_factory=dict)

    def is_of_now(self, renderings, review):
        """Nothing of the register has changed since, and all that may leave was looked at."""
        return self.tells_now_of(_that_may_leave(renderings, review), review)

    def tells_now_of(self, renderings, review):
        """The same, of all of these."""
        if any(one.pk not in self.sightings for one in renderings):
            return False
        return not renderings or self.register == register_of(review)


def look_through(renderings, review):
    """A Seen of those that may leave at all."""
    return look_at(_that_may_leave(renderings, review), review)


def _that_may_leave(renderings, review):
    return [one for one in renderings if not _reason_at_once(one, review)]


def look_at(renderings, review):
    """A Seen of all of these, drafts too. The register is read once. What a worker found when it made a
    version counts while the register and the rules are those of then; else its words are looked at now, those
    that are the same in several files once."""
    if not renderings:
        return Seen()
    looking, by_words = Looking(review), {}
    seen = Seen(looking.register)
    for one in renderings:
        words = tuple(stretches_of(said_by(one.values)))
        found = found_already(one, looking.digest_of(words))
        if found is None:
            if words not in by_words:
                by_words[words] = looking.at_stretches(words).sightings
            found = by_words[words]
        seen.sightings[one.pk] = found
        seen.is_as_made[one.pk] = _is_as_made(one)
    return seen


def refuse_unfit(renderings, review, *, seen, field=None):
    """Raises ValidationError that names each file and what stands against it. What was `seen` before the review
    was locked is looked through anew only where the register has changed meanwhile."""
    if not seen.is_of_now(renderings, review):
        seen = look_through(renderings, review)
    found = []
    for one in renderings:
        if reason := _reason_at_once(one, review) or _reason_within(one, review, seen):
            found.append(f"{called(one)}: {reason}")
    if found:
        raise ValidationError({field: found} if field else found)


def _reason_at_once(rendering, review):
    """A sentence, or "" where nothing stands against it."""
    if rendering.document.review_id != review.pk:
        return "It belongs to another review."
    if not rendering.is_made:
        return "It was never made."
    if rendering.variant != Variant.ANONYMISED:
        return "It is confidential. Only anonymised versions leave."
    if not rendering.is_final:
        return "It says that it is a draft. Make a final version."
    return ""


def _reason_within(rendering, review, seen):
    if not seen.is_as_made[rendering.pk]:
        return "The file is not the one that was made. Make another version."
    return _left_to_decide(rendering, review, seen.sightings[rendering.pk])


def _is_as_made(rendering):
    digest = hashlib.sha256()
    for piece in open_file(rendering.stored):
        digest.update(piece)
    return digest.hexdigest() == rendering.sha256


def _left_to_decide(rendering, review, sightings):
    """Of what was found when it was made, and of what the register as it is now finds in its words."""
    scan = scan_of(rendering)
    if scan is None:
        return "It has not been looked through for what tells who somebody is."
    if scan.unread:
        return (
            "Part of the file could not be looked through. Have it looked through again, or make "
            "another version."
        )
    if n := max(undecided(rendering), len(not_kept(review, sightings))):
        places = "place" if n == 1 else "places"
        return f"{n} {places} in it may tell who somebody is, and nobody has decided on them."
    return ""


def called(rendering):
    """ "Overview report, version 3, PDF"."""
    kind = rendering.document.get_kind_display()
    return f"{kind}, version {rendering.number}, {rendering.get_format_display()}"
