from django.db.models import Q


def together(*names, words):
    """All of these are set or none; `words` is blank exactly when they are not."""
    unset = Q(**dict.fromkeys(names), **{words: ""})
    return unset | Q(**{f"{name}__isnull": False for name in names}) & ~Q(**{words: ""})
