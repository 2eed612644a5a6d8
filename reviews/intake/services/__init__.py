class AnothersKey(Exception):
    """The key came with another form, of another place: what it made is not shown here."""


def made_with(key, rows, **place):
    """What a second click finds: the row that the first one made, in the same place."""
    found = rows.filter(key=key).first()
    if found and any(getattr(found, name) != value for name, value in place.items()):
        raise AnothersKey(key)
    return found
