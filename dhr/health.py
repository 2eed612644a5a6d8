"""Whether this installation works, for those who watch it: no names, no counts, no reasons."""

import functools
import logging
from datetime import timedelta

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundations.post.models import Heartbeat
from foundations.vault import scanning

logger = logging.getLogger(__name__)

A_WORKER_IS_MISSED_AFTER = timedelta(minutes=3)  # beat asks for a sign of life every minute


@login_not_required
@require_safe
def live(request):
    """The process answers."""
    return HttpResponse("live", content_type="text/plain")


@login_not_required
@require_safe
def ready(request):
    """The process can serve pages: the database answers and has every table."""
    is_ready = _database_works() and _is_migrated()
    return HttpResponse(
        "ready" if is_ready else "not ready",
        content_type="text/plain",
        status=200 if is_ready else 503,
    )


@login_not_required
@require_safe
def status(request):
    """Every part of the installation, as "ok" or "down"; a scanner may be "not configured"."""
    parts = {
        "web": True,
        "database": _database_works(),
        "broker": _broker_works(),
        "worker": _worker_works(),
    }
    if scanning.is_configured():
        parts["scanner"] = scanning.answers()
    said = {name: "ok" if works else "down" for name, works in parts.items()}
    return JsonResponse(
        {"scanner": "not configured", **said}, status=200 if all(parts.values()) else 503
    )


def _database_works():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.warning("health: the database does not answer")
        return False
    return True


def _broker_works():
    try:
        with redis.Redis.from_url(
            settings.CELERY_BROKER_URL, socket_connect_timeout=1, socket_timeout=1
        ) as client:
            return client.ping()
    except redis.RedisError:
        logger.warning("health: the broker does not answer")
        return False


def _worker_works():
    try:
        seen_since = timezone.now() - A_WORKER_IS_MISSED_AFTER
        return Heartbeat.objects.filter(at__gt=seen_since).exists()
    except DatabaseError:
        return False


def _is_migrated():
    try:
        return _has_no_migration_left()
    except (DatabaseError, _MigrationsLeft):
        return False


class _MigrationsLeft(Exception):
    """Raised, not returned, so that only the good answer is remembered."""


@functools.cache
def _has_no_migration_left():
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _MigrationsLeft
    return True
