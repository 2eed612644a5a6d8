"""Posts and places that imply a body, where one agency of the review fits better than the rest.

Each row: the words in a text; the words in an agency's name that make it fit, the telling ones
first; the kinds in the register; and the words by which an agency's own entries show its trade.
"""

from typing import NamedTuple


class Role(NamedTuple):
    name: str
    phrases: tuple
    name_words: tuple
    kinds: tuple = ()
    trade: tuple = ()  # stems, as full-text search has them


def _role(name, phrases, name_words, kinds="", trade=""):
    split = [tuple(part.strip() for part in text.split(",")) for text in (phrases, name_words)]
    return Role(name, *split, tuple(kinds.split()), tuple(trade.split()))


ROLES = (
    _role(
        "police",
        "police, police officer, police officers, attending officers, pc, the force, constable, "
        "public protection unit, ppu, police station, neighbourhood policing team",
        "police, constabulary, policing",
        "police",
    ),
    _role(
        "probation",
        "probation, probation officer, offender manager, offender managers, om, "
        "probation service, probation trust, supervising officer",
        "probation, community rehabilitation company, crc, offender management",
        "probation",
    ),
    _role(
        "housing",
        "housing officer, housing officers, housing, tenancy officer, estate officer, landlord, "
        "anti-social behaviour officer, asb officer, housing champion, housing department, "
        "neighbourhood officer, tenancy support officer, housing association, housing options",
        "housing, homes, neighbourhood, neighbourhoods, tenancy, landlord, homelessness",
        "housing",
    ),
    _role(
        "adult social care",
        "adult social care, adult services, adult safeguarding, safeguarding adults, adult care, "
        "social services, adults services, safeguarding adults team, adult safeguarding team, asc, "
        "adult social services, adult social worker, adult safeguarding social worker, "
        "social worker, social care",
        "adult, adults, social care, social services",
        "council",
    ),
    _role(
        "children's social care",
        "children's social care, children's services, children's social worker, csc, "
        "childrens services, children and young people's services, cypss, mash",
        "children's, childrens, children, young people",
        "council",
    ),
    _role(
        "gp",
        "gp, gps, gp surgery, gp practice, family doctor, general practitioner, the surgery, "
        "primary care, practice nurse",
        "medical centre, medical practice, surgery, health centre, gp, practice, medical center, "
        "general practice, primary care",
        "primary_care",
    ),
    _role(
        "hospital",
        "hospital, a&e, accident and emergency, emergency department, the ward, ed, "
        "casualty, a&e department, hospital staff, hospital ward",
        "hospital, hospitals, infirmary, acute",
        "",
        "ward accid hospit attend emerg treat",
    ),
    _role(
        "ambulance",
        "ambulance, paramedic, paramedics, ambulance crew, ambulance service, by ambulance, "
        "ambulance staff",
        "ambulance",
        "ambulance",
    ),
    _role(
        "mental health",
        "crisis team, mental health, mental health team, mental health services, psychiatrist, "
        "mental health crisis team, mental health worker, mhw, cmht, community mental health, "
        "community psychiatric nurse, cpn, community mental health team, psychiatry, cmhn, "
        "home treatment team, mental health nurse, camhs, mental health trust",
        "mental health, mental, partnership nhs, wellbeing, well-being",
        "",
        "mental psychosi psychiatr crisi",
    ),
    _role(
        "substance misuse",
        "substance misuse, alcohol services, alcohol worker, drug and alcohol, drugs worker, "
        "alcohol service, drug and alcohol services, drug and alcohol service, drug worker, "
        "alcohol misuse services, substance misuse services, recovery worker",
        "drug, alcohol, substance, recovery, addiction, drugs",
        "",
        "detox abstin drink alcohol",
    ),
    _role(
        "idva",
        "idva, idvas, idva service, independent domestic violence advocate, "
        "independent domestic violence adviser, independent domestic violence advisor, "
        "independent domestic abuse advocate, independent domestic abuse advisor, idaa",
        "idva, independent domestic violence, independent domestic abuse",
    ),
    _role(
        "women's refuge",
        "women's aid, refuge, refuge worker, women's refuge",
        "women's aid, womens aid, refuge, women's refuge",
    ),
    _role(
        "school",
        "school, headteacher, head teacher, class teacher, school nurse, teaching staff",
        "school, academy, college",
        "education",
    ),
    _role(
        "health visiting",
        "health visitor, health visitors, health visiting, midwife, midwives, community midwife",
        "health visiting, health visitor, midwifery, maternity, community health, child health",
        "",
        "midwif infant babi health-visitor",
    ),
    _role(
        "fire service",
        "fire service, fire and rescue, fire brigade, firefighters, fire officers, "
        "fire and rescue service",
        "fire",
    ),
    _role(
        "victim support",
        "victim support, victim support worker",
        "victim support",
    ),
    _role("prison", "prison, prison staff, prison officer, hmp", "prison, hmp"),
    _role("cafcass", "cafcass", "cafcass"),
)
