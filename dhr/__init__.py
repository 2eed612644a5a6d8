# Loaded with Django, so that shared tasks find the application.
from dhr.celery import app as celery_app

__all__ = ["celery_app"]
