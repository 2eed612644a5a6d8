"""One version is shared by itself, ends at once, and a hold of a proceeding stands before it."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from chronologies import exports, services
from reviews.models import Share
from reviews.proceedings.models import Stops
from reviews.rules import Role
from reviews.services import share, withdraw_share
from reviews.submissions.models import Passage, Submission, SubmissionFile
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_proceedings import ProceedingFactory, hold, release
from tests.factories.reviews_submissions import handed_in, sent
from tests.reviews.submissions.test_versions import next_of, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def chair(part, client):
    user = with_role(Role.CHAIR, part.review)
    client.force_login(user)
    return user


@pytest.fixture
def panel(part):
    return with_role(Role.PANEL_MEMBER, part.review)


@pytest.fixture
def trial(part):
    return ProceedingFactory(review=part.review)


def shared(submission, by, *, role=Role.PANEL_MEMBER, **more):
    return share(
        submission.review,
        material="submission",
        submission=submission,
        with_role=role,
        by=by,
        **more,
    )


def again(user):
    """The same person in their next request."""
    return type(user).objects.get(pk=user.pk)


def sees(user, submission):
    user = again(user)
    rows = (
        Submission.objects.filter(pk=submission.pk),
        SubmissionFile.objects.filter(submission=submission),
        Passage.objects.filter(file__submission=submission),
    )
    found = {model.visible_to(user).exists() for model in rows}
    assert len(found) == 1
    return found.pop()


def stops_sharing(trial, **more):
    return hold(trial, "sharing", starts_on=timezone.localdate() - timedelta(days=3), **more)


# --- By the chair ---------------------------------------------------------------------------------


def test_the_page_of_a_version_leads_to_sharing_it(part, chair, panel, client):
    submission = sent(part)
    form = reverse("reviews:share-create", args=[part.review.reference])

    assert "Share this version" in words(client.get(page(submission)))
    offered = client.get(f"{form}?submission={submission.pk}").content.decode()
    assert f'value="{submission.pk}" selected' in offered
    response = client.post(
        form,
        {"material": "submission", "submission": submission.pk, "with_role": "panel_member"},
        follow=True,
    )

    assert "Shared. It took effect at once." in words(response)
    assert sees(panel, submission)
    assert "Panel member, without a last day" in words(client.get(page(submission)))


@pytest.mark.parametrize("asked", ["x", "", "99999999999999999999", "7"])
def test_a_version_that_is_none_is_not_offered(asked, part, chair, client):
    url = reverse("reviews:share-create", args=[part.review.reference])

    assert client.get(url, {"submission": asked}).status_code == 200


def test_a_form_that_says_too_little_or_too_much_is_refused(part, chair, client):
    submission = sent(part)
    url = reverse("reviews:share-create", args=[part.review.reference])
    for form, said in (
        ({"material": "submission"}, "Choose which version"),
        ({"material": "chronology", "submission": submission.pk}, "Choose “None”"),
        ({"material": "submission", "submission": sent().pk}, "Select a valid choice"),
    ):
        response = client.post(url, form | {"with_role": "panel_member"})
        assert (response.status_code, said in words(response)) == (422, True), form
    assert not Share.objects.exists()


def test_what_waits_inside_an_agency_cannot_be_shared(part, chair):
    with pytest.raises(ValidationError, match="Only a version that was sent"):
        shared(handed_in(part), chair)


def test_a_new_version_is_not_shared_by_itself(part, chair, panel, client):
    first = sent(part)
    shared(first, chair)
    second = next_of(first, "More")
    said = "Version 2 has come; shared is version 1."

    assert (sees(panel, first), sees(panel, second)) == (True, False)
    assert said in words(client.get(page(first)))
    assert said in words(client.get(reverse("reviews:share-list", args=[part.review.reference])))
    client.force_login(panel)
    assert "ersion 2" not in words(client.get(page(first)))


def test_with_people_of_one_agency_until_a_day(part, chair):
    other, third = (ParticipationFactory(review=part.review) for _ in range(2))
    near, far = (with_role(Role.IMR_AUTHOR, part.review, one) for one in (other, third))
    submission = sent(part)
    given = shared(
        submission,
        chair,
        role=Role.IMR_AUTHOR,
        with_participation=other,
        until=timezone.localdate(),
    )

    assert (sees(near, submission), sees(far, submission)) == (True, False)
    Share.objects.filter(pk=given.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert not sees(near, submission)


# --- From the other side --------------------------------------------------------------------------


def test_what_is_shared_stands_on_their_pages_until_it_ends(part, chair, panel, client):
    submission = sent(part)
    given = shared(submission, chair)
    client.force_login(panel)
    addresses = [
        page(submission),
        page(submission, "changes"),
        page(submission, "download", submission.main.pk),
    ]

    assert "Shared with you to read" in words(client.get("/"))
    assert "Shared with you to read" in words(client.get(part.review.get_absolute_url()))
    assert [client.get(url).status_code for url in addresses] == [200, 200, 200]

    withdraw_share(given, by=chair)

    assert "Shared with you" not in words(client.get("/"))
    assert "Shared with you" not in words(client.get(part.review.get_absolute_url()))
    assert [client.get(url).status_code for url in addresses] == [404, 404, 404]


def test_ones_own_and_what_one_leads_is_not_said_to_be_shared(part, chair, client):
    submission = sent(part)
    shared(submission, chair, role=Role.IMR_AUTHOR)
    client.force_login(with_role(Role.IMR_AUTHOR, part.review, part))

    assert "Shared with you" not in words(client.get("/"))
    client.force_login(chair)
    assert "Shared with you" not in words(client.get("/"))


# --- A hold of a proceeding -----------------------------------------------------------------------


@pytest.mark.parametrize("material", ["submission", "chronology"])
def test_a_hold_refuses_a_share_with_its_sentence_beside_the_field(
    material, part, chair, trial, client
):
    submission = sent(part)
    one = stops_sharing(trial)
    form = {"material": material, "with_role": "panel_member"}
    if material == "submission":
        form["submission"] = submission.pk

    response = client.post(reverse("reviews:share-create", args=[part.review.reference]), form)

    assert response.status_code == 422
    assert one.sentence in response.context["form"].errors["material"]
    assert not Share.objects.exists()


def test_a_hold_stops_no_action_plan(part, chair, trial):
    stops_sharing(trial)

    share(part.review, material="action_plan", with_role=Role.PANEL_MEMBER, by=chair)

    assert Share.objects.count() == 1


@pytest.mark.parametrize("other", ["publication", "family", "staff"])
def test_another_hold_stops_no_sharing(other, part, chair, panel, trial):
    submission = sent(part)
    hold(trial, other, starts_on=timezone.localdate())

    shared(submission, chair)

    assert sees(panel, submission)


def test_what_was_shared_is_out_of_reach_while_a_hold_is_in_force(
    part, chair, panel, trial, client
):
    submission = sent(part)
    EntryFactory(participation=part, review=part.review)
    shared(submission, chair)
    share(part.review, material="chronology", with_role=Role.PANEL_MEMBER, by=chair)
    combined = reverse("chronologies:combined", args=[part.review.reference])
    client.force_login(panel)
    before = client.get(combined).status_code, client.get(page(submission)).status_code
    one = stops_sharing(trial)

    during = client.get(combined).status_code, client.get(page(submission)).status_code
    client.force_login(chair)
    said = words(client.get(reverse("reviews:share-list", args=[part.review.reference])))
    of_version = words(client.get(page(submission)))
    release(one, on=timezone.localdate())
    client.force_login(panel)
    after = client.get(combined).status_code, client.get(page(submission)).status_code

    assert (before, during, after) == ((200, 200), (403, 404), (200, 200))
    assert said.count("On hold") == 2
    assert "While sharing is on hold" in said
    assert "nobody below can read it" in of_version
    assert "Share this version" not in of_version


def test_a_hold_counts_from_its_first_to_its_last_day(part, chair, panel, trial):
    submission, today = sent(part), timezone.localdate()
    shared(submission, chair)
    one = hold(trial, Stops.SHARING, starts_on=today, last_day=today)

    def with_days(starts_on, last_day):
        type(one).objects.filter(pk=one.pk).update(starts_on=starts_on, last_day=last_day)
        return sees(panel, submission)

    day = timedelta(days=1)
    assert not sees(panel, submission)
    assert with_days(today - day, today - day)
    assert with_days(today + day, today + day)
    assert not with_days(today - day, None)


def test_a_hold_of_another_review_stops_nothing_here(part, chair, panel):
    submission = sent(part)
    shared(submission, chair)
    stops_sharing(ProceedingFactory())

    assert sees(panel, submission)


# --- What a worker has still to do, and what it did -----------------------------------------------


def asked_for_export(part, by):
    return services.ask_for_export(part.review, format_="xlsx", chosen={}, by=by, key=uuid.uuid4())


@pytest.fixture
def shared_chronology(part, chair, panel):
    EntryFactory(participation=part, review=part.review, text="Seen at home", on="2011")
    return share(part.review, material="chronology", with_role=Role.PANEL_MEMBER, by=chair)


@pytest.mark.parametrize("how", ["the share ends", "a hold begins"])
def test_a_queued_export_writes_only_what_may_be_seen_when_it_runs(
    how, part, chair, panel, trial, shared_chronology
):
    export = asked_for_export(part, panel)
    if how == "the share ends":
        withdraw_share(shared_chronology, by=chair)
    else:
        stops_sharing(trial)

    made = exports.make(part.review, again(export.by), format_="xlsx", chosen={})

    assert (made.rows, made.places) == (0, [])


@pytest.mark.parametrize("how", ["the share ends", "a hold begins"])
def test_an_export_that_was_made_is_not_fetched_afterwards(
    how, part, chair, panel, trial, shared_chronology, client
):
    export = asked_for_export(part, panel)
    made = exports.make(part.review, again(panel), format_="xlsx", chosen={})
    services.keep_export(export.pk, made)
    client.force_login(panel)
    url = reverse("chronologies:export-file", args=[part.review.reference, export.pk])
    before = client.get(url).status_code

    if how == "the share ends":
        withdraw_share(shared_chronology, by=chair)
    else:
        stops_sharing(trial)

    assert (before, made.rows) == (200, 1)
    assert client.get(url).status_code == 403


def test_somebody_who_is_nobody_here_sees_nothing_whatever_is_shared(part, chair):
    submission = sent(part)
    for role in (Role.PANEL_MEMBER, Role.IMR_AUTHOR, Role.ACTION_LEAD):
        shared(submission, chair, role=role)

    assert not sees(UserFactory(), submission)
    assert not sees(with_role(Role.BOARD_READER, part.review), submission)
    assert not sees(with_role(Role.PANEL_MEMBER, ParticipationFactory().review), submission)
