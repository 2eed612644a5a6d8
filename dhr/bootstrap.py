"""Sets a checkout up and hands over to dhr.launch, which runs inside the virtual environment.

It runs under any Python of 3.11 or newer with nothing installed: standard library only, and started
as a file by script/run. Everything that it makes is ignored by git. Each step leaves a stamp, so that
the second start has nothing to do, and whatever is missing ends with one plain sentence.
"""

import ctypes
import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "static" / "dist"
FOLDER = ROOT / ".local"
STAMPS = FOLDER / "stamps"
LOG = FOLDER / "log" / "setup.log"

COMMANDS = ("server", "test", "manage", "bench", "lint")
NEEDS_TEST_PACKAGES = ("test", "lint")

# What WeasyPrint loads, and the Debian and Ubuntu packages that bring it.
PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# Services that tests try for real, and their packages. Under CI alone: on a desk they would run all day.
SERVICES = {"nginx": "nginx-light", "clamd": "clamav-daemon"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OLDEST_NODE = 20

_NO_NETWORK = re.compile(
    r"name resolution|Name or service not known|NewConnectionError|Network is unreachable"
    r"|Connection refused|ConnectTimeout|ReadTimeout|timed out|Max retries|ProxyError"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET"
    r"|Could not resolve|Failed to fetch|Unable to locate package",
    re.IGNORECASE,
)

# A venv that was interrupted while it was made has no pip.
_WORKS = """
import sys
from importlib.util import find_spec
sys.exit(sys.version_info < (3, 11) or not find_spec("pip"))
"""


class Sentence(Exception):
    """What is missing, and what to do about it."""


def main(command, *arguments):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with one_at_a_time():
            environment = set_up(command)
    except Sentence as sentence:
        sys.exit(str(sentence))
    except PermissionError as error:
        sys.exit(
            f"This user may not write {error.filename or ROOT}."
            " Run as the user who owns the checkout, or make a checkout of your own."
        )
    except OSError as error:
        sys.exit(f"Setting up failed: {error}.")
    except KeyboardInterrupt:
        sys.exit(130)
    argv = [PYTHON, "-m", "dhr.launch", command, *arguments]
    os.execve(PYTHON, argv, environment)  # noqa: S606


def set_up(command):
    """Everything that the command needs; returns the environment to run it in."""
    environment = dict(os.environ)
    # The command may be given from any folder, and its own files are named from there.
    environment["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(ROOT), environment.get("PYTHONPATH")])
    )
    make_virtual_environment()
    install_packages("requirements-embedded.txt")
    if command in NEEDS_TEST_PACKAGES:
        install_packages("requirements-test.txt")
    if command != "lint":
        build_front_end()
        install_pdf_libraries()
    if command == "test":
        install_services()
        if browser := find_or_install_browser():
            environment["DHR_BROWSER"] = browser
    return environment


# --- Python -------------------------------------------------------------------------------------
def make_virtual_environment():
    if _runs([PYTHON, "-c", _WORKS]):
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    say("Making the virtual environment .venv")
    if not _has_ensurepip():
        _venv_without_ensurepip()
        return
    run(
        [sys.executable, "-m", "venv", VENV],
        failed="The virtual environment .venv could not be made: mend what is wrong",
    )


def _has_ensurepip():
    """Debian and Ubuntu leave it out of python3, and put it into python3-venv."""
    return _runs([sys.executable, "-c", "import ensurepip, venv"])


def _venv_without_ensurepip():
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if _runs([sys.executable, "-m", "pip", "--python", sys.executable, "--version"]):
        run(
            [sys.executable, "-m", "venv", "--without-pip", VENV],
            failed="The virtual environment .venv could not be made: mend what is wrong",
        )
        run(
            [sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", "pip"],
            failed="pip could not be installed into .venv: mend what is wrong",
        )
        return
    package = f"python{version}-venv"
    if not apt_install([package], why="Python's venv module"):
        raise Sentence(
            f"Python's venv module is missing. Run: sudo apt-get install {package}"
            " - and then this command again."
        )
    run(
        [sys.executable, "-m", "venv", VENV],
        failed="The virtual environment .venv could not be made: mend what is wrong",
    )


def install_packages(name):
    requirements = ROOT / name
    stamp = VENV / f"installed-{name}"
    wanted = _digest([requirements])
    if _reads(stamp, wanted):
        return
    say(f"Installing the Python packages of {name} (the first time takes a minute)")
    run(
        [
            *(PYTHON, "-m", "pip", "install", "--require-hashes", "-r", requirements),
            *("--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2"),
        ],
        failed="The Python packages could not be installed: mend what is wrong",
        unreachable="The Python package index could not be reached: check the network",
        environment=os.environ | {"PIP_ROOT_USER_ACTION": "ignore"},
    )
    stamp.write_text(wanted)


# --- The front end ------------------------------------------------------------------------------
def build_front_end():
    lock = [FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    sources = sorted(
        path
        for path in FRONTEND.rglob("*")
        if path.is_file() and "node_modules" not in path.relative_to(FRONTEND).parts
    )
    packages, build = STAMPS / "front-end-packages", STAMPS / "front-end-build"
    has_packages = _reads(packages, _digest(lock)) and (FRONTEND / "node_modules").is_dir()
    is_built = _reads(build, _digest(sources)) and BUILT.is_dir() and any(BUILT.iterdir())
    if is_built:
        return
    environment = node_environment()
    if not has_packages:
        say("Installing the front-end packages")
        run(
            [
                *(shutil.which("npm", path=environment["PATH"]), "ci", "--ignore-scripts"),
                *("--no-audit", "--no-fund", "--loglevel=error"),
                *("--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"),
            ],
            cwd=FRONTEND,
            environment=environment,
            failed="The front-end packages could not be installed: mend what is wrong",
            unreachable="The npm registry could not be reached: check the network",
        )
        packages.write_text(_digest(lock))
    say("Building the front end")
    run(
        ["sh", "build.sh"],
        cwd=FRONTEND,
        environment=environment,
        failed="The front end could not be built: mend what is wrong",
    )
    build.write_text(_digest(sources))


def node_environment():
    """With the system's Node where it is new enough, else with the one of a Python package."""
    environment = dict(os.environ)
    if not os.access(Path.home(), os.W_OK):  # an account without a home of its own
        environment["npm_config_cache"] = str(FOLDER / "npm")
    if not (_has_node() and shutil.which("npm")):
        install_packages("requirements-node.txt")
        environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environment.get('PATH', os.defpath)}"
    return environment


def _has_node():
    check = f"process.exit(Number(process.versions.node.split('.')[0]) >= {OLDEST_NODE} ? 0 : 1)"
    return _runs(["node", "-e", check])


# --- What only the machine's own package manager has --------------------------------------------
def install_pdf_libraries():
    missing = [package for library, package in PDF_LIBRARIES.items() if not _loads(library)]
    if not missing or apt_install(missing, why="the native libraries for PDF"):
        return
    raise Sentence(
        "Native libraries for PDF are missing. Run: sudo apt-get install --no-install-recommends"
        f" {' '.join(missing)} - and then this command again."
    )


def install_services():
    missing = [package for program, package in SERVICES.items() if not shutil.which(program)]
    if os.environ.get("CI") == "true" and missing:
        why = "the services that tests try for real"
        if not apt_install(missing, why=why):
            say(
                f"Not installed: {', '.join(missing)}. The tests of each say that they are skipped."
            )


def find_or_install_browser():
    """Its path, or None where journeys may be skipped (never under CI)."""
    if browser := _find_browser():
        return browser
    if apt_install(["chromium"], why="Chromium for the journeys") and (browser := _find_browser()):
        return browser
    sentence = "No Chromium was found. Run: sudo apt-get install --no-install-recommends chromium"
    if os.environ.get("CI") == "true":
        raise Sentence(f"{sentence} - and then this command again.")
    say(f"{sentence} - until then the journeys in a browser are skipped.")
    return None


def _find_browser():
    candidates = [os.environ.get("DHR_BROWSER"), *map(shutil.which, BROWSERS)]
    # Ubuntu has a chromium-browser that only says where to get one.
    return next((path for path in candidates if path and _runs([path, "--version"])), None)


def apt_install(packages, *, why):
    """Whether they are installed now; False where this user may not install, or there is no apt."""
    if not shutil.which("apt-get"):
        return False
    if os.geteuid() == 0:
        as_root = []
    elif shutil.which("sudo") and _runs(["sudo", "-n", "true"]):
        as_root = ["sudo", "-n"]
    else:
        return False
    say(f"Installing {why}: {' '.join(packages)}")
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    return _logged(install) or (_logged([*apt, "update"]) and _logged(install))


def _loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


# --- Running and remembering --------------------------------------------------------------------
@contextmanager
def one_at_a_time():
    """Two commands at once in one checkout must not both set it up."""
    for folder in (FOLDER, LOG.parent, STAMPS):
        folder.mkdir(mode=0o711, exist_ok=True)
    with (FOLDER / "setup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another command that is setting this checkout up")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(argv, *, failed, unreachable=None, cwd=ROOT, environment=None):
    before = LOG.stat().st_size if LOG.exists() else 0
    if _logged(argv, cwd=cwd, environment=environment):
        return
    with LOG.open("rb") as log:
        log.seek(before)
        said = log.read().decode(errors="replace")
    reason = unreachable if unreachable and _NO_NETWORK.search(said) else failed
    raise Sentence(f"{reason}, and run this command again. Details are in {LOG}.")


def _logged(argv, *, cwd=ROOT, environment=None):
    with LOG.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603
            list(map(str, argv)),
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            return process.wait() == 0
        finally:
            with suppress(ProcessLookupError):
                process.terminate()


def _runs(argv):
    try:
        result = subprocess.run(  # noqa: S603
            argv, check=False, stdin=subprocess.DEVNULL, capture_output=True, cwd=ROOT
        )
    except OSError:
        return False
    return result.returncode == 0


def _digest(paths):
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _reads(stamp, wanted):
    return stamp.is_file() and stamp.read_text() == wanted


def say(sentence):
    # Not to standard output, which belongs to the command.
    sys.stderr.write(f"{sentence} ...\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
