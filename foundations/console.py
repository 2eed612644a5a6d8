"""How our commands answer: one JSON object or a sentence on standard output, nothing else there."""

import json
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand


class CannotDo(Exception):
    """Nothing is saved; says where the trouble is and what it is. `more`: further (where, message)."""

    def __init__(self, where, message, more=()):
        super().__init__(message)
        self.problems = [(where, message), *more]


class AnsweringCommand(BaseCommand):
    """Subclasses answer with a dict from `answer`, or raise CannotDo or ValidationError.

    Exit 0: done. Exit 1: refused, with {"refused": [{"where", "message"}]}. Exit 2: misuse.
    """

    saves = True  # so that a refusal says in words that it did not

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, format, **options):  # noqa: A002  the option's name is in the contract
        try:
            answer = self.answer(**options)
        except CannotDo as refusal:
            self._refuse(format, refusal.problems)
        except ValidationError as refusal:
            self._refuse(format, _places(refusal))
        else:
            if format == "json":
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
            else:
                self.tell(answer)

    def tell(self, answer):
        """The answer in words, for whoever did not ask for JSON."""
        for name, value in answer.items():
            self.stdout.write(f"{name}: {value}")

    def _refuse(self, format, problems):  # noqa: A002
        if format == "json":
            refused = [{"where": where, "message": message} for where, message in problems]
            self.stdout.write(json.dumps({"refused": refused}, ensure_ascii=False))
        else:
            for where, message in problems:
                self.stderr.write(f"{where}: {message}")
            if self.saves:
                self.stderr.write("Nothing was saved.")
        sys.exit(1)


def _places(refusal):
    if hasattr(refusal, "error_dict"):
        return [
            (f"--{field}", message)
            for field, messages in refusal.message_dict.items()
            for message in messages
        ]
    return [("", message) for message in refusal.messages]
