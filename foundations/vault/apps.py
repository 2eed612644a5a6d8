from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "foundations.vault"
    label = "vault"
    verbose_name = "Keys and stored files"

    def ready(self):
        """Whoever starts without a usable key must not find out when somebody's name is lost."""
        from foundations.vault import checks  # noqa: F401  (registers them)
        from foundations.vault.keyring import keyring

        keyring()
