from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "foundations.vault"
    label = "vault"
    verbose_name = "Stored files"
