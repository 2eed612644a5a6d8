import os

from celery import Celery
from celery.signals import setup_logging, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dhr.settings")
app = Celery("dhr")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_):
    """Celery would put its own in the place of ours, and print what an exception says: a row's words."""


@worker_ready.connect
def show_a_heartbeat_at_once(sender, **_):
    """The health page would otherwise call a new worker absent until beat's next minute."""
    sender.app.send_task("post.heartbeat")
