from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from reviews.clock.rule_sets import add_bank_holiday


class Command(BaseCommand):
    help = "Add a bank holiday of England and Wales that was proclaimed later."

    def add_arguments(self, parser):
        parser.add_argument("day", type=date.fromisoformat, help="For example 2027-05-10.")
        parser.add_argument("name")
        parser.add_argument("--source", required=True, help="Where it was announced.")

    def handle(self, *, day, name, source, **options):
        try:
            made = add_bank_holiday(day, name, source=source)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{made} added.")
