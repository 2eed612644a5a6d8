"""Who the people of the demonstration are to one another, and who they are: all of it invented."""

from foundations.dates import PartialDate, parse
from reviews.models import Person
from reviews.people.models import Identity
from reviews.people.services import change_person, relate, set_identity
from reviews.services import add_person

# pseudonym, role, who chose the pseudonym, rules of publication, identity
_REGISTER = {
    "DARDR-2026-01": [
        (
            "FA 1",
            "victim",
            "scheme",
            {"publish_birth": "age", "publish_death": "season", "publish_address": "area"},
            {
                "names": ["Isaura Bellweather-Quy", "Isaura Quy", "Izzy B-Q"],
                "born": "9 May 1993",
                "died": "23 October 2025",
                "addresses": ["14 Tallow Row, Millbrook", "Flat 2, 70 Cinderpath, Millbrook"],
                "numbers": ["NHS 000 111 2222", "Police reference MC/25/90417"],
            },
        ),
        (
            "MA 1",
            "perpetrator",
            "scheme",
            {},
            {
                "names": ["Corwin Drexelby", "Corey Drexelby"],
                "born": "spring 1989",
                "addresses": ["14 Tallow Row, Millbrook"],
                "note": "Uses his mother’s name at work.",
            },
        ),
        (
            "Child 1",
            "child",
            "team",
            {"publish_birth": "nothing"},
            {
                "names": ["Fennel Drexelby"],
                "born": "2 February 2016",
                "contact": "Through Grandmother 1, by letter only.",
            },
        ),
        (
            "Child 2",
            "child",
            "team",
            {"publish_birth": "nothing"},
            {"names": ["Torben Askeridge"], "born": "2012", "contact": "Through his mother."},
        ),
        (
            "Grandmother 1",
            "family",
            "family",
            {"publish_birth": "nothing"},
            {
                "names": ["Perpetua Bellweather"],
                "contact": "01632 960177, not before ten. Her advocate is told first.",
            },
        ),
        (
            "Grandfather 1",
            "family",
            "family",
            {"publish_birth": "nothing"},
            {"names": ["Osric Quy"], "born": "about 1958", "died": "2019"},
        ),
        ("Aunt 1", "family", "self", {}, {"names": ["Marigold Bellweather-Quy"], "born": "1997"}),
        (
            "Former partner 1",
            "other",
            "team",
            {"publish_birth": "nothing"},
            {"names": ["Sunniva Askeridge"], "note": "Has moved. Nobody writes to her address."},
        ),
        (
            "Friend 1",
            "other",
            "self",
            {"publish_birth": "nothing"},
            {"names": ["Leocadia Wrenfield"]},
        ),
    ],
    "DHR-2024-02": [
        (
            "FA 2",
            "victim",
            "family",
            {},
            {
                "names": ["Thomasina Undergrove", "Tamsy Undergrove"],
                "born": "30 November 1981",
                "died": "3 March 2024",
                "addresses": ["The Old Forge, Sallow Lane, Millbrook"],
            },
        ),
        ("MA 2", "perpetrator", "scheme", {}, {"names": ["Lambert Pikestaff"], "born": "1977"}),
        ("Son 2", "child", "self", {"publish_birth": "nothing"}, {"names": ["Jory Pikestaff"]}),
        ("Daughter 2", "child", "team", {"publish_birth": "nothing"}, None),
        ("Sister 2", "family", "self", {}, {"names": ["Honorine Undergrove"]}),
    ],
    "DHR-2022-01": [
        (
            "FA 3",
            "victim",
            "family",
            {"publish_death": "year"},
            {"names": ["Wilhelmina Thackstone"], "born": "1949", "died": "July 2022"},
        ),
        ("MA 3", "perpetrator", "scheme", {}, {"names": ["Ambrose Thackstone"], "born": "1946"}),
        ("Adult child 3", "family", "self", {}, {"names": ["Verity Thackstone-Oduya"]}),
    ],
}

# One is the kind of the other.
_TIES = {
    "DARDR-2026-01": [
        ("FA 1", "partner", "MA 1", "married in 2022"),
        ("MA 1", "former_partner", "Former partner 1", "until 2015"),
        ("FA 1", "parent", "Child 1", ""),
        ("MA 1", "step_parent", "Child 1", "from 2021"),
        ("MA 1", "parent", "Child 2", ""),
        ("Former partner 1", "parent", "Child 2", ""),
        ("Grandmother 1", "partner", "Grandfather 1", ""),
        ("Grandmother 1", "parent", "FA 1", ""),
        ("Grandfather 1", "parent", "FA 1", ""),
        ("Grandmother 1", "parent", "Aunt 1", ""),
        ("FA 1", "sibling", "Aunt 1", ""),
        ("Friend 1", "friend", "FA 1", "from school"),
        ("Grandmother 1", "carer", "Child 1", "since the death"),
    ],
    "DHR-2024-02": [
        ("FA 2", "former_partner", "MA 2", "separated in 2022"),
        ("FA 2", "parent", "Son 2", ""),
        ("MA 2", "parent", "Son 2", ""),
        ("FA 2", "parent", "Daughter 2", ""),
        ("MA 2", "parent", "Daughter 2", ""),
        ("FA 2", "sibling", "Sister 2", ""),
    ],
    "DHR-2022-01": [
        ("FA 3", "partner", "MA 3", "married in 1971"),
        ("FA 3", "parent", "Adult child 3", ""),
        ("MA 3", "parent", "Adult child 3", ""),
        ("Adult child 3", "carer", "FA 3", ""),
    ],
}
_AREAS = {"FA 1": "a market town in the county"}


def keep_register(reviews, *, by):
    """`reviews` by reference. Safe to repeat: a register that somebody has begun is theirs."""
    for reference, people in _REGISTER.items():
        review = reviews[reference]
        if Identity.objects.filter(review=review).exists():
            continue
        for person in people:
            _enter(review, *person, by=by)
        named = {person.pseudonym: person for person in review.people.all()}
        for one, kind, other, note in _TIES[reference]:
            relate(named[one], other=named[other], kind=kind, note=note, by=by)


def _enter(review, pseudonym, role, chosen_by, publish, identity, *, by):
    person = review.people.filter(pseudonym=pseudonym).first()
    person = person or add_person(review, pseudonym=pseudonym, role=role, by=by)
    area = _AREAS.get(pseudonym, "")
    if publish.get("publish_address") != Person.PublishAddress.AREA:
        area = ""
    seen = person.versions.count()
    change_person(person, seen=seen, by=by, chosen_by=chosen_by, area=area, **publish)
    if identity:
        born, died = (_date(identity.get(name)) for name in ("born", "died"))
        set_identity(person, by=by, **(identity | {"born": born, "died": died}))


def _date(text):
    return parse(text).value if text else PartialDate.none()
