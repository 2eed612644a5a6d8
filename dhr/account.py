"""As whom the embedded servers run.

PostgreSQL refuses to run as root, so for root its programs become an ordinary account. Where that
account could not reach the checkout (one under /root, say) they keep the one privilege of passing
through folders, rather than that the modes of folders which are not ours are changed.
"""

import functools
import os
import pwd
import shutil
import subprocess
from pathlib import Path

_REACH_EVERY_FOLDER = [
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    "--securebits=+no_setuid_fixup",
]


class NoAccount(Exception):
    """There is no way to run PostgreSQL as anybody but root."""


def owner_of_server_files():
    """The account, or None when whoever runs us is ordinary enough."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoAccount(
        "PostgreSQL does not run as root, and there is no account called postgres or nobody for it."
    )


def hand_over(path):
    """Make a folder or file belong to whoever runs the embedded servers."""
    if account := owner_of_server_files():
        os.chown(path, account.pw_uid, account.pw_gid)


def as_server_account(argv, *, folder: Path):
    account = owner_of_server_files()
    if not account:
        return argv
    become = _become(account.pw_uid, account.pw_gid)
    reach = [] if _reaches(account.pw_uid, account.pw_gid, folder, argv[0]) else _REACH_EVERY_FOLDER
    return [*become, *reach, "--", *argv]


def _become(uid, gid):
    if not shutil.which("setpriv"):
        raise NoAccount("PostgreSQL does not run as root. Install util-linux, which has setpriv.")
    # A change of account makes the kernel forget to tell of a parent's death, so it is asked again.
    return ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--pdeathsig=INT"]


@functools.cache
def _reaches(uid, gid, *paths):
    test = 'for path; do [ -x "$path" ] || exit 1; done'
    argv = [*_become(uid, gid), "--", "/bin/sh", "-c", test, "sh", *map(str, paths)]
    return subprocess.run(argv, check=False, stderr=subprocess.DEVNULL).returncode == 0  # noqa: S603
