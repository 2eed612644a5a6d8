from django.db import transaction

from agencies.models import Partnership
from foundations.console import AnsweringCommand, CannotDo
from reviews.models import Person, Review
from reviews.services import add_person, create_review


class Command(AnsweringCommand):
    help = "Open a review. Safe to repeat: new subjects are added to it."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--reference", required=True)
        parser.add_argument("--partnership", required=True, metavar="NAME")
        parser.add_argument("--kind", choices=Review.Kind.values, default=Review.Kind.STATUTORY)
        parser.add_argument("--label", choices=Review.Label.values, default=Review.Label.DHR)
        parser.add_argument(
            "--subject",
            action="append",
            default=[],
            metavar="PSEUDONYM:ROLE",
            help=f"For example “MA 1:victim”. Roles: {', '.join(Person.Role.values)}.",
        )

    @transaction.atomic
    def answer(self, *, reference, partnership, kind, label, subject, **options):
        subjects = [_subject(text) for text in subject]
        place = Partnership.objects.filter(name__iexact=" ".join(partnership.split())).first()
        if place is None:
            raise CannotDo(
                f"--partnership {partnership}",
                f"There is no partnership “{partnership}”. Create it with create_partnership first.",
            )
        review = Review.objects.filter(reference__iexact=reference).first()
        if review is None:
            review = create_review(
                partnership=place, reference=reference, kind=kind, label=label, by=None
            )
        elif review.partnership_id != place.pk:
            raise CannotDo(f"--reference {reference}", "This reference cannot be used.")
        for pseudonym, role in subjects:
            if not review.people.filter(pseudonym__iexact=pseudonym).exists():
                add_person(review, pseudonym=pseudonym, role=role, by=None)
        return {
            "id": review.pk,
            "reference": review.reference,
            "partnership": place.name,
            "kind": review.kind,
            "label": review.label,
            "stage": review.stage,
            "subjects": [
                {"pseudonym": person.pseudonym, "role": person.role}
                for person in review.people.all()
            ],
        }


def _subject(text):
    pseudonym, colon, role = text.rpartition(":")
    pseudonym, role = " ".join(pseudonym.split()), role.strip().lower()
    if not colon or not pseudonym or role not in Person.Role.values:
        raise CannotDo(
            f"--subject {text}",
            f"Write a pseudonym, a colon and a role: {', '.join(Person.Role.values)}.",
        )
    return pseudonym, role
