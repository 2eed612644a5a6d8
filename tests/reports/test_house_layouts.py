"""What the migrations put into a database, beside what the house has now."""

import pytest
from django.apps import apps

from reports.layouts.house import LAYOUTS, fields_of
from reports.migrations import _house_layouts as put
from reports.models import DocumentTemplate, SectionTemplate

OF_A_SECTION = ("code", "heading", "guidance", "looks_for", "level", "is_numbered", "block")


def rows_of(versions):
    """As a database holds them: what is left out has what the model says."""
    sections = (SectionTemplate(**fields_of(*row)) for row in versions)
    return tuple(tuple(getattr(one, name) for name in OF_A_SECTION) for one in sections)


def test_a_version_that_databases_hold_is_not_changed_in_its_place():
    """An old database would go on with other words than a new one. A change is a version of its own."""
    now = {
        (layout, version): (title, rows_of(rows))
        for layout, (title, versions) in LAYOUTS.items()
        for version, rows in enumerate(versions, start=1)
    }

    then = {(layout, version): (title, rows) for layout, title, version, rows in put.LAYOUTS}

    assert {which: now.get(which) for which in then} == then


@pytest.mark.django_db
def test_a_database_holds_what_the_migrations_put():
    house = DocumentTemplate.objects.filter(partnership=None)

    held = {
        (one.kind, one.title, one.version, one.effective_from, one.source): tuple(
            one.sections.values_list(*OF_A_SECTION)
        )
        for one in house
    }

    said = {(*which, put.SINCE, put.SOURCE): rows for *which, rows in put.LAYOUTS}
    assert {which: held.get(which) for which in said} == said


@pytest.mark.django_db
def test_an_older_database_gets_what_it_lacks_and_keeps_what_it_has():
    house = DocumentTemplate.objects.filter(partnership=None)
    house.filter(kind="learning-briefing", version=2).delete()
    kept = set(house.values_list("pk", flat=True))

    put.add_layouts(apps, None)

    assert house.filter(pk__in=kept).count() == len(kept)
    (new,) = house.exclude(pk__in=kept)
    assert (new.kind, new.version, new.sections.count()) == ("learning-briefing", 2, 8)
