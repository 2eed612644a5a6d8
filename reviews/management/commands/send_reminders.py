from datetime import date

from django.core.management.base import CommandError

from foundations.console import AnsweringCommand
from reviews.reminders.beside import send_beside
from reviews.reminders.services import send_reminders


class Command(AnsweringCommand):
    help = (
        "Remind people of what they owe, one message a person and day, and ask for updates of "
        "actions where that is due. Safe to repeat; the worker does it every day."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--as-at", required=True, type=_day, metavar="DATE", dest="on")
        parser.add_argument(
            "--dry-run", action="store_true", help="Send and save nothing; say what would be sent."
        )

    def answer(self, *, on, dry_run, **_):
        people = send_reminders(on=on, dry_run=dry_run)
        people += send_beside(on=on, dry_run=dry_run)  # in messages of their own
        return {
            "people": [
                {
                    "email": one.user.email,
                    "items": [
                        {"rule": item.rule, "due": str(item.due), "reference": item.reference}
                        for item in one.items
                    ],
                    "already_sent": one.already_sent,
                }
                for one in sorted(people, key=lambda one: one.user.email)
            ]
        }


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--as-at {text}: write the day as 2026-11-21.", returncode=2) from None
