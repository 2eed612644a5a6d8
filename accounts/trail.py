"""Signing in and out leaves an event; what was typed does not."""

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from audit.models import EventType
from audit.services import record


@receiver(user_logged_in)
def signed_in(user, **kwargs):
    record(EventType.SIGNED_IN, by=user, stream="auth", target=user)


@receiver(user_logged_out)
def signed_out(user, **kwargs):
    if user:
        record(EventType.SIGNED_OUT, by=user, stream="auth", target=user)


@receiver(user_login_failed)
def sign_in_failed(**kwargs):
    record(EventType.SIGN_IN_FAILED, by=None, stream="auth")


@receiver([password_changed, password_reset, password_set])
def changed_password(user, **kwargs):
    record(EventType.PASSWORD_CHANGED, by=user, stream="auth", target=user)
