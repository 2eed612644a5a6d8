from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from reports.copies.owed import remind_of_extracts
        from reports.pointing import point_at_documents

        point_at_documents()
        remind_of_extracts()
