"""Everybody looks everywhere, and sees exactly the words that the design lets them see."""

import io
import logging
import re
import uuid
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import urlsplit

import pypdf
import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.models import Recommendation
from agencies.models import Alias
from foundations.post.models import Message
from foundations.post.outbox import deliver
from foundations.vault.models import StoredFile
from reviews.lifecycle.services import set_stage
from reviews.models import RoleGroup, Share
from reviews.panel.models import Conflict
from reviews.panel.services.declaring import end_conflict, record_conflict
from reviews.rules import FOR_THE_PANEL_ALONE, Material, Role
from reviews.services import end_role, merge_agencies, share, withdraw_share
from tests.factories.reviews_panel import PanelMemberFactory
from tests.walls import world as worlds
from tests.walls.canary import (
    KIND_OF_MODEL,
    KINDS,
    SILENT,
    WORDLESS,
    Canary,
    Given,
    Standing,
    Tag,
    Writer,
    kind_of,
    text_fields,
    tokens_for,
)

LINK = re.compile(r'(?:href|action|hx-get)="([^"#]+)"')
PDF_READERS = {
    "coordinator",
    "lead_own",
}  # a PDF takes a second; its rows are those of the workbook


def test_every_text_field_is_declared():
    fields = {path: kind_of(model, path) for model, _, path in text_fields()}

    assert {path for path, kind in fields.items() if kind is None and path not in WORDLESS} == set()
    assert set(WORDLESS) | set(KINDS) | set(SILENT) <= set(fields)
    assert set(KIND_OF_MODEL) <= {path.rpartition(".")[0] for path in fields}


# --- The scene ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Scene()
        transaction.set_rollback(True)


@contextmanager
def for_now():
    """What happens inside is undone afterwards."""
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(point)


