from django.core.management.base import BaseCommand

from reviews.wording.services import install_house_wordings


class Command(BaseCommand):
    help = "Put the house's own letters, agenda, purposes and criteria into the database."

    def handle(self, **options):
        self.stdout.write(f"{install_house_wordings()} house wordings installed.")
