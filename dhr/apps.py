from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "dhr"
    verbose_name = "How the house is put together"
