import json

import pytest
from django.core.management import call_command

from agencies import services
from agencies.models import Agency, Partnership, Staff
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory

pytestmark = pytest.mark.django_db


def test_a_partnership_is_created_once():
    first = services.create_partnership(name="Northfield  CSP")

    assert services.create_partnership(name="northfield csp") == first
    assert Partnership.objects.values_list("name", "slug").get() == (
        "Northfield CSP",
        "northfield-csp",
    )


@pytest.mark.parametrize("name", ["st anns", "STA", "Old Surgery"])
def test_a_name_of_another_agency_is_taken(name):
    services.create_agency(name="St Ann’s", short_name="STA", aliases=["Old Surgery"], by=None)

    with pytest.raises(services.NameTaken, match="already goes by"):
        services.create_agency(name=name, by=None)

    assert Agency.objects.count() == 1


def test_a_name_has_letters():
    with pytest.raises(services.NameTaken, match="letters"):
        services.create_agency(name="—", by=None)


def test_aliases_are_replaced():
    agency = services.create_agency(name="Housing", aliases=["Homes", "Lettings"], by=None)

    services.change_agency(
        agency, by=None, name="Housing", short_name="", kind="housing", aliases=["Homes", "Estates"]
    )

    assert [alias.name for alias in agency.aliases.all()] == ["Estates", "Homes"]


def test_a_merge_leads_every_name_and_person_to_the_one_that_is_kept():
    old = services.create_agency(name="St Anne’s", aliases=["The Surgery"], by=None)
    kept = services.create_agency(name="St Ann’s", by=None)
    user = UserFactory()
    Staff.objects.create(agency=old, user=user, job_title="Manager")

    services.retire_duplicate(old, into=kept, by=None)

    for name in ("St Anne’s", "The Surgery", "St Ann’s"):
        assert Agency.objects.named(name) == [kept]
    assert list(Staff.objects.values_list("agency", "job_title")) == [(kept.pk, "Manager")]


def test_a_merge_into_itself_or_into_a_merged_one_is_refused():
    agency, other = AgencyFactory(), AgencyFactory()
    merged = AgencyFactory(merged_into=other)

    for into in (agency, merged):
        with pytest.raises(services.CannotMerge):
            services.retire_duplicate(agency, into=into, by=None)


def test_successors_follow_a_merge():
    old, kept, former = AgencyFactory(), AgencyFactory(), AgencyFactory()
    services.set_successor(former, successor=old, on=None, by=None)

    services.retire_duplicate(old, into=kept, by=None)

    former.refresh_from_db()
    assert former.successor == kept


def test_commands_are_safe_to_repeat(capsys):
    said = []
    for _ in range(2):
        call_command("create_partnership", "--name=Northfield CSP", "--format=json")
        call_command(
            "create_agency", "--name=Police", "--short=PD", "--alias=Force", "--format=json"
        )
        said.append(capsys.readouterr().out)

    assert said[0] == said[1]
    assert [json.loads(line) for line in said[0].splitlines() if line.startswith("{")] != []
    assert (Partnership.objects.count(), Agency.objects.count()) == (1, 1)
