"""Which texts are letters, and to whom each goes."""

from django.db import models

from reviews.wording.kinds import Kind


class Recipient(models.TextChoices):
    """To whom by role. No letter and no register holds a real name or an address."""

    HOME_OFFICE = "home_office", "The Home Office"
    FAMILY = "family", "A family member"
    AGENCY = "agency", "An agency"
    COMMISSIONER = "commissioner", "The Domestic Abuse Commissioner"


RECIPIENT_OF = {
    Kind.HOME_OFFICE_DECISION: Recipient.HOME_OFFICE,
    Kind.HOME_OFFICE_NO_REVIEW: Recipient.HOME_OFFICE,
    Kind.FAMILY_FIRST: Recipient.FAMILY,
    Kind.AGENCY_SCOPING: Recipient.AGENCY,
    Kind.AGENCY_IMR_REQUEST: Recipient.AGENCY,
    Kind.COMMISSIONER_REPORT: Recipient.COMMISSIONER,
}


def letter_choices():
    """Asked for when needed, so that a new kind of letter needs no migration."""
    return [(kind.value, kind.label) for kind in RECIPIENT_OF]
