"""Which addresses lead into this service, and so are nothing for a file that leaves it."""

from urllib.parse import urlsplit

from django.conf import settings


def leads_to_us(address):
    """Whether it is one of our own, written in full; upper and lower case are the same in a host."""
    try:
        host = urlsplit(address).netloc.rpartition("@")[2]
    except ValueError:
        return False
    return bool(host) and host.casefold() == urlsplit(settings.SERVICE_URL).netloc.casefold()
