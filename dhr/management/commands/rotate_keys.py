from dataclasses import asdict

from audit.models import EventType
from audit.services import record
from foundations.console import AnsweringCommand
from foundations.vault.rotation import rotate, wrapped_with_older_keys


class Command(AnsweringCommand):
    help = (
        "Wrap every data key with the first key of VAULT_KEYS. Safe to run again after a run that"
        " died. When it says wrapped_with_older_keys: 0, the older lines may be taken out."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--renew-data-keys",
            action="store_true",
            help="Also seal everything anew, for when a data key may be known to somebody.",
        )

    def answer(self, *, renew_data_keys, **_):
        done = rotate(renew_data_keys=renew_data_keys)
        left = wrapped_with_older_keys()
        record(
            EventType.KEYS_ROTATED,
            by=None,
            rewrapped=done.rewrapped,
            retired=done.retired,
            resealed=done.resealed,
            removed=done.removed,
            unreadable=len(done.unreadable),
        )
        return asdict(done) | {"wrapped_with_older_keys": left}
