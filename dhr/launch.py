"""The five commands of script/, once the checkout is set up (see dhr.bootstrap)."""

import os
import sys

from dhr import lint, serve
from dhr.account import NoAccount
from dhr.environment import servers_for_tests, services
from dhr.local import ROOT, Sentence
from dhr.prepare import prepare_if_behind
from dhr.processes import Stopped, raise_when_told_to_stop, run
from dhr.supervisor import adopt_orphans, reap_orphans

# Commands that bring the tables themselves, or need none.
WITHOUT_TABLES = {
    *("migrate", "makemigrations", "showmigrations", "sqlmigrate", "squashmigrations"),
    *("check", "help", "version", "diffsettings", "collectstatic", "findstatic"),
}

# A file's tests share what they made (a world, a server): each file goes to one worker, in our order.
TWO_CORES = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]


def main(command, *arguments):
    raise_when_told_to_stop()
    adopt_orphans()
    try:
        status = COMMANDS[command](list(arguments))
    except (Sentence, NoAccount) as sentence:
        sys.exit(str(sentence))
    except PermissionError as error:
        sys.exit(
            f"This user may not use {error.filename}."
            " Run as the user who owns the checkout, or make a checkout of your own."
        )
    except Stopped:
        status = 130
    finally:
        reap_orphans()
    sys.exit(status)


def manage(arguments):
    command = next((word for word in arguments if not word.startswith("-")), "help")
    with services() as held:
        environment = held.environment()
        if command not in WITHOUT_TABLES:
            prepare_if_behind(environment)
        return run([sys.executable, str(ROOT / "manage.py"), *arguments], environment)


def test(arguments):
    if not arguments and (status := lint.lint([])):
        return status
    two_cores = [] if arguments else TWO_CORES
    with servers_for_tests():
        return run([sys.executable, "-m", "pytest", *two_cores, *arguments], _as_called())


def bench(arguments):
    return run([sys.executable, "-m", "bench", *arguments], _as_called())


def _as_called():
    """Our environment without the settings module, which importing `dhr` has put there."""
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


COMMANDS = {
    "server": serve.serve,
    "test": test,
    "manage": manage,
    "bench": bench,
    "lint": lint.lint,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
