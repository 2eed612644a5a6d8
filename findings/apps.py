from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "findings"

    def ready(self):
        from findings.pointing import point_at_findings

        point_at_findings()
