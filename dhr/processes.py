"""One command in the foreground, and how a command of ours is told to stop."""

import signal
import subprocess

from dhr.supervisor import die_with_parent

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody pressed Ctrl-C or asked the process to end."""


def raise_when_told_to_stop():
    def stop(*_):
        raise Stopped

    for number in STOPS:
        signal.signal(number, stop)


def run(argv, environment, cwd=None):
    """Its exit status, as a shell would say it. It has our terminal and hears Ctrl-C itself."""
    process = subprocess.Popen(  # noqa: S603
        argv, env=environment, cwd=cwd, preexec_fn=die_with_parent(signal.SIGTERM)
    )
    try:
        status = process.wait()
    except Stopped:
        process.terminate()
        process.wait()
        raise
    return 128 - status if status < 0 else status
