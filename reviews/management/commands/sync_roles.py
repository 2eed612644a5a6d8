import json

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from reviews.delegation.ending import close_past
from reviews.models import RoleGroup
from reviews.services import strays, sync


class Command(BaseCommand):
    help = "Make every role hold exactly the rights that reviews.rules gives it."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="Change nothing, and fail if anything would."
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    @transaction.atomic
    def handle(self, *, check, **options):
        if not check:
            close_past(on=timezone.localdate())
        groups = RoleGroup.objects.select_related("group", "review", "participation")
        changed = sum(bool(sync(group)) for group in groups.order_by("pk"))
        if check and (changed or strays()):
            raise CommandError(
                f"{changed} role groups differ from reviews.rules, "
                f"{len(strays())} memberships have no reason. Run sync_roles."
            )
        if options["format"] == "json":
            self.stdout.write(json.dumps({"changed": changed}))
        else:
            self.stdout.write(f"{changed} role groups changed.")
