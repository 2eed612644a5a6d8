"""Rights that are asked once more, where what is done cannot be undone."""

from django.core.exceptions import ValidationError

from reviews.access import access_of, forget

NO_LONGER = (
    "This is no longer yours to do: your role or a conflict of interest has changed since you opened the "
    "page. Nothing was saved."
)


def refuse_without(rule, what, by):
    """The page asked already. Between it and the lock, whoever does it may have been replaced, or have
    said that they have a conflict. `rule(access, what)` is one of reviews.rules; `what` is what it asks
    of, a review or the part of an agency in one; ValidationError."""
    forget(by)
    if not rule(access_of(by), what):
        raise ValidationError(NO_LONGER)
