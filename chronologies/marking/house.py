"""The themes of every partnership: the words that national and regional analyses of reviews use."""

THEMES = {
    "Recognising abuse": (
        "Awareness of domestic abuse",
        "Coercive control",
        "Economic abuse",
        "Routine enquiry",
        "New mothers not asked",
        "Professional curiosity",
    ),
    "Risk": (
        "Risk assessment",
        "Risk assessment not done",
        "Separation as a risk",
        "Escalation",
        "Strangulation",
        "Stalking",
        "Threats to kill",
    ),
    "Working together": (
        "Information sharing",
        "Multi-agency working",
        "Use of MARAC",
        "Case co-ordination",
        "Referral",
        "Transition between services",
    ),
    "Process and policy": (
        "Policy or procedure not followed",
        "Care or safety plan not followed",
        "Record keeping",
        "Access to history",
        "Training and competence",
        "Police response",
        "Due process",
    ),
    "The victim": (
        "Not reached by services",
        "Complex needs",
        "Mental health",
        "Alcohol",
        "Drugs",
        "Self-harm or suicide",
        "Housing",
        "Fear of children’s removal",
        "Victim’s voice",
    ),
    "The perpetrator": (
        "Perpetrator’s needs",
        "Perpetrator programmes",
        "Bail and protective orders",
        "Offending",
        "Abuse of a previous partner",
        "Abuse of extended family",
    ),
    "Families and carers": (
        "Safeguarding of children",
        "Carers",
        "Families not involved",
        "Friends and informal networks",
    ),
    "Health": ("General practice", "Prescriptions", "Hospital care"),
    "Systems": (
        "Partnership and communication",
        "Staffing and resources",
        "Equality and diversity",
    ),
}


def install(model):
    """Safe to repeat; `model` is Theme, or what a migration has of it."""
    position = 0
    for group, names in THEMES.items():
        for name in names:
            position += 1
            model.objects.get_or_create(
                partnership=None, name=name, defaults={"group": group, "position": position}
            )
