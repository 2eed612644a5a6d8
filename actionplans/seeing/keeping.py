"""Saved filters: each person's own, so that nobody is asked whether they may."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from actionplans.seeing.models import SavedFilter
from actionplans.services import KeyOfAnother

MOST = 50  # of one person
TAKEN = "You have a filter of this name already. Choose another name"


@transaction.atomic
def save_filter(user, *, name, chosen, key):
    """The same key again gives the first one's filter. Raises ValidationError beside its field."""
    mine = _locked(user)
    if found := SavedFilter.objects.filter(key=key).first():
        if found.user_id != user.pk:
            raise KeyOfAnother
        return found
    name = _free_name(mine, name)
    if mine.count() >= MOST:
        raise ValidationError({"name": f"You have {MOST} filters. Remove one first"})
    return SavedFilter.objects.create(user=user, name=name, chosen=chosen, key=key)


@transaction.atomic
def rename_filter(one, *, name):
    mine = _locked(one.user)
    one.name = _free_name(mine.exclude(pk=one.pk), name)
    one.save(update_fields=["name"])
    return one


@transaction.atomic
def use_first(one, *, is_default):
    """Make it the one that is used when nothing is asked, or no longer."""
    mine = _locked(one.user)
    mine.filter(is_default=True).update(is_default=False)
    mine.filter(pk=one.pk).update(is_default=is_default)


@transaction.atomic
def remove_filter(one):
    _locked(one.user).filter(pk=one.pk).delete()


def _locked(user):
    """One change at a time, so that two tabs leave one default and no name twice."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    return SavedFilter.objects.filter(user=user)


def _free_name(others, name):
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": "Enter a name for the filter"})
    if others.filter(name__iexact=name).exists():
        raise ValidationError({"name": TAKEN})
    return name
