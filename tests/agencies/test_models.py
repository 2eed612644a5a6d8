import pytest
from django.db import IntegrityError, transaction

from agencies.models import Agency, name_key
from tests.factories.agencies import AgencyFactory


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The St. Ann's Medical Centre (GP)", "St Anns medical centre"),
        ("St Ann’s Medical Centre", "ST. ANN'S MEDICAL CENTRE"),
        ("Health & Care", "health and care"),
        ("  Northfield   Police ", "Northfield Police"),
        ("Clwyd Café", "clwyd cafe"),
    ],
)
def test_two_spellings_of_one_name_share_a_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("St Ann's Medical Centre", "St Anne's Medical Centre"), ("Housing A", "Housing B")],
)
def test_two_bodies_do_not_share_a_key(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.django_db
def test_an_agency_is_named_by_any_of_its_names():
    agency = AgencyFactory(name="Independent Advisers", short_name="IDVA")
    agency.aliases.create(name="The Advisers", key=name_key("The Advisers"))

    for name in ("independent advisers", "idva", "the advisers"):
        assert Agency.objects.named(name) == [agency]
    assert Agency.objects.named("somebody else") == []
    assert Agency.objects.named("") == []


@pytest.mark.django_db
def test_a_merged_agency_is_named_as_the_one_that_was_kept():
    kept = AgencyFactory()
    AgencyFactory(name="Old Name", merged_into=kept)

    assert Agency.objects.named("old name") == [kept]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["successor", "merged_into"])
def test_an_agency_is_not_its_own(field):
    agency = AgencyFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=agency.pk).update(**{field: agency.pk})
