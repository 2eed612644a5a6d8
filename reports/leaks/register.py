"""Who must not be recognised, as plain values: from a file, or from a review (`of_review.py`)."""

from dataclasses import dataclass, field
from datetime import date

from foundations.dates import NotAPartialDate, PartialDate, parse

# From what says most to what says nothing.
RULES = ("exact", "month-year", "season", "year", "age", "age-band", "nothing")
PLACES = ("address", "area", "nothing")
ROLES = {
    "victim": ("victim", "deceased"),
    "perpetrator": ("perpetrator", "offender", "suspect", "defendant"),
    "child": ("child", "son", "daughter", "boy", "girl", "baby"),
}


class NotARegister(ValueError):
    """What was given cannot be a register. `where` is the place in it, `message` what is wrong."""

    def __init__(self, where, message):
        super().__init__(message)
        self.where, self.message = where, message


@dataclass(frozen=True)
class Registered:
    """Somebody the review is about.

    `names` are all that they go by, the whole name first. `born_rule` and `died_rule` are one of
    RULES, `address_rule` one of PLACES: what may be said in anything that leaves. `area` is where they
    live, in the words that would be published of it.
    """

    pseudonym: str
    names: tuple = ()
    role: str = ""
    born: PartialDate = field(default_factory=PartialDate.none)
    died: PartialDate = field(default_factory=PartialDate.none)
    born_rule: str = "age-band"
    died_rule: str = "month-year"
    address_rule: str = "nothing"
    addresses: tuple = ()
    area: str = ""
    numbers: tuple = ()

    @property
    def words_for(self):
        """What a report calls them beside their pseudonym: "the victim"."""
        first = self.role.casefold()
        return next((words for role, words in ROLES.items() if role in first), ())


@dataclass(frozen=True)
class Register:
    """`professionals` may be named; `places` are places and bodies that may be named."""

    people: tuple = ()
    professionals: tuple = ()
    places: tuple = ()

    @property
    def death(self):
        """The date of the death that the review is about; ages are counted there."""
        victims = [one for one in self.people if "victim" in one.role.casefold() and one.died]
        dead = [*victims, *(one for one in self.people if one.died)]
        return dead[0].died if dead else PartialDate.none()


def register_from_json(said):
    """A Register of what design.md section 6 describes. Raises NotARegister.

    A professional or place is a name, or an object with "name" and perhaps "aliases".
    """
    if not isinstance(said, dict):
        raise NotARegister("", "A register is an object with people, professionals and places.")
    people = _list(said, "people")
    return Register(
        tuple(_person(one, at) for at, one in enumerate(people)),
        tuple(_named(said, "professionals")),
        tuple(_named(said, "places")),
    )


def _person(said, at):
    where = f"people[{at}]"
    if not isinstance(said, dict):
        raise NotARegister(where, "A person is an object with a pseudonym and names.")
    publish = said.get("publish") or {}
    if not isinstance(publish, dict):
        raise NotARegister(f"{where}.publish", "What may be published is an object.")
    return Registered(
        pseudonym=_text(said.get("pseudonym"), f"{where}.pseudonym") or f"person {at + 1}",
        names=_texts(said.get("names"), f"{where}.names"),
        role=_text(said.get("role"), f"{where}.role"),
        born=_date(said.get("born"), f"{where}.born"),
        died=_date(said.get("died"), f"{where}.died"),
        born_rule=_rule(publish, "born", RULES, "age-band", where),
        died_rule=_rule(publish, "died", RULES, "month-year", where),
        address_rule=_rule(publish, "address", PLACES, "nothing", where),
        addresses=_texts(said.get("addresses"), f"{where}.addresses"),
        area=_text(said.get("area"), f"{where}.area"),
        numbers=_texts(said.get("numbers"), f"{where}.numbers"),
    )


def _rule(publish, key, allowed, usual, where):
    rule = publish.get(key) or usual
    if rule not in allowed:
        raise NotARegister(
            f"{where}.publish.{key}", f"“{rule}” is no rule. Use one of: {', '.join(allowed)}."
        )
    return rule


def _date(said, where):
    """A date as written, in ISO form, or as an object with its bounds."""
    if not said:
        return PartialDate.none()
    if isinstance(said, dict):
        try:
            return PartialDate.from_json(said)
        except NotAPartialDate as error:
            raise NotARegister(where, str(error)) from error
    text = _text(said, where)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        found = parse(text).value
        if not found.is_bounded:
            raise NotARegister(where, "This is not a date that can be looked for.") from None
        return found
    return PartialDate(text, day, day, "day")


def _list(said, key):
    found = said.get(key) or []
    if not isinstance(found, list):
        raise NotARegister(key, "This is a list.")
    return found


def _texts(said, where):
    if isinstance(said, str):
        said = [said]
    if not isinstance(said or [], list):
        raise NotARegister(where, "This is a list of texts.")
    texts = (_text(one, f"{where}[{at}]") for at, one in enumerate(said or []))
    return tuple(filter(None, texts))


def _text(said, where):
    if said is None:
        return ""
    if isinstance(said, bool) or not isinstance(said, (str, int)):
        raise NotARegister(where, "This is a text.")
    return " ".join(str(said).split())


def _named(said, key):
    for at, one in enumerate(_list(said, key)):
        where = f"{key}[{at}]"
        if isinstance(one, dict):
            yield from _names_in(one, where)
        elif text := _text(one, where):
            yield text


def _names_in(said, where):
    for key in ("name", "names", "code", "aliases", "short_name"):
        yield from _texts(said.get(key), f"{where}.{key}")
