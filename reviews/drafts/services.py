"""Keeping what is typed until it is saved, also when the session has ended meanwhile.

Each form that keeps its words bears a token that says to whom this page was shown, signed. By it a
form that comes back without a session, or with a stale CSRF token, can be kept for its writer: it is
stored for them alone, nobody is signed in by it and nothing is shown. See docs/adr/0009.
"""

import json
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reviews.drafts.models import Draft
from reviews.models import Review

LIFETIME = timedelta(days=30)
MOST = 200_000  # characters, as JSON
_SALT = "reviews.drafts"
_TOKEN_LIVES = timedelta(days=7)

ASKED, TOKEN = "_draft", "_draft_of"  # names of fields of the form that are no words
_NO_WORDS = {ASKED, TOKEN, "csrfmiddlewaretoken", "key"}


class TooLong(Exception):
    """More than a form holds; what was kept before stays."""


def words_of(data):
    """What was typed, as lists of values; passwords are never kept."""
    return {
        name: data.getlist(name)
        for name in data
        if name not in _NO_WORDS and "password" not in name
    }


@transaction.atomic
def keep(user, review, page, words):
    """The newest words of this person on this page; they replace the ones kept before."""
    if len(json.dumps(words, ensure_ascii=False)) > MOST or len(page) > 300:
        raise TooLong
    now = timezone.now()
    draft, _ = Draft.objects.get_or_create(
        user=user, page=page, defaults={"review": review, "saved_at": now, "fields": {}}
    )
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    draft.fields, draft.saved_at = words, now
    draft.save(update_fields=["fields", "saved_at"])
    return draft


def drop(user, page):
    Draft.objects.filter(user=user, page=page).delete()


def begun(review, pages):
    """Those of some addresses of forms at which somebody has typed and not saved. Of no other words and of no
    writer does it tell: these are the writer's alone."""
    rows = Draft.objects.filter(review=review, page__in=pages)
    return set(rows.values_list("page", flat=True))


def drop_old(*, at):
    return Draft.objects.filter(saved_at__lt=at - LIFETIME).delete()[0]


# --- When the session has ended -----------------------------------------------------------------


def token_for(user, review, page):
    return signing.dumps({"user": user.pk, "review": review.pk, "page": page}, salt=_SALT)


def keep_for_its_writer(request):
    """Keep a form that cannot be taken now for whom it was shown to. Returns whether it was kept."""
    if request.method != "POST" or TOKEN not in request.POST:
        return False
    try:
        said = signing.loads(request.POST[TOKEN], salt=_SALT, max_age=_TOKEN_LIVES)
    except signing.BadSignature:
        return False
    user = User.objects.filter(pk=said["user"], is_active=True).first()
    if user is None or said["page"] != request.path:
        return False
    review = Review.objects.visible_to(user).filter(pk=said["review"]).first()
    if review is None or review.has_ended:
        return False
    try:
        keep(user, review, request.path, words_of(request.POST))
    except TooLong:
        return False
    return True
