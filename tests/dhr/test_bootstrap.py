import os
import stat
import subprocess
import sys

import pytest

from dhr import bootstrap
from dhr.local import ROOT


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """An empty one, so that setting up meets nothing of ours."""
    folder = tmp_path / ".local"
    for name, path in {
        "ROOT": tmp_path,
        "VENV": tmp_path / ".venv",
        "PYTHON": tmp_path / ".venv" / "bin" / "python",
        "FRONTEND": tmp_path / "frontend",
        "BUILT": tmp_path / "static" / "dist",
        "FOLDER": folder,
        "STAMPS": folder / "stamps",
        "LOG": folder / "log" / "setup.log",
    }.items():
        monkeypatch.setattr(bootstrap, name, path)
    for path in (
        folder / "stamps",
        folder / "log",
        tmp_path / ".venv" / "bin",
        tmp_path / "frontend",
    ):
        path.mkdir(parents=True)
    return tmp_path


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A PATH on which there are only the programs that a test puts there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("DHR_BROWSER", raising=False)

    def put(name, script):
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return put


@pytest.fixture
def _ordinary_user(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Temporary failure in name resolution", "Out of reach: check the network"),
        ("npm error code ECONNREFUSED", "Out of reach: check the network"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "Broken: mend what is wrong"),
    ],
)
def test_step_that_fails_says_whether_it_was_the_network(checkout, said, sentence):
    with pytest.raises(bootstrap.Sentence) as refused:
        bootstrap.run(
            ["/bin/sh", "-c", f"echo '{said}'; exit 1"],
            failed="Broken: mend what is wrong",
            unreachable="Out of reach: check the network",
        )

    assert str(refused.value) == (
        f"{sentence}, and run this command again. Details are in {bootstrap.LOG}."
    )


def test_packages_are_installed_once_until_the_file_changes(checkout, programs, monkeypatch):
    asked = checkout / "asked"
    monkeypatch.setattr(bootstrap, "PYTHON", programs("python", f'echo "$@" >>{asked}'))
    (checkout / "requirements.txt").write_text("one==1")

    bootstrap.install_packages("requirements.txt")
    bootstrap.install_packages("requirements.txt")
    after_two = asked.read_text().count("--require-hashes")
    (checkout / "requirements.txt").write_text("one==2")
    bootstrap.install_packages("requirements.txt")

    assert (after_two, asked.read_text().count("--require-hashes")) == (1, 2)


def test_front_end_is_built_again_only_when_a_source_changed(checkout, programs):
    asked = checkout / "asked"
    programs("node", "exit 0")
    programs("npm", f"echo npm >>{asked}; /bin/mkdir -p node_modules")
    programs("sh", f"echo build >>{asked}; /bin/mkdir -p ../static/dist/css")
    for name in ("package.json", "package-lock.json", "app.scss"):
        (bootstrap.FRONTEND / name).write_text("{}")

    bootstrap.build_front_end()
    bootstrap.build_front_end()
    (bootstrap.FRONTEND / "app.scss").write_text("a { color: red }")
    bootstrap.build_front_end()

    assert asked.read_text().split() == ["npm", "build", "build"]


@pytest.mark.parametrize(("version", "is_new_enough"), [(18, False), (20, True), (24, True)])
def test_node_of_the_system_is_used_when_it_is_new_enough(
    checkout, programs, version, is_new_enough
):
    # The check is a piece of JavaScript; this stands in for what it compares.
    programs("node", f"test {version} -ge {bootstrap.OLDEST_NODE}")

    assert bootstrap._has_node() == is_new_enough


@pytest.mark.usefixtures("_ordinary_user")
def test_missing_pdf_libraries_name_the_one_command_to_run(checkout, programs, monkeypatch):
    programs("apt-get", "exit 0")
    monkeypatch.setattr(bootstrap, "_loads", lambda library: "pango-1" in library)

    with pytest.raises(bootstrap.Sentence) as refused:
        bootstrap.install_pdf_libraries()

    assert str(refused.value) == (
        "Native libraries for PDF are missing. Run: sudo apt-get install --no-install-recommends"
        " libpangoft2-1.0-0 libharfbuzz-subset0 - and then this command again."
    )


