import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from urllib.parse import urlsplit

import pytest
import yaml

from dhr import local
from dhr.bootstrap import PDF_LIBRARIES
from dhr.database_roles import APPLICATION, OWNER
from dhr.local import ROOT
from tests.dhr.processes import eventually
from tests.embedded import servers

OURS = ("roles", "migrate", "web", "worker", "beat")
# For what takes seconds on a machine with nothing else to do: no answer depends on how long.
PATIENCE = 300


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def secrets(compose, tmp_path_factory):
    """The secrets of the file, pointing to the servers of the tests."""
    folder = tmp_path_factory.mktemp("secrets")
    name = f"dhr_test_compose_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    servers().drop_database(name)
    database = servers().database(name)
    for secret, content in {
        "secret_key": "a" * 64,
        "vault_keys": "b" * 64,
        "database_admin_url": servers().admin_url,
        "database_owner_url": database.owner_url,
        "database_url": database.application_url,
        "redis_url": redis_of_its_own(servers().redis_url),
    }.items():
        (folder / secret).write_text(f"{content}\n")
    yield folder
    servers().drop_database(name)


@pytest.fixture
def run_service(compose, secrets, tmp_path):
    """Starts a service's own command as its container would, on this machine."""
    processes = []

    def begin(name, argv=None, **extra):
        environment = environment_of(compose["services"][name], secrets) | extra
        with (tmp_path / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603
                on_this_machine(argv or compose["services"][name]["command"], tmp_path),
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        processes.append(process)
        return process

    yield begin
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def check_health(compose, run_service):
    """Runs a service's own health check; whether it passed."""

    def check(name, **extra):
        kind, *argv = compose["services"][name]["healthcheck"]["test"]
        if kind == "CMD-SHELL":
            argv = shlex.split(argv[0].replace("$$HOSTNAME", socket.gethostname()))
        return succeeded(run_service(name, argv, **extra))

    return check


def test_every_service_gives_each_variable_that_the_settings_ask_for(compose):
    asked = {"SECRET_KEY", "VAULT_KEYS", "DATABASE_URL", "REDIS_URL"}

    given = {
        name: {variable.removesuffix("_FILE") for variable in service["environment"]}
        for name, service in compose["services"].items()
        if name in OURS and name != "roles"
    }

    assert {name: asked - variables for name, variables in given.items()} == {
        name: set() for name in given
    }


def test_only_migrate_holds_the_owner_and_only_roles_the_administrator(compose):
    held = {
        secret: [
            n for n, service in compose["services"].items() if secret in service.get("secrets", [])
        ]
        for secret in ("database_owner_url", "database_admin_url", "postgres_password")
    }

    assert held == {
        "database_owner_url": ["roles", "migrate"],
        "database_admin_url": ["roles"],
        "postgres_password": ["database"],
    }


def test_every_secret_that_a_service_reads_is_declared_and_given_to_it(compose):
    for service in compose["services"].values():
        said = yaml.safe_dump(service.get("environment", {})) + yaml.safe_dump(
            service.get("command")
        )
        read = set(re.findall(r"/run/secrets/([\w.]+)", said))
        assert read <= set(service.get("secrets", []))
        assert set(service.get("secrets", [])) <= set(compose["secrets"])


def test_only_the_proxy_is_reached_from_outside(compose):
    published = [name for name, service in compose["services"].items() if service.get("ports")]

    assert published == ["proxy"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert all(
        compose["services"][name]["networks"] == ["inside"]
        for name in ("database", "broker", "roles", "migrate", "beat")
    )


def test_compose_and_embedded_servers_are_of_one_version(compose):
    assert compose["services"]["database"]["image"].startswith("postgres:18")
    assert compose["services"]["broker"]["image"].startswith("valkey/valkey:9")


def test_image_copies_nothing_that_is_not_there():
    text = (ROOT / "Dockerfile").read_text()
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)

    sources = [source for line in copied for source in line.split()]

    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_image_installs_the_libraries_that_a_local_start_installs():
    text = (ROOT / "Dockerfile").read_text()

    assert [package for package in PDF_LIBRARIES.values() if package not in text] == []


def test_roles_migrate_web_worker_and_beat_run_as_they_are_written(run_service, check_health):
    assert succeeded(run_service("roles"))
    assert succeeded(run_service("migrate"))
    port = local.choose_port(None)
    running = [
        run_service("web", BIND=f"127.0.0.1:{port}"),
        run_service("worker"),
        run_service("beat"),
    ]

    eventually(lambda: check_health("web", BIND=f":{port}"), seconds=PATIENCE)
    parts = eventually(lambda: health(port), seconds=PATIENCE)
    eventually(lambda: check_health("worker"), seconds=PATIENCE)
    for process in running:
        process.terminate()

    works = dict.fromkeys(("web", "database", "broker", "worker"), "ok")
    assert parts == works | {"scanner": "not configured"}
    assert [process.wait(PATIENCE) for process in running] == [0, 0, 0]


def test_secrets_are_made_once_and_fit_together(tmp_path):
    make = [ROOT / "deploy" / "make-secrets", tmp_path]
    subprocess.run(make, check=True)  # noqa: S603
    made = {path.name: path.read_text().strip() for path in tmp_path.iterdir()}
    subprocess.run(make, check=True)  # noqa: S603

    assert {path.name: path.read_text().strip() for path in tmp_path.iterdir()} == made
    assert urlsplit(made["database_admin_url"]).password == made["postgres_password"]
    assert f"requirepass {urlsplit(made['redis_url']).password}" in made["broker_configuration"]
    assert (
        urlsplit(made["database_owner_url"]).username,
        urlsplit(made["database_url"]).username,
    ) == (
        OWNER,
        APPLICATION,
    )


def test_secrets_made_are_those_that_compose_asks_for(compose, tmp_path):
    subprocess.run([ROOT / "deploy" / "make-secrets", tmp_path], check=True)  # noqa: S603

    made = {path.name for path in tmp_path.iterdir()} | {"tls.crt", "tls.key"}

    assert made == set(compose["secrets"])


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed here")
def test_proxy_configuration_is_accepted_by_nginx(tmp_path):
    subprocess.run(  # noqa: S603
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=test"),
            *("-keyout", tmp_path / "tls.key", "-out", tmp_path / "tls.crt"),
        ],
        check=True,
        capture_output=True,
    )
    configuration = (ROOT / "deploy" / "nginx.conf").read_text()
    for written, here in {
        "/run/secrets": str(tmp_path),
        "/run/nginx.pid": str(tmp_path / "pid"),
        "web:8000": "127.0.0.1:8000",
    }.items():
        configuration = configuration.replace(written, here)
    (tmp_path / "nginx.conf").write_text(configuration)

    checked = subprocess.run(  # noqa: S603
        ["nginx", "-t", "-c", tmp_path / "nginx.conf"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr


def environment_of(service, secrets):
    """What the container would be given, and nothing of ours but where programs are."""
    given = {
        name: re.sub(r"\$\{SITE_HOST[^}]*\}", "reviews.example", value).replace(
            "/run/secrets", str(secrets)
        )
        for name, value in service["environment"].items()
    }
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")} | {
        name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value) for name, value in given.items()
    }


def redis_of_its_own(url):
    """Another database of the same server: in the first, every other test leaves its bells for a
    worker, and this worker would have to answer all of them before it shows a sign of life."""
    return urlsplit(url)._replace(path="/1").geturl()


def on_this_machine(argv, folder):
    program, *words = [word.replace("/tmp/", f"{folder}/") for word in argv]  # noqa: S108
    return [sys.executable, *([] if program == "python" else ["-m", program]), *words]


def succeeded(process):
    return process.wait(PATIENCE) == 0


def health(port):
    """What the health page says once every part works."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/health",
        headers={"Host": "reviews.example", "X-Forwarded-Proto": "https"},
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310
            return json.load(response)
    except OSError:  # a part is down, or the answer did not come in time
        return None
