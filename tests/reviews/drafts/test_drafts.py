import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.services import close_account
from audit.models import Event
from chronologies.models import Entry
from foundations.vault.rotation import rotate
from reviews.drafts.models import Draft
from reviews.drafts.services import MOST, drop_old
from reviews.models import Review, RoleHolder
from reviews.rules import Role
from reviews.services import end_role
from reviews.tasks import tidy
from tests.conftest import with_role
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_intake import UrgentConcernFactory
from tests.factories.reviews_letters import draft_letter

pytestmark = pytest.mark.django_db
WORDS = "Zara telephoned twice and nobody wrote it down"
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def part():
    return ParticipationFactory(review=ReviewFactory())


@pytest.fixture
def author(part, client):
    user = with_role(Role.IMR_AUTHOR, part.review, part)
    client.force_login(user)
    return user


@pytest.fixture
def url(part):
    return reverse("chronologies:entry-add", args=[part.review.reference, part.pk])


def keep(client, url, **words):
    return client.post(url, {"text": WORDS, "_draft": "keep"} | words, headers=FRAGMENT)


def token(client, url):
    return re.search(r'name="_draft_of" value="([^"]+)"', client.get(url).content.decode())[1]


def test_what_is_typed_is_kept_and_offered(client, url, author):
    kept = keep(client, url, date_day="12", date_month="5", date_year="1985")
    offered, used = client.get(url), client.get(url, {"_draft": "use"})

    assert (kept.status_code, Entry.objects.count()) == (200, 0)
    assert "Kept for you at" in kept.content.decode()
    assert "You have unsaved words" in offered.content.decode()
    assert offered.context["form"]["text"].value() in (None, "")
    assert used.context["form"]["text"].value() == WORDS
    assert 'value="1985"' in used.content.decode()
    assert not used.context["form"].errors


def test_a_form_that_is_saved_needs_no_draft(client, url, author):
    keep(client, url)

    client.post(url, {"text": WORDS, "key": uuid.uuid4()})

    assert (Entry.objects.count(), Draft.objects.count()) == (1, 0)


def test_a_form_that_is_refused_keeps_its_draft(client, url, author):
    keep(client, url)

    assert client.post(url, {"text": "", "key": uuid.uuid4()}).status_code == 422
    assert Draft.objects.count() == 1


def test_words_are_thrown_away_on_asking(client, url, author):
    keep(client, url)

    response = client.post(url, {"_draft": "drop"})

    assert response["Location"] == url
    assert not Draft.objects.exists()


def test_the_newest_words_replace_the_older(client, url, author):
    keep(client, url)
    keep(client, url, text="Other words")

    assert Draft.objects.get().fields["text"] == ["Other words"]


def test_neither_keys_nor_passwords_are_words(client, url, author):
    keep(client, url, key="1", csrfmiddlewaretoken="2", password="three random words")

    assert set(Draft.objects.get().fields) == {"text"}


def test_a_draft_is_sealed_and_survives_new_keys(client, url, author):
    keep(client, url)

    with connection.cursor() as cursor:
        cursor.execute("select d::text from reviews_draft d")
        assert "Zara" not in cursor.fetchone()[0]
    rotate(renew_data_keys=True)
    assert Draft.objects.get().fields["text"] == [WORDS]


def test_words_of_every_script_are_as_long_as_they_are(client, url, author):
    text = "اردو " * 10_000

    kept = keep(client, url, text=text)

    assert "Kept for you at" in kept.content.decode()
    assert Draft.objects.get().fields["text"] == [text]


def test_neither_trail_nor_log_says_a_word_of_it(client, url, author, caplog):
    before = Event.objects.count()

    keep(client, url)

    assert Event.objects.count() == before
    assert "Zara" not in caplog.text


def test_what_is_too_long_is_said_and_the_older_words_stay(client, url, author):
    keep(client, url)

    response = keep(client, url, text="x" * MOST)

    assert "too long" in response.content.decode()
    assert Draft.objects.get().fields["text"] == [WORDS]


# --- For its writer alone -----------------------------------------------------------------------


def test_nobody_else_sees_it(client, url, author, part):
    keep(client, url)
    for role in (Role.SIGN_OFF_OFFICER, Role.IMR_AUTHOR):
        client.force_login(with_role(role, part.review, part))
        assert "Zara" not in client.get(url, {"_draft": "use"}).content.decode()
    client.force_login(with_role(Role.COORDINATOR, part.review))
    assert "Zara" not in client.get(url, {"_draft": "use"}).content.decode()


def test_whoever_may_not_send_the_form_keeps_nothing_there(client, url, part):
    client.force_login(with_role(Role.PANEL_MEMBER, part.review))
    assert keep(client, url).status_code == 404
    client.force_login(with_role(Role.CHAIR, part.review))
    assert keep(client, url).status_code == 403

    assert not Draft.objects.exists()


def test_an_ended_review_keeps_nothing(client, url, author, part):
    Review.objects.filter(pk=part.review.pk).update(state="closed")

    assert keep(client, url).status_code == 409
    assert not Draft.objects.exists()


def test_who_has_lost_their_role_has_lost_the_form(client, url, author):
    keep(client, url)
    end_role(RoleHolder.objects.get(), by=None)

    assert client.get(url, {"_draft": "use"}).status_code == 404
    assert not Draft.objects.visible_to(type(author).objects.get(pk=author.pk)).exists()


# --- A session that ended -----------------------------------------------------------------------


