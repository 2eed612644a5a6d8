from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "findings"

    def ready(self):
        from findings.lifecycle import tell_what_is_open
        from findings.pointing import point_at_findings

        point_at_findings()
        tell_what_is_open()
