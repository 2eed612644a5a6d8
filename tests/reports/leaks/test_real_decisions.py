"""What is decided of a published report stands in its next version. Skips where the report is absent."""

import pytest

from reports.leaks.deciding import undecided_of
from reviews.models import Person
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reports_scans import decided, scanned
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory, date
from tests.reports.leaks.test_real_documents import _document

pytestmark = [pytest.mark.real_documents, pytest.mark.django_db]


def test_only_what_stands_near_a_change_is_asked_anew():
    review = ReviewFactory()
    victim = PersonFactory(
        review=review, pseudonym="MA 1", publish_death=Person.PublishDeath.SEASON
    )
    IdentityFactory(person=victim, names=[], died=date("06.10.2013").to_json())
    chair = with_role(Role.CHAIR, review)
    report = _document("source/000_*.txt").read_bytes()
    first = scanned(review, report, by=chair)
    decided(first, by=chair)

    again = scanned(review, b"Version 2\n\n" + report, by=chair)
    changed = scanned(review, report.replace(b"06.10.2013", b"in October 2013", 1), by=chair)

    left = undecided_of(review, [again, changed])
    assert (again.high, again.found) == (first.high, first.found)
    assert left[again.pk] <= 2
    assert (changed.high, left[changed.pk] <= 6) == (first.high - 1, True)
    assert first.found > 50
