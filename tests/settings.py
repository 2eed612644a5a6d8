"""The settings of the tests: our own, on the embedded servers of tests/embedded.py."""

import os
import tempfile

from tests.embedded import servers

_servers = servers()
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
DATABASE = f"test_{_worker}"
os.environ["SECRET_KEY"] = "a secret of the tests, which guard nothing"
os.environ.pop("VAULT_KEYS_FILE", None)
os.environ["VAULT_KEYS"] = "5e" * 32
os.environ["DHR_INSECURE_LOCAL"] = "1"
os.environ["DHR_DEMO"] = "1"
os.environ["REDIS_URL"] = _servers.redis_url
os.environ["DATABASE_URL"] = _servers.database(DATABASE).application_url
os.environ["DATABASE_OWNER_URL"] = _servers.database(DATABASE).owner_url

from dhr.settings import *  # noqa: E402, F403, TID251

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The live server serves static files through the finders and knows no fingerprints.
STORAGES["staticfiles"]["BACKEND"] = (  # noqa: F405
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
MEDIA_ROOT = tempfile.mkdtemp()
for _database in DATABASES.values():  # noqa: F405
    _database["CONN_MAX_AGE"] = 0
