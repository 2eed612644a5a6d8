"""Settings: production values are the defaults; everything local comes from the environment.

`script/server`, `script/test` and `script/manage` set the variables; docker-compose.yml shows the
production ones. A secret named X may be given as a file in X_FILE.
"""

import os
from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name, default=None):
    """The variable, or the content of the file that NAME_FILE names."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"Set {name} (or {name}_FILE). script/server and script/manage set it for you."
        )
    return value


def flag(name):
    value = os.environ.get(name, "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} is 0 or 1, not {value!r}.")
    return value == "1"


# --- What this installation is ------------------------------------------------------------------
SECRET_KEY = env("SECRET_KEY")
VAULT_KEYS = env("VAULT_KEYS")  # wrap the keys that seal names; the newest first
DEBUG = False
DEMO = flag("DHR_DEMO")  # seed_demo refuses to run without it
LOCAL = flag("DHR_INSECURE_LOCAL")  # plain http on this machine only
ALLOWED_HOSTS = env("ALLOWED_HOSTS", "localhost,127.0.0.1").split(",")
SERVICE_URL = env("SERVICE_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [SERVICE_URL]

INSTALLED_APPS = [
    "dhr",
    "desk",
    "reports",
    "actionplans",
    "findings",
    "chronologies",
    "reviews",
    "agencies",
    "accounts",
    "audit",
    "foundations.vault",
    "foundations.post",
    "foundations.gov",
    "guardian",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "dhr.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "dhr.middleware.PrivatePagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dhr.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dhr.middleware.StrangersMiddleware",
    "dhr.middleware.ClosedFilesMiddleware",
]

ROOT_URLCONF = "dhr.urls"
WSGI_APPLICATION = "dhr.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desk.navigation.navigation",
            ],
            "builtins": ["foundations.gov.templatetags.gov"],
        },
    }
]

# --- Data ---------------------------------------------------------------------------------------
# "default" is the application role, which can alter no table and not the trail; "owner" is given
# only to the migrate step.
DATABASES = {
    "default": dj_database_url.parse(env("DATABASE_URL"), conn_max_age=60, conn_health_checks=True)
}
if owner_url := env("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = dj_database_url.parse(owner_url) | {"TEST": {"MIRROR": "default"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits stay in the database: signing in must not depend on the broker.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "dhr_cache",
    },
    # Of each process, and in no file and no table: what reading a document found.
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 50},
    },
}
# clamd as host:port or the path of its socket. Without one, files are not scanned, and /health says so.
CLAMD_ADDRESS = env("CLAMD_ADDRESS", "")
UPLOAD_LIMIT = 25 * 1024 * 1024  # bytes; the same sentence everywhere a file is taken
# Of a form without files. A letter of Urdu or a curly quotation mark is sent as six to nine signs: a text
# of 2 MB has to come through, so that the form can say beside its box that it is too long, and keep it.
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT
STRANGERS_LIMIT = 5_000_000  # bytes, of whoever has not signed in

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
PASSWORD_HASHERS = ["accounts.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.InvitationOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation link proved the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "foundations.gov.account.LoginForm",
    "reset_password": "foundations.gov.account.ResetPasswordForm",
    "reset_password_from_key": "foundations.gov.account.ResetPasswordKeyForm",
    "change_password": "foundations.gov.account.ChangePasswordForm",
    "reauthenticate": "foundations.gov.account.ReauthenticateForm",
}
# "notify" is the form behind a link, for people without an account.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key,30/m/ip", "notify": "10/15m/key,30/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(env("TRUSTED_PROXY_COUNT", "0"))
PASSWORD_RESET_TIMEOUT = 60 * 60

SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "dhr.errors.page_too_old"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Doors and headers --------------------------------------------------------------------------
if not LOCAL:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_SSL_REDIRECT = True
    # The container's own health check speaks plain http.
    SECURE_REDIRECT_EXEMPT = [r"^live$", r"^ready$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_SECURE = not LOCAL
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["dhr"],
    }
}

# --- Words, time, files -------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/London"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if LOCAL:  # no collectstatic on a local start: files come straight from static/
    WHITENOISE_USE_FINDERS = True
    STATIC_ROOT = None
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

# --- Post and jobs ------------------------------------------------------------------------------
EMAIL_BACKEND = env("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")  # STARTTLS, usually on port 587
EMAIL_USE_SSL = flag("EMAIL_USE_SSL")  # usually on port 465
EMAIL_FILE_PATH = BASE_DIR / ".local" / "mail"  # used by the file backend of a local server only
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "no-reply@reviews.invalid")

CELERY_BROKER_URL = env("REDIS_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY = False  # the stored row is the truth; Celery is only its doorbell
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "ring again for jobs nobody finished": {"task": "post.sweep", "schedule": 30},
    "tidy away what is over": {"task": "reviews.tidy", "schedule": crontab(hour=2, minute=20)},
    "a job that proves a worker is alive": {"task": "post.heartbeat", "schedule": 60},
    "show the scanner what waits for it": {"task": "vault.scan_held", "schedule": 60},
    # Every hour of the day, because a run that was missed is made up for by the next one.
    "remind people of what they owe": {
        "task": "reviews.send_reminders",
        "schedule": crontab(hour="7-18", minute=5),
    },
    "ask for updates of actions": {
        "task": "actionplans.ask_for_updates",
        "schedule": crontab(hour="7-18", minute=15),
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "dhr.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # The database's own messages repeat the row that broke a constraint.
    "loggers": {"django.db.backends": {"level": "CRITICAL"}},
}
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # the address is unique whatever its case: one_account_an_address
    # guardian's backend is left out on purpose: reviews.access is the only door (docs/adr/0003).
    "guardian.W001",
]