class Scene:
    """Two reviews, three agencies in one, tokens everywhere, and the people who look."""

    def __init__(self):
        self.canary = Canary()
        self.world = worlds.build(mark=self.mark)
        rows = self.rows = self.world.rows
        self.reference = rows.one.reference
        Alias.objects.create(agency=rows.ours.part.agency, name="Ours Constabulary", key="ours c")
        Recommendation.objects.filter(pk=rows.ours.recommendation.pk).update(
            parent=rows.third.recommendation
        )
        self.canary.seed()
        self._tell_of_the_whole()
        self._tell_of_what_was_submitted()
        self.people = {name: self.person(name) for name in LOOKING}
        self.addresses = set()

    def _tell_of_the_whole(self):
        """Whoever sees a part of a recommendation is told the number of the whole, and no more."""
        ours, whole = self.rows.ours.part.agency_id, self.rows.third.recommendation
        whole.refresh_from_db()
        tag = self.canary.tags[whole.number]
        self.canary.tags[whole.number] = replace(tag, places=tag.places | {ours})

    def _tell_of_what_was_submitted(self):
        """Words of the authors in a file that went to the Home Office are its reader's from then on."""
        for part in self.rows.office_pack.parts.all():
            for token in self.canary.seen_in(text_of(part.stored.content)):
                tag = self.canary.tags[token]
                if tag.kind == "report led":
                    self.canary.tags[token] = replace(tag, kind="report submitted")

    def mark(self, words, review, place, kind="file", beside=()):
        """`place` is an agency, or those that may read it together."""
        places = place if isinstance(place, frozenset) else frozenset({place})
        tag = Tag(kind, f"file:{words}", review, places, beside=frozenset(beside))
        return self.canary.token(tag)

    def person(self, name):
        user = self.world.placements[name].user
        user.refresh_from_db()
        client = Client(raise_request_exception=True)
        client.force_login(user)
        return SimpleNamespace(name=name, user=user, client=client)

    @property
    def writers(self):
        """Whose name stands where; of what was handed in also after the role of whoever did it has ended."""
        rows = self.rows
        found = [
            Writer(user.pk, review.reference, each.part.agency_id)
            for review, all_parts in (
                (rows.one, (rows.ours, rows.theirs, rows.third)),
                (rows.two, (rows.foreign, rows.foreign_body)),
            )
            for each in all_parts
            for user in (each.author, getattr(each, "officer", each.author))
        ]
        for group in RoleGroup.objects.select_related("review", "participation"):
            for user in group.group.user_set.all():
                place = group.participation.agency_id if group.participation else group.role
                if group.role in ("coordinator", "chair"):
                    place = "leader"
                found.append(Writer(user.pk, group.review.reference, place))
        signed = rows.round_answered.handed_in_by_id
        found.append(Writer(signed, rows.one.reference, rows.ours.part.agency_id))
        return found

    def standings(self, person):
        """What the person was given, as the story of this test tells it."""
        return [
            Standing(
                group.role,
                group.review.reference,
                group.participation.agency_id if group.participation else 0,
                group.review.partnership_id,
            )
            for group in RoleGroup.objects.filter(group__user=person.user).select_related(
                "review", "participation"
            )
            if group.role != "home_office_reader" or group.review.stage == "quality_assurance"
        ] + [Standing(a.role, partnership=a.partnership_id or 0) for a in _appointed(person)]

    def shares(self):
        return [
            Given(
                s.material,
                s.review.reference,
                s.participation.agency_id if s.participation else 0,
                s.with_role,
                s.with_participation.agency_id if s.with_participation else 0,
            )
            for s in Share.objects.filter(withdrawn_at=None)
        ]

    def conflicts(self, person):
        return [
            (c.member.review.reference, c.participation.agency_id if c.participation else 0)
            for c in Conflict.objects.filter(member__user=person.user, ended_on=None)
        ]

    # --- looking ------------------------------------------------------------------------------

    def walk(self, person):
        """What stands behind every link from the person's home page, and the addresses read."""
        waiting, walked, seen = ["/"], set(), set()
        while waiting:
            url = waiting.pop()
            if url in walked:
                continue
            walked.add(url)
            text, links = self.read(person, url)
            seen |= self.canary.seen_in(text)
            waiting += [link for link in links if link not in walked]
        self.addresses |= walked
        return seen, walked

    def read(self, person, url, method="get", data=None, **more):
        response = getattr(person.client, method)(url, data, **more)
        assert response.status_code < 500, (person.name, url)
        body, is_page = response.content, "text/html" in response["Content-Type"]
        heads = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        text = heads + text_of(body)
        links = LINK.findall(body.decode()) if is_page else []
        if response.status_code == 302:
            links = [response["Location"]]
        return text, [link for link in map(_own, links) if link and self.is_worth(person, link)]

    def is_worth(self, person, url):
        """Not a second file of the same rows, nor a page of which filters leave out a part."""
        if re.match(r"(/plans/|/reviews/[^/]+/actions/).*\?", url):
            return False
        if re.match(r"/reviews/[^/]+/(chronology|timeline)/.*\?(.*&)?start=", url):
            return False
        return "format=pdf" not in url and not url.endswith("/export/pdf/")

    def sweep(self, person, *, quick=False, besides=frozenset()):
        """Every address that anybody met, asked by this person; and every file they can make.

        Quick: where a change in review one can be seen, and no file that another shows as well.
        `besides` these addresses, which the person has read as things stand. Returns
        {(address, format of the file or None): the tokens that stood there}.
        """
        asked = [
            (url, None)
            for url in sorted(self.addresses)
            if url not in besides and (not quick or self.shows_change(url))
        ]
        shown = {one: self.shown_at(person, *one) for one in [*asked, *self.files(person, quick)]}
        if not quick:
            for url in self.addresses:
                if "/entries/" in url:
                    part, _ = self.read(person, url, headers={"HX-Request": "true"})
                    shown[url, "part of a page"] = self.canary.seen_in(part)
        return shown

    def shown_at(self, person, url, format_):
        if format_ is None or "/plan/" in url:
            text, _ = self.read(person, url)
        else:
            text, _ = self.read(person, url, "post", {"format": format_, "key": uuid.uuid4()})
        return self.canary.seen_in(text)

    def shows_change(self, url):
        # An earlier review of the partnership is looked at by the same people.
        earlier = self.rows.said_before.review.reference
        if url.startswith((f"/reviews/{self.reference}/", f"/reviews/{earlier}/")):
            return not url.endswith("/problems/")
        return not url.startswith("/reviews/")

    def files(self, person, quick):
        rows = self.rows
        formats = ["xlsx", "pdf"] if person.name in PDF_READERS and not quick else ["xlsx"]
        for format_ in formats:
            for review in (rows.one, rows.two):
                at = [review.reference]
                yield reverse("chronologies:export-create", args=at), format_
                if format_ == "pdf":
                    yield reverse("chronologies:timeline-export", args=at), format_
                yield reverse("actionplans:plan-export", args=[*at, format_]), format_
            for each in (rows.ours, rows.theirs, rows.third, rows.foreign):
                at = [each.part.review.reference, each.part.pk]
                yield reverse("chronologies:chronology-export", args=at), format_

    def theirs(self, person):
        """The tokens that must be shown to this person now, and those that may be."""
        return tokens_for(
            self.canary.tags,
            person.user.pk,
            self.standings(person),
            self.shares(),
            self.writers,
            self.conflicts(person),
        )

    def wrong(self, person, seen):
        """{token: what it is} of everything shown that must not be, or not shown that must be."""
        must, may = self.theirs(person)
        tags = self.canary.tags
        return {
            "shown": {_said(tags[token]) for token in seen - must - may},
            "missing": {_said(tags[token]) for token in must - seen},
        }


