from django.apps import AppConfig


class ChronologiesConfig(AppConfig):
    name = "chronologies"

    def ready(self):
        from chronologies.disclosing import add_to_schedule
        from chronologies.mismatches.telling import tell_of_mismatches
        from chronologies.querying.pointing import point_at_entries

        add_to_schedule()
        point_at_entries()
        tell_of_mismatches()
