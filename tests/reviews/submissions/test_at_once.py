"""Two people of one agency, or two clicks of one, at the very same moment; and a line that breaks."""

import io
import socket
import uuid

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from foundations.vault.models import StoredFile
from reviews.rules import Role
from reviews.submissions.models import Submission, SubmissionFile, SubmissionMove
from reviews.submissions.services import writing
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import appendix, prepared, report
from tests.walls.test_at_once import at_once, clicks, meet

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["meet"]  # a fixture


def address(name, request):
    return reverse(f"reviews:{name}", args=[request.review.reference, request.pk])


def named(name, content):
    file = io.BytesIO(content)
    file.name = name
    return file


def brings(user, request, **form):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    form = {"key": str(uuid.uuid4())} | form
    return lambda: client.post(address("submission-prepare", request), form).status_code


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def imr(part):
    return asked(part, kind="imr")


@pytest.fixture
def author(part):
    return with_role(Role.IMR_AUTHOR, part.review, part)


def test_two_colleagues_work_on_one_version(part, imr, author, meet):
    colleague = with_role(Role.IMR_AUTHOR, part.review, part)
    meet(writing, "store")

    statuses = at_once(
        brings(author, imr, report=named("IMR.docx", report())),
        brings(colleague, imr, appendices=named("A.docx", appendix())),
    )

    assert statuses == [302, 302]
    version = Submission.objects.get()
    assert {one.part for one in version.kept_files()} == {"main", "appendix"}


def test_a_double_click_on_upload_keeps_one_file(imr, author, meet):
    content, key = report(), str(uuid.uuid4())
    meet(writing, "store")

    statuses = at_once(
        *[brings(author, imr, key=key, report=named("IMR.docx", content)) for _ in range(2)]
    )

    assert statuses == [302, 302]
    assert SubmissionFile.objects.count() == 1


def test_a_double_click_hands_in_once(part, imr, author):
    version = prepared(part, request=imr, by=author)
    form = {
        "key": str(uuid.uuid4()),
        "files": " ".join(str(one.pk) for one in version.kept_files()),
    }

    statuses = clicks(author, address("submission-hand-in", imr), form, form)

    assert statuses == [302, 302]
    assert SubmissionMove.objects.count() == 1


@pytest.mark.parametrize("arrives", [0.5, 0.98], ids=["half", "nearly all"])
def test_a_line_that_breaks_half_way_leaves_nothing(arrives, imr, author, live_server):
    """Half a CSV file is a CSV file: what tells is that the end of the form is missing."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    client.get(imr.get_absolute_url())
    token = client.cookies["csrftoken"].value
    rows = b"Date,What\n" + b"3 May 2011,A call\n" * 20_000
    body = encode_multipart(
        BOUNDARY,
        {
            "csrfmiddlewaretoken": token,
            "appendices": named("List.csv", rows),
            "key": str(uuid.uuid4()),
        },
    )

    answer = _send(live_server, address("submission-prepare", imr), client, body, arrives)

    assert b" 302 " not in answer.partition(b"\r\n")[0]
    assert (StoredFile.objects.count(), Submission.objects.count()) == (0, 0)


def _send(live_server, path, client, body, arrives):
    host, port = live_server.thread.host, live_server.thread.port
    cookies = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\n"
        f"Origin: http://{host}:{port}\r\nContent-Type: {MULTIPART_CONTENT}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((host, port), timeout=20) as line:
        line.sendall(head.encode() + body[: int(len(body) * arrives)])
        line.shutdown(socket.SHUT_WR)
        return line.makefile("rb").read()
