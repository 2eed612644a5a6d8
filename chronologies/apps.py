from django.apps import AppConfig


class ChronologiesConfig(AppConfig):
    name = "chronologies"

    def ready(self):
        from chronologies.disclosing import add_to_schedule

        add_to_schedule()
