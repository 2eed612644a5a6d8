"""What is done around the day of publication, where nobody has planned otherwise: data, for every set.

No source sets these days. They are a beginning, which the people of the review change.
"""

from dataclasses import dataclass

from reports.models import Audience


@dataclass(frozen=True)
class Usual:
    """`days` counts from the first day on which the set can be published."""

    audience: Audience
    what: str
    whose: str
    days: int


USUAL = (
    Usual(
        Audience.FAMILY,
        "Ask the family, through their advocate if they have one, on which day publication would hurt "
        "most, and tell them the day that is meant",
        "Chair",
        -28,
    ),
    Usual(
        Audience.FAMILY,
        "Give the family the files to read before anybody else, and say what reporters may ask",
        "Chair",
        -14,
    ),
    Usual(
        Audience.AGENCIES,
        "Tell every agency of the review the day, and who answers for it when reporters ask",
        "Coordinator",
        -14,
    ),
    Usual(
        Audience.CORONER,
        "Tell the coroner the day, and ask whether anything stands against it",
        "Coordinator",
        -14,
    ),
    Usual(Audience.MEDIA, "Agree the statement to reporters and who speaks", "Partnership", -7),
    Usual(Audience.HOME_OFFICE, "Tell the Home Office the day", "Coordinator", -7),
    Usual(Audience.COMMISSIONER, "Tell the Domestic Abuse Commissioner the day", "Coordinator", -7),
    Usual(
        Audience.FAMILY,
        "Tell the family that the files are about to stand on the site, before they do",
        "Chair",
        0,
    ),
    Usual(
        Audience.MEDIA, "Give the statement to reporters once the files are there", "Partnership", 0
    ),
    Usual(
        Audience.AGENCIES,
        "Send every agency the address, and tell the staff who were interviewed",
        "Coordinator",
        0,
    ),
    Usual(
        Audience.HOME_OFFICE,
        "Send the Home Office the files for the national library",
        "Coordinator",
        1,
    ),
    Usual(Audience.FAMILY, "Ask the family how they are", "Chair", 7),
)
