from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from reports.copies.owed import remind_of_copies
        from reports.pointing import point_at_documents
        from reports.waiting import remind_of_what_waits

        point_at_documents()
        remind_of_copies()
        remind_of_what_waits()
