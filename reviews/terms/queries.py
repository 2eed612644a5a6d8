"""Who was given the terms, who has read which version, and who must look again, at what."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from reviews.access import access_of
from reviews.acting import acting
from reviews.models import RoleHolder
from reviews.rules import GRANTS
from reviews.terms.difference import Difference, difference_of, texts_of
from reviews.terms.models import Term, TermsIssue, TermsReading, TermsVersion, TermText

# Those to whom an agency's terms, and the panel's, are addressed.
_OF_AGENCY = [role for role, grant in GRANTS.items() if "read_own_terms" in grant.participation]
_OF_PANEL = [role for role, grant in GRANTS.items() if "read_issued_terms" in grant.review]


def newest_texts(review, user):
    """Each term in the words and with the number of the last issued version in which this person
    sees it, in the order of the terms; never from a draft, which may yet change or be thrown away.
    What a later version left out stands behind the others."""
    issued = TermsVersion.objects.issued().filter(review=review)
    texts = TermText.objects.visible_to(user).filter(version__in=issued).numbered()
    texts = texts.select_related("version")
    newest = {}
    for text in texts.order_by("version__number", "position"):
        newest[text.term_id] = text
    last = max((text.version_id for text in newest.values()), default=None)
    for text in newest.values():
        text.is_left_out = text.version_id != last
    kinds = [kind.value for kind in Term.Kind]
    return sorted(
        newest.values(),
        key=lambda one: (one.is_left_out, kinds.index(one.term.kind), one.number),
    )


def people_of(review, participation):
    """Who reads the terms for an agency, or (without one) on the panel."""
    holders = acting(RoleHolder.objects.filter(role_group__review=review))
    if participation:
        holders = holders.filter(
            role_group__participation=participation, role_group__role__in=_OF_AGENCY
        )
    else:
        holders = holders.filter(role_group__role__in=_OF_PANEL)
    return User.objects.filter(pk__in=holders.values("user")).order_by("email")


@dataclass(frozen=True)
class Reader:
    """One person in one place, the newest version that went there, and what they have read."""

    user: User
    newest: TermsVersion
    read: TermsVersion | None
    read_at: datetime | None
    since: Difference | None  # from what they have read to the newest; None when there is nothing

    @property
    def is_up_to_date(self):
        return self.read is not None and self.read.pk == self.newest.pk

    @property
    def must_look_again(self):
        return self.read is not None and not self.is_up_to_date

    @property
    def state(self):
        """(in words, colour of its tag)"""
        if self.is_up_to_date:
            return "Read", "green"
        return ("Must look again", "orange") if self.read else ("Not read yet", "grey")


@dataclass(frozen=True)
class Place:
    """An agency, or the panel, and everybody who reads the terms there."""

    name: str
    newest: TermsVersion
    lacks: TermsVersion | None  # a later version that did not go there
    readers: tuple[Reader, ...]

    @property
    def is_read(self):
        """Somebody there has read the newest."""
        return any(reader.is_up_to_date for reader in self.readers)


def places_of(review, *, without=()):
    """Every place that any version went to: agencies by name, then the panel.

    `without` are the ids of parts that whoever asks has a conflict of interest with.
    """
    board = _Board(review)
    return [board.place(part_id) for part_id in board.parts if part_id not in without]


def reader_in(review, user, participation):
    """How one person stands in one place; None when no version went there."""
    board = _Board(review)
    part_id = participation.pk if participation else None
    return board.reader(user, part_id) if part_id in board.newest else None


class _Board:
    """Everything about the issued versions of one review, in a constant number of queries."""

    def __init__(self, review):
        self.versions = list(
            TermsVersion.objects.issued()
            .filter(review=review)
            .order_by("number")
            .select_related("review")
        )
        self.by_id = {version.pk: version for version in self.versions}
        self.texts = texts_of(self.versions)
        self.compared = {}
        self.newest, self.parts = {}, {}
        issues = TermsIssue.objects.filter(version__in=self.versions)
        for issue in issues.select_related("participation__agency").order_by("version__number"):
            self.newest[issue.participation_id] = self.by_id[issue.version_id]
            self.parts[issue.participation_id] = (
                str(issue.participation.agency) if issue.participation_id else "The panel"
            )
        self.parts = dict(sorted(self.parts.items(), key=lambda at: (at[0] is None, at[1])))
        self.readings = {}
        readings = TermsReading.objects.filter(version__in=self.versions)
        for reading in readings.order_by("version__number"):
            self.readings[reading.read_by_id, reading.participation_id] = reading
        self.people = self._people(review)

    def _people(self, review):
        people = {part_id: {} for part_id in self.parts}
        holders = RoleHolder.objects.filter(
            role_group__review=review, role_group__role__in=[*_OF_AGENCY, *_OF_PANEL]
        )
        for holder in acting(holders).select_related("user", "role_group").order_by("user__email"):
            part_id = holder.role_group.participation_id
            if part_id in people:
                people[part_id][holder.user_id] = holder.user
        return people

    def place(self, part_id):
        newest, latest = self.newest[part_id], self.versions[-1]
        return Place(
            name=self.parts[part_id],
            newest=newest,
            lacks=latest if latest.number > newest.number else None,
            readers=tuple(self.reader(user, part_id) for user in self.people[part_id].values()),
        )

    def reader(self, user, part_id):
        newest = self.newest[part_id]
        reading = self.readings.get((user.pk, part_id))
        read = self.by_id[reading.version_id] if reading else None
        again = read is not None and read.number < newest.number
        return Reader(
            user=user,
            newest=newest,
            read=read,
            read_at=reading.read_at if reading else None,
            since=self.between(read, newest) if again else None,
        )

    def between(self, before, after):
        if (before.pk, after.pk) not in self.compared:
            self.compared[before.pk, after.pk] = difference_of(
                before, self.texts[before.pk], after, self.texts[after.pk]
            )
        return self.compared[before.pk, after.pk]


# --- On somebody's own page ---------------------------------------------------------------------


@dataclass
class Standing:
    """The terms of one review as one person has them before them; numbers of versions."""

    issued: int = 0  # the newest that they may see
    draft: int = 0
    to_read: int = 0  # the newest that went to a place where they read
    read: int = 0

    @property
    def state(self):
        """(in words, colour of its tag)"""
        if self.draft:
            return f"Draft of version {self.draft}", "blue"
        if self.to_read > self.read:
            return ("Look again", "orange") if self.read else ("To read", "blue")
        if self.to_read:
            return "Read", "green"
        return (f"Version {self.issued} issued", "green") if self.issued else ("Not begun", "grey")


def standings_of(user, reviews):
    """{review id: Standing}, of the reviews where this person may see a version."""
    access, found = access_of(user), {}
    for version in TermsVersion.objects.visible_to(user).filter(review__in=reviews):
        one = found.setdefault(version.review_id, Standing())
        if version.is_draft:
            one.draft = version.number
        else:
            one.issued = max(one.issued, version.number)
    own, panels = access.parts_with("read_own_terms"), access.reviews_with("read_issued_terms")
    issues = TermsIssue.objects.visible_to(user).filter(version__review__in=found)
    for issue in issues.select_related("version"):
        place, review_id = issue.participation_id, issue.version.review_id
        if place in own if place else review_id in panels:
            one = found[review_id]
            one.to_read = max(one.to_read, issue.version.number)
    readings = TermsReading.objects.visible_to(user).filter(version__review__in=found, read_by=user)
    for review_id, number in readings.values_list("version__review", "version__number"):
        found[review_id].read = max(found[review_id].read, number)
    return found
