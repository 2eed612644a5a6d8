from agencies.services import create_partnership
from foundations.console import AnsweringCommand


class Command(AnsweringCommand):
    help = "Create a Community Safety Partnership. Safe to repeat."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--name", required=True)

    def answer(self, *, name, **options):
        partnership = create_partnership(name=name)
        return {"id": partnership.pk, "name": partnership.name, "slug": partnership.slug}
