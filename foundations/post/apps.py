from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PostConfig(AppConfig):
    name = "foundations.post"
    label = "post"
    verbose_name = "Jobs and messages"

    def ready(self):
        autodiscover_modules("jobs")  # each room's jobs.py says what kinds of job it does
