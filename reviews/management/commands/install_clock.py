from django.core.management.base import BaseCommand

from reviews.clock.rule_sets import install


class Command(BaseCommand):
    help = "Put the house's time limits and the bank holidays into the database."

    def handle(self, **options):
        sets, holidays = install()
        self.stdout.write(f"{sets} rule sets and {holidays} bank holidays installed.")
