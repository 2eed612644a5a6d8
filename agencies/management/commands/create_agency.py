from django.db import transaction

from agencies.models import Agency
from agencies.services import add_alias, create_agency
from foundations.console import AnsweringCommand


class Command(AnsweringCommand):
    help = "Add an agency to the register. Safe to repeat: new aliases are added to it."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--name", required=True)
        parser.add_argument("--short", default="", metavar="NAME")
        parser.add_argument("--kind", choices=Agency.Kind.values, default=Agency.Kind.OTHER)
        parser.add_argument("--alias", action="append", default=[], metavar="NAME")

    @transaction.atomic
    def answer(self, *, name, short, kind, alias, **options):
        found = Agency.objects.named(name)
        agency = (
            found[0] if found else create_agency(name=name, short_name=short, kind=kind, by=None)
        )
        for other in alias:
            add_alias(agency, name=other)
        return {
            "id": agency.pk,
            "name": agency.name,
            "short": agency.short_name,
            "kind": agency.kind,
            "aliases": list(agency.aliases.values_list("name", flat=True)),
        }