def sent(client, url, said, **more):
    return client.post(url, {"text": WORDS, "_draft_of": said, "key": uuid.uuid4()} | more)


def test_words_sent_after_the_session_ended_wait_behind_the_sign_in(client, url, author):
    author.set_password("three random words")
    author.save()
    client.force_login(author)
    said = token(client, url)
    client.session.flush()

    response = sent(client, url, said)

    assert response["Location"] == f"/account/sign-in/?next={url}%3F_draft%3Duse"
    assert Entry.objects.count() == 0
    signed_in = client.post(
        response["Location"],
        {"login": author.email, "password": "three random words", "next": f"{url}?_draft=use"},
    )
    back = client.get(signed_in["Location"])
    assert back.context["form"]["text"].value() == WORDS


def test_somebody_else_who_signs_in_finds_an_empty_form(client, url, author, part):
    said = token(client, url)
    client.logout()
    sent(client, url, said)

    client.force_login(with_role(Role.IMR_AUTHOR, part.review, part))

    assert client.get(url, {"_draft": "use"}).context["form"]["text"].value() in (None, "")


def test_whoever_is_still_typing_stays_on_the_page(client, url, author):
    said = token(client, url)
    client.logout()

    response = keep(client, url, _draft_of=said)

    assert response.status_code == 200
    assert "You have been signed out" in response.content.decode()
    assert Draft.objects.get().user == author


def refused(client, url, said):
    response = sent(client, url, said)
    assert response["Location"] == f"/account/sign-in/?next={url}"
    assert not Draft.objects.exists()


def test_without_the_token_nothing_is_kept(client, url, author):
    said = token(client, url)
    client.logout()

    refused(client, url, "")
    refused(client, url, said[:-1] + ("a" if said[-1] != "a" else "b"))


def test_a_token_is_for_one_form(client, url, author, part):
    other = ParticipationFactory(review=part.review)
    said = token(client, url)
    client.logout()

    refused(client, reverse("chronologies:entry-add", args=[part.review.reference, other.pk]), said)


def test_a_token_ends_after_a_week(client, url, author):
    said = token(client, url)
    client.logout()

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        refused(client, url, said)


def test_nothing_is_kept_for_a_closed_account_or_one_without_a_role(client, url, author):
    said = token(client, url)
    client.logout()
    end_role(RoleHolder.objects.get(), by=None)
    refused(client, url, said)
    close_account(author, by=None)
    refused(client, url, said)


def test_a_page_older_than_the_last_sign_in_loses_nothing(url, author):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    said = token(client, url)

    response = sent(client, url, said, csrfmiddlewaretoken="stale")
    back = client.get(response["Location"])

    assert response["Location"] == f"{url}?_draft=use"
    assert back.context["form"]["text"].value() == WORDS
    assert not Entry.objects.exists()


def test_a_forged_form_is_refused_as_before(url, author):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)

    assert client.post(url, {"text": WORDS}).status_code == 403
    assert not Draft.objects.exists()


# --- What changed meanwhile ---------------------------------------------------------------------


def test_words_of_an_entry_that_somebody_else_changed_first_are_kept(client, author, part):
    entry = EntryFactory(participation=part, review=part.review, created_by=author)
    url = reverse("chronologies:entry-change", args=[part.review.reference, entry.pk])

    client.post(url, {"text": WORDS, "seen": entry.versions.count() + 1})
    back = client.get(url, {"_draft": "use"})

    assert back.context["form"]["text"].value() == WORDS
    assert "Somebody changed this" in back.content.decode()
    assert back.context["form"]["seen"].value() == str(entry.versions.count())


def test_the_row_that_is_changed_in_place_offers_them_too(client, author, part):
    entry = EntryFactory(participation=part, review=part.review, created_by=author)
    url = reverse("chronologies:entry-change", args=[part.review.reference, entry.pk])
    keep(client, url)

    row = client.get(url, headers=FRAGMENT).content.decode()
    client.post(url, {"text": WORDS, "seen": entry.versions.count()}, headers=FRAGMENT)

    assert "You have unsaved words" in row
    assert not Draft.objects.exists()


# --- Every form of the kind -----------------------------------------------------------------------

LONG = {
    "letter": ("letter-change", "text", lambda review: [draft_letter(review).pk]),
    "concern": ("concern-raise", "text", lambda review: []),
    "end of a concern": (
        "concern-close",
        "closing",
        lambda review: [UrgentConcernFactory(review=review).pk],
    ),
    "decision": ("decision-create", "reasons", lambda review: []),
    "circumstances": ("circumstances", "consent_note", lambda review: []),
}


@pytest.mark.parametrize("name", LONG)
def test_long_words_are_kept_and_used_again(name, client, part, sign_in):
    page, field, rows = LONG[name]
    sign_in(Role.COORDINATOR, part.review)
    url = reverse(f"reviews:{page}", args=[part.review.reference, *rows(part.review)])
    assert token(client, url)

    kept = keep(client, url, **{field: WORDS})
    offered = client.get(url).content.decode()
    used = client.get(url, {"_draft": "use"})

    assert kept.status_code == 200
    assert "You have unsaved words here" in offered
    assert used.context["form"][field].value() == WORDS


# --- Until when ---------------------------------------------------------------------------------


def test_drafts_end_after_thirty_days(client, url, author):
    keep(client, url)
    assert drop_old(at=timezone.now() + timedelta(days=30, hours=-1)) == 0

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        tidy()

    assert not Draft.objects.exists()
