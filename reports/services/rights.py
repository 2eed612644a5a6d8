"""Rights that are asked once more, where what is done cannot be undone."""

from django.core.exceptions import ValidationError

from reviews.access import access_of, forget

NO_LONGER = (
    "This is no longer yours to do: your role or a conflict of interest has changed since you opened the "
    "page. Nothing was saved."
)


def refuse_without(rule, review, by):
    """The page asked already. Between it and the lock, whoever does it may have been replaced, or have
    said that they have a conflict. `rule(access, review)` is one of reviews.rules; ValidationError."""
    forget(by)
    if not rule(access_of(by), review):
        raise ValidationError(NO_LONGER)
