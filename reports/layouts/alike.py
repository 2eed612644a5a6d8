"""Which section of one document the words of another's are for, where they have different codes."""

# code of a section: codes of those whose words fit there, the best first
FITTING = {
    "case": ("background", "events", "chronology"),
    "process": ("methodology", "establishing"),
    "timeline": ("chronology", "facts"),
    "chronology": ("timeline", "facts"),
    "issues": ("findings",),
    "findings": ("conclusions",),
    "conclusions": ("findings",),
}