def _appointed(person):
    return person.user.appointments.all()


def _said(tag):
    return tag.kind, tag.path, tag.review, tuple(sorted(map(str, tag.places)))


LOOKING = (
    "coordinator",
    "chair",
    "board_reader",
    "home_office_before",
    "home_office_reader_elsewhere",
    "panel",
    "author_own",
    "officer_own",
    "lead_own",
    "author_other",
    "lead_other",
    "coordinator_elsewhere",
    "author_elsewhere",
    "administrator",
    "stranger",
)
NOTHING = {"shown": set(), "missing": set()}


def _own(link):
    """A page of ours that reading cannot change, without what a list was filtered by."""
    parts = urlsplit(link.replace("&amp;", "&"))
    if parts.netloc or parts.scheme or not parts.path.startswith("/"):
        return None
    if parts.path.startswith(("/static/", "/account/sign-out")):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def text_of(content):
    """All the words in a page or a file."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(
                archive.read(name).decode(errors="replace") for name in archive.namelist()
            )
    if content.startswith(b"%PDF"):
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return "\n".join(page.extract_text() for page in pages)
    return content.decode(errors="replace")


# --- What everybody sees ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def walked(scene):
    """Everybody has walked from home, so that every address there is has been met by somebody."""
    return {name: scene.walk(person) for name, person in scene.people.items()}


@pytest.mark.parametrize("name", LOOKING)
def test_everybody_sees_exactly_what_is_theirs(name, scene, walked):
    person = scene.people[name]

    seen, read = walked[name]

    seen = seen.union(*scene.sweep(person, besides=read).values())
    assert scene.wrong(person, seen) == NOTHING


# --- What changes, changes at once --------------------------------------------------------------


def check(scene, *names):
    """Each of these sees now exactly what the design lets them see now: the last of them, where."""
    for name in names:
        person = scene.people[name]
        shown = scene.sweep(person, quick=True)
        assert (name, scene.wrong(person, set().union(*shown.values()))) == (name, NOTHING)
    return shown


def check_ended(scene, name, shown):
    """Where something was `shown` that this person sees no longer, nothing of it is left."""
    person = scene.people[name]
    theirs = set().union(*scene.theirs(person))
    where = [one for one, tokens in shown.items() if tokens - theirs]
    assert where != []
    left = {one: scene.shown_at(person, *one) - theirs for one in where}
    assert {one: tokens for one, tokens in left.items() if tokens} == {}


def shared(scene, material, role, *, whose=None, who=None):
    if material == Material.SUBMISSION:
        return share(
            scene.rows.one,
            material=material,
            submission=scene.rows.ours.submission,
            with_role=role,
            with_participation=who,
            by=scene.rows.chair,
        )
    return share(
        scene.rows.one,
        material=material,
        with_role=role,
        participation=whose,
        with_participation=who,
        by=scene.rows.chair,
    )


@pytest.mark.parametrize("material", Material)
def test_a_share_with_the_panel_and_its_end(material, scene, walked):
    with for_now():
        given = shared(scene, material, Role.PANEL_MEMBER)
        shown = check(scene, "author_other", "panel")

        withdraw_share(given, by=scene.rows.chair)
        check_ended(scene, "panel", shown)


@pytest.mark.parametrize("material", sorted(set(Material) - FOR_THE_PANEL_ALONE))
def test_a_share_of_one_agency_with_another(material, scene, walked):
    ours, theirs = scene.rows.ours.part, scene.rows.theirs.part
    with for_now():
        given = shared(scene, material, Role.IMR_AUTHOR, whose=ours, who=theirs)
        shown = check(scene, "lead_other", "author_other")

        withdraw_share(given, by=scene.rows.chair)
        check_ended(scene, "author_other", shown)


def test_a_role_that_ended(scene, walked):
    with for_now():
        end_role(scene.rows.holder, by=scene.rows.coordinator)

        check(scene, "author_own", "officer_own")


def record(scene, name, *, part):
    """A conflict of interest of somebody of the scene."""
    user, one = scene.people[name].user, scene.rows.one
    member = one.panel.filter(user=user).first() or PanelMemberFactory(review=one, user=user)
    return record_conflict(
        member,
        key=uuid.uuid4(),
        nature="Worked there",
        declared_on=timezone.localdate(),
        participation=part,
        by=None,
    )


@pytest.mark.parametrize("name", ["chair", "coordinator", "panel"])
def test_a_conflict_with_one_agency_and_its_end(name, scene, walked):
    with for_now():
        if name == "panel":
            for material in Material:
                shared(scene, material, Role.PANEL_MEMBER)
        conflict = record(scene, name, part=scene.rows.theirs.part)
        check(scene, name)

        end_conflict(conflict, on=timezone.localdate(), because="Left that post", by=None)
        check(scene, name)


@pytest.mark.parametrize("name", ["chair", "panel", "lead_own"])
def test_a_conflict_with_the_whole_review(name, scene, walked):
    with for_now():
        if name == "panel":
            for material in Material:
                shared(scene, material, Role.PANEL_MEMBER)
        record(scene, name, part=None)

        check(scene, name)


def test_a_review_that_reached_the_home_office(scene, walked):
    with for_now():
        set_stage(scene.rows.one, stage="quality_assurance", by=scene.rows.coordinator)

        check(scene, "home_office_before")


def test_an_account_that_was_closed(scene, walked):
    person = scene.people["officer_own"]
    with for_now():
        type(person.user).objects.filter(pk=person.user.pk).update(is_active=False)

        assert set().union(*scene.sweep(person).values()) == set()


def test_two_agencies_that_became_one(scene, walked):
    rows, tags = scene.rows, dict(scene.canary.tags)
    old, kept = rows.theirs.part.agency, rows.third.part.agency
    with for_now():
        merge_agencies(old, into=kept, by=rows.coordinator)
        scene.canary.merge(old.pk, kept.pk)
        rows.theirs.part.agency_id, addresses = kept.pk, set(scene.addresses)
        try:
            scene.walk(scene.people["author_other"])  # to pages that nobody met before
            check(scene, "author_other", "lead_other", "chair")
        finally:
            scene.canary.tags, scene.addresses = tags, addresses
            rows.theirs.part.agency_id = old.pk


# --- Where words could slip out besides pages ---------------------------------------------------


def test_searching_for_what_is_hidden_finds_what_nothing_finds(scene):
    person, rows = scene.people["author_own"], scene.rows
    hidden = _token(scene, "chronologies.entry.text", rows.theirs.part.agency_id)
    url = reverse("chronologies:chronology", args=[rows.one.reference, rows.ours.part.pk])

    found, _ = scene.read(person, url, data={"words": hidden})
    nothing, _ = scene.read(person, url, data={"words": "zq99999x"})

    assert plain(found.replace(hidden, "zq99999x")) == plain(nothing)


@pytest.mark.parametrize(
    "name", ["actionplans:plan", "chronologies:combined", "chronologies:timeline"]
)
def test_filtering_by_an_agency_that_is_hidden_tells_nothing(name, scene):
    person, rows = scene.people["author_other"], scene.rows
    url, hidden = reverse(name, args=[rows.one.reference]), str(rows.third.part.pk)
    with for_now():
        shared(scene, Material.CHRONOLOGY, Role.IMR_AUTHOR, whose=rows.ours.part)

        found, _ = scene.read(person, url, data={"agency": hidden, "place": hidden})
        nothing, _ = scene.read(person, url, data={"agency": "98765", "place": "98765"})

    assert plain(re.sub(rf"\b{hidden}\b", "98765", found)) == plain(
        re.sub(rf"\b{hidden}\b", "98765", nothing)
    )


def _token(scene, path, agency):
    return next(
        token
        for token, tag in scene.canary.tags.items()
        if tag.path == path and agency in tag.places and tag.review == scene.rows.one.reference
    )


def plain(text):
    """A page without what differs from one request to the next."""
    text = re.sub(r"X-Request-ID: \w+|Request ID: \w+", "", text)
    text = re.sub(r"(Set-Cookie|Expires|Content-Length): [^\n]+", "", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)


def test_logs_mail_jobs_and_the_trail_hold_no_words(scene, walked, caplog):
    rows, canary = scene.rows, scene.canary
    public = {token for token, tag in canary.tags.items() if tag.kind in {"agency", "partnership"}}
    with for_now(), caplog.at_level(logging.DEBUG):
        person = scene.people["coordinator"]
        for name in ("coordinator", "author_own", "stranger"):
            scene.sweep(scene.people[name], quick=True)
        given = shared(scene, Material.CHRONOLOGY, Role.PANEL_MEMBER, whose=rows.ours.part)
        withdraw_share(given, by=rows.chair)
        end_role(rows.holder, by=rows.coordinator)
        person.client.post(
            reverse("reviews:invite", args=[rows.one.reference]),
            {"email": "new@agency.example", "role": "panel_member"},
        )
        for message in Message.objects.filter(state="queued"):
            deliver(message.pk)
        logged = "\n".join(f"{r.getMessage()} {r.__dict__}" for r in caplog.records)
        trail = _words_of("audit_event")
        jobs = _words_of("post_job")
        messages = _words_of("post_message")
        letters = "\n".join(f"{m.subject} {m.body} {m.extra_headers}" for m in mail.outbox)

    assert canary.seen_in(logged) - public == set()
    assert canary.seen_in(trail) - public == set()
    assert canary.seen_in(jobs) == set()
    assert canary.seen_in(messages + letters) == set()
    assert rows.one.reference not in letters + messages


def _words_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"select string_agg(t::text, E'\\n') from {table} t")  # noqa: S608
        return cursor.fetchone()[0] or ""


def test_what_is_sealed_stands_nowhere_in_the_clear(scene, walked):
    """Neither in a table (files, queue, cache and trail are tables too) nor in what was exported."""
    sealed = {token for token, tag in scene.canary.tags.items() if tag.kind == "sealed"}
    in_clear = {
        token: table
        for table in connection.introspection.table_names()
        for token in _tokens_in(_words_of(table), scene.canary.tags)
    }

    assert len(sealed) > 20
    assert {table: token for token, table in in_clear.items() if token in sealed} == {}
    assert {tag.kind for token, tag in scene.canary.tags.items() if token not in in_clear} <= {
        "sealed",
        # Words of files, and what was found in them, which are sealed with the key of their review.
        *("file", "plan", "plan file", "query", "report led", "submission", "submission draft"),
    }


def _tokens_in(words, tokens):
    """As text, and as PostgreSQL writes bytes."""
    return {token for token in tokens if token in words or token.encode().hex() in words}


def test_files_have_no_address_of_their_own(scene, walked):
    stored = set(StoredFile.objects.values_list("name", flat=True))

    assert [url for url in scene.addresses if any(name in url for name in stored)] == []
    assert [url for url in scene.addresses if scene.canary.seen_in(url)] == []
