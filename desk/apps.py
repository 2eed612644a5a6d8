from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "Pages that look across rooms"

    def ready(self):
        from desk.thread import led_to
        from reviews import citing

        citing.register(led_to)
