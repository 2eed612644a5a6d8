import re

from django.conf import settings
from django.core import checks

_ADDRESS = re.compile(r"/.+|.+:\d{1,5}")


@checks.register(checks.Tags.security, deploy=True)
def scanner(app_configs, **kwargs):
    """Whoever sets this up must not believe that files are scanned when they are not."""
    address = settings.CLAMD_ADDRESS
    if not address:
        return [
            checks.Info(
                "Uploaded files are not scanned: CLAMD_ADDRESS names no scanner.", id="vault.I001"
            )
        ]
    if not _ADDRESS.fullmatch(address):
        return [
            checks.Error("CLAMD_ADDRESS is host:port, or the path of a socket.", id="vault.E003")
        ]
    return []