@pytest.mark.usefixtures("_ordinary_user")
def test_libraries_are_installed_where_sudo_asks_nothing(checkout, programs):
    asked = checkout / "asked"
    programs("apt-get", "exit 1")
    programs("sudo", f"""printf '%s\\n' "$*" >>{asked}""")

    installed = bootstrap.apt_install(["libone"], why="a library")

    assert installed
    assert asked.read_text().splitlines() == [
        "-n true",
        "-n env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends libone",
    ]


@pytest.mark.usefixtures("_ordinary_user")
@pytest.mark.parametrize(("ci", "asked"), [("true", ["scanner-package"]), ("", [])])
def test_services_that_tests_try_come_under_ci_alone(checkout, programs, monkeypatch, ci, asked):
    log = checkout / "asked"
    programs("apt-get", "exit 1")
    programs("nginx", "exit 0")
    programs("sudo", f"""[ "$2" = true ] || printf '%s\\n' "$9" >>{log}""")
    monkeypatch.setenv("CI", ci)
    monkeypatch.setitem(bootstrap.SERVICES, "clamd", "scanner-package")

    bootstrap.install_services()

    assert (log.read_text().splitlines() if log.exists() else []) == asked


@pytest.mark.usefixtures("_ordinary_user", "checkout", "programs")
def test_services_that_cannot_be_installed_are_named(monkeypatch, capsys):
    monkeypatch.setenv("CI", "true")

    bootstrap.install_services()

    assert "Not installed: nginx-light, clamav-daemon." in capsys.readouterr().err


@pytest.mark.usefixtures("_ordinary_user", "checkout", "programs")
def test_browser_that_is_missing_fails_where_nothing_may_be_skipped(monkeypatch):
    monkeypatch.setenv("CI", "true")

    with pytest.raises(bootstrap.Sentence, match="No Chromium was found"):
        bootstrap.find_or_install_browser()


@pytest.mark.usefixtures("_ordinary_user", "checkout", "programs")
def test_browser_that_is_missing_elsewhere_is_said_aloud(monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)

    browser = bootstrap.find_or_install_browser()

    assert browser is None
    assert "until then the journeys in a browser are skipped" in capsys.readouterr().err


def test_browser_that_only_says_where_to_get_one_is_not_taken(checkout, programs):
    programs("chromium-browser", "exit 1")
    real = programs("google-chrome", "exit 0")

    assert bootstrap._find_browser() == str(real)


@pytest.mark.usefixtures("_ordinary_user")
def test_python_without_venv_names_the_package_that_has_it(checkout, programs, monkeypatch):
    monkeypatch.setattr(bootstrap, "PYTHON", checkout / "none")
    monkeypatch.setattr(sys, "executable", str(programs("python", "exit 1")))

    with pytest.raises(bootstrap.Sentence, match=r"Run: sudo apt-get install python3\.\d+-venv"):
        bootstrap.make_virtual_environment()


def test_machine_without_a_new_python_gets_one_sentence(tmp_path, programs):
    (tmp_path / "script").mkdir()
    copied = tmp_path / "script" / "run"
    copied.write_text((ROOT / "script" / "run").read_text())
    programs("python3", "exit 1")
    programs("dirname", 'exec /usr/bin/dirname "$@"')

    result = subprocess.run(  # noqa: S603
        ["/bin/sh", copied, "server"], capture_output=True, text=True, check=False
    )

    assert (result.returncode, result.stdout, result.stderr.splitlines()) == (
        1,
        "",
        [
            "Python 3.11 or newer is needed and was not found."
            " On Debian or Ubuntu: sudo apt-get install python3 python3-venv"
        ],
    )


@pytest.mark.parametrize("command", bootstrap.COMMANDS)
def test_every_command_has_its_script(command):
    script = ROOT / "script" / command

    assert script.stat().st_mode & stat.S_IXUSR
    assert f'/run" {command} "$@"' in script.read_text()
