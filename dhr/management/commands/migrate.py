from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate

OWNER = "owner"


class Command(Migrate):
    """Migrates as the owner of the tables: the application's role cannot make or alter one."""

    def add_arguments(self, parser):
        super().add_arguments(parser)
        if OWNER in settings.DATABASES:
            parser.set_defaults(database=OWNER)

    def handle(self, *args, **options):
        super().handle(*args, **options)
        if not (args or options["app_label"] or options["plan"] or options["check_unapplied"]):
            call_command(
                "createcachetable", database=options["database"], verbosity=options["verbosity"]
            )
