"""What the data form asks: the fields that the national library of reviews is known to tag.

The Home Office's own form was not found. These are the library's fields and, where they are known, its
values; where they are not, the answer is in words. Whose mental health and vulnerability the library
means is not known either, so that each person is asked about. "No" is said by somebody: what nobody
said is unknown.
"""

from dataclasses import dataclass

UNKNOWN = "Unknown"
_YES_NO = ("Yes", "No", UNKNOWN)
OTHER = "Another one, which the reason names"


@dataclass(frozen=True)
class Field:
    """`choices` is empty where the answer is in words."""

    code: str
    label: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """`role` says of whom each of its fields is asked; "" of the case, once."""

    code: str
    heading: str
    fields: tuple[Field, ...]
    role: str = ""


def _words(code, label):
    return Field(code, label)


def _one_of(code, label, *choices):
    return Field(code, label, (*choices, UNKNOWN))


def _flags(**labels):
    return tuple(Field(code.replace("_", "-"), label, _YES_NO) for code, label in labels.items())


_CAUSES = (
    "Sharp instrument",
    "Blunt instrument",
    "Manual strangulation",
    "Strangulation with ligature",
    "Suffocation, asphyxiation or smothering",
    "Hitting with a weapon",
    "Shooting",
    "Arson",
    "Burning or scalding",
    "Drowning",
    "Fall to a hard surface",
    "Other poisoning",
    "Other",
)
BANDS = ((16, 19), (20, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, None))
_BANDS = tuple(f"{first}-{last}" if last else f"{first}+" for first, last in BANDS)
_TIES = (
    "Spouse or civil partner",
    "Common-law spouse",
    "Boyfriend or girlfriend",
    "Ex-spouse",
    "Ex-boyfriend or ex-girlfriend",
    "Cohabitant",
    "Parent",
    "Step-parent",
    "Grandparent",
    "Sibling",
    "Other non-relative",
    OTHER,
)
_VERDICTS = (
    "Murder",
    "Manslaughter",
    "Manslaughter with diminished responsibility",
    "Not guilty",
    "Other",
)
_SEXES = ("Female", "Male", OTHER)
_MENTAL_HEALTH = _flags(
    adjustment_disorder="Adjustment disorder",
    anxiety="Anxiety",
    dementia="Dementia",
    depression="Depression",
    panic_attacks="Panic attacks",
    ptsd="Post-traumatic stress disorder (PTSD)",
    psychosis="Psychosis",
    self_harm="Self-harm",
    suicidal_thoughts="Suicidal thoughts",
    suicide_attempts="Suicide attempts",
    other_mental_health="Other mental health",
)
_VULNERABILITY = _flags(
    alcohol="Alcohol",
    housing="Housing",
    neurodiversity="Neurodiversity",
    physical_disability="Physical disability",
    substance_misuse="Substance misuse",
    other_vulnerability="Other vulnerability",
)

GROUPS = (
    Group(
        "incident",
        "The incident",
        (
            _words("csp", "Community Safety Partnership"),
            _words("region", "Region"),
            _words("death", "Date of death (month and year)"),
            *_flags(multiple_victims="Multiple victims"),
            _one_of("cause", "Cause of death", *_CAUSES),
            _one_of("location", "Location", "Residential", "Public place", "Other"),
        ),
    ),
    Group(
        "case",
        "The case",
        _flags(
            intimate_partner_violence="Intimate partner violence",
            familial_homicide="Familial homicide",
            parricide="Parricide",
            homicide_suicide="Homicide-suicide",
            children_present="Children present",
            coercive_control="Coercive control",
            economic_abuse="Economic abuse",
            faith_based_marriage="Faith-based marriage",
            forced_marriage="Forced marriage",
            honour_based_violence="Honour-based violence",
            physical_abuse="Physical abuse",
            emotional_abuse="Emotional abuse",
            sexual_abuse="Sexual abuse",
            separation="Separation",
            stalking="Stalking",
        ),
    ),
    Group(
        "victim",
        "Victim",
        (
            _one_of("age", "Age band", *_BANDS),
            _one_of("sex", "Sex", *_SEXES),
            _words("orientation", "Sexual orientation"),
            _words("religion", "Religion"),
            _words("ethnicity", "Ethnicity"),
            _one_of("relationship", "Relationship to the perpetrator", *_TIES),
            *_flags(suicide="Suicide", carer="Carer", prior_offending="Prior offending"),
            *_MENTAL_HEALTH,
            *_VULNERABILITY,
            *_flags(pregnancy="Pregnancy"),
        ),
        role="victim",
    ),
    Group(
        "perpetrator",
        "Perpetrator",
        (
            _one_of("age", "Age band", *_BANDS),
            _one_of("sex", "Sex", *_SEXES),
            _words("orientation", "Sexual orientation"),
            _words("ethnicity", "Ethnicity"),
            *_flags(prior_offending="Prior offending"),
            _one_of("verdict", "Verdict", *_VERDICTS),
            *_flags(carer="Carer", carer_for_victim="Carer for the victim"),
            *_MENTAL_HEALTH,
            *_VULNERABILITY,
        ),
        role="perpetrator",
    ),
)
