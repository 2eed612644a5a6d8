from django.apps import AppConfig


class GovConfig(AppConfig):
    name = "foundations.gov"
    label = "gov"
