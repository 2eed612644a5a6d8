from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "Pages that look across rooms"

    def ready(self):
        from desk.broken import for_documents
        from desk.thread import led_to
        from reports.checks import links
        from reviews import citing

        citing.register(led_to)
        links.register(for_documents)
