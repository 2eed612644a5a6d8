from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from agencies.models import Agency, Partnership
from foundations.console import AnsweringCommand, CannotDo
from reviews.emails import invitation_link
from reviews.models import Review
from reviews.rules import AGENCY_ROLES, Role
from reviews.services import WrongPlace, add_agency, invite


class Command(AnsweringCommand):
    help = "Give somebody a role, with an account and an invitation where they have none. Safe to repeat."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--email", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--name", default="")
        parser.add_argument("--review", metavar="REFERENCE")
        parser.add_argument("--agency", metavar="NAME")
        parser.add_argument("--partnership", metavar="NAME")

    @transaction.atomic
    def answer(self, *, email, role, name, review, agency, partnership, **options):
        _check_email(email)
        place = _place(role, review, agency, partnership)
        try:
            user, secret = invite(email=email, role=role, name=name, by=None, **place)
        except WrongPlace as refusal:
            raise CannotDo(f"--role {role}", str(refusal)) from refusal
        except ValidationError as refusal:
            raise CannotDo("--email", " ".join(refusal.messages)) from refusal
        return {
            "id": user.pk,
            "email": user.email,
            "role": role,
            "review": review,
            "agency": place["participation"].agency.name if place.get("participation") else None,
            "partnership": place["partnership"].name if place.get("partnership") else None,
            "link": invitation_link(secret) if secret else None,
        }


def _place(role, review, agency, partnership):
    if partnership and (review or agency):
        raise CannotDo("--partnership", "Name a review or a partnership, not both.")
    if partnership:
        return {"partnership": _partnership(partnership)}
    if agency and not review:
        raise CannotDo("--agency", "Name the review that the agency takes part in, too.")
    if not review:
        return {}
    found = Review.objects.filter(reference=review).first()
    if found is None:
        raise CannotDo(f"--review {review}", f"There is no review “{review}”.")
    place = {"review": found}
    if agency:
        if role not in AGENCY_ROLES:
            raise CannotDo("--agency", f"The role “{Role(role).label}” is not held for an agency.")
        place["participation"] = add_agency(found, agency=_agency(agency), by=None)
    return place


def _check_email(email):
    try:
        validate_email(email)
    except ValidationError as refusal:
        raise CannotDo(
            "--email", "Enter an e-mail address, for example name@agency.gov.uk."
        ) from refusal


def _partnership(name):
    found = Partnership.objects.filter(name__iexact=" ".join(name.split())).first()
    if found is None:
        raise CannotDo(f"--partnership {name}", f"There is no partnership “{name}”.")
    return found


def _agency(name):
    found = Agency.objects.named(name)
    if not found:
        raise CannotDo(
            f"--agency {name}",
            f"There is no agency “{name}”. Check the name, or create it with create_agency first.",
        )
    return found[0]
