import json
from dataclasses import asdict

from django.core.management.base import BaseCommand

from audit.services import verify


class Command(BaseCommand):
    help = "Check that no link of the trail was edited, removed or reordered. Exit 2 if one was."

    def add_arguments(self, parser):
        parser.add_argument("--review", default="", help="Only the stream of this review.")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, review, **options):
        verdict = verify(f"review:{review}" if review else "")
        if options["format"] == "json":
            self.stdout.write(json.dumps(asdict(verdict)))
        elif verdict.broken:
            broken = verdict.broken
            self.stdout.write(f"BROKEN: {broken.stream}, event {broken.seq}: {broken.kind}.")
        else:
            self.stdout.write(f"{verdict.events} events in {verdict.streams} streams: intact.")
        if verdict.broken:
            raise SystemExit(2)
