"""What rooms above send people on a day, beside the reminders: `script/manage send_reminders` sends and
lists it with them.

    register_sender(ask_for_updates)

`send(on=day, dry_run=False)` gives a `services.Reminded` for each person and is safe to repeat.
"""

_SENDERS = []


def register_sender(send):
    """Called once, when the installation starts."""
    _SENDERS.append(send)


def send_beside(*, on, dry_run=False):
    return [one for send in _SENDERS for one in send(on=on, dry_run=dry_run)]
