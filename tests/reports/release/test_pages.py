"""The register of a review, a set of it, and what each of those who read it finds there."""

import hashlib
import uuid

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from desk.board import rows_of
from desk.released import to_take_down
from reports.leaks.deciding import scan_of
from reports.models import Handed, PlanMark, Release, Released, Side
from reports.release import around, services
from reviews.lifecycle.ended import sentence
from reviews.models import Review
from reviews.proceedings.models import Stops
from reviews.rules import Role, Stage, State
from reviews.services import appoint
from tests.conftest import with_role
from tests.factories.reports_release import (
    ADDRESS,
    again,
    final,
    in_days,
    proposed,
    published,
    signed_by,
    signed_off,
    written,
)
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory
from tests.factories.reviews_people import IdentityFactory
from tests.factories.reviews_proceedings import ProceedingFactory, hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory(stage=Stage.QUALITY_ASSURANCE)


def to(name, release, *more):
    return reverse(f"reports:release-{name}", args=[release.review.reference, release.pk, *more])


def register(review):
    return reverse("reports:release-list", args=[review.reference])


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def text_of(client, url):
    return " ".join(client.get(url).content.decode().split())


def test_where_no_version_can_leave_the_page_says_where_one_is_made(client, sign_in, review):
    sign_in(Role.CHAIR, review)

    response = client.get(reverse("reports:release-propose", args=[review.reference]), follow=True)

    assert response.redirect_chain == [
        (reverse("reports:document-list", args=[review.reference]), 302)
    ]
    assert "There is no final, anonymised version" in response.content.decode()


def test_a_set_goes_from_its_proposal_to_the_register(client, sign_in, review):
    chair = sign_in(Role.CHAIR, review)
    version = final(written(review, chair), chair)
    propose = reverse("reports:release-propose", args=[review.reference])
    assert "Executive summary, version 1, Web page" in text_of(client, propose)

    client.post(
        propose,
        {"renderings": [version.pk], "key": uuid.uuid4()} | day("not_before", in_days(0)),
    )
    release = Release.objects.get(review=review)
    signing = {"agreed_by": "The panel", "has_read": "on", "seen": release.digest}
    client.post(to("step", release, "sign-off"), signing | {"key": uuid.uuid4()})
    sign_in(Role.COORDINATOR, review)
    client.post(to("step", release, "sign-off"), signing | {"key": uuid.uuid4()})
    sooner = {"reason": "All were told", "agreed_by": "The board", "key": uuid.uuid4()}
    client.post(to("step", release, "first-day"), sooner | day("to", in_days(0)))
    said = {"title": "Learning from a death", "addresses": f"{ADDRESS}\n{ADDRESS}/summary"}
    client.post(
        to("step", release, "publish"), said | {"key": uuid.uuid4()} | day("on", in_days(0))
    )

    assert again(release).state == Released.PUBLISHED
    page = text_of(client, register(review))
    assert "“Learning from a death”, from" in page
    page = text_of(client, to("detail", release))
    assert version.sha256 in page
    assert f"{ADDRESS}/summary" in page


def test_a_set_that_is_refused_leads_to_where_its_hits_are_decided(client, sign_in, review):
    chair = sign_in(Role.CHAIR, review)
    version = final(written(review, chair, text="She rang quillfeather again."), chair)
    person = PersonFactory(review=review, pseudonym="FA 1")
    IdentityFactory(review=review, person=person, names=["Anna Quillfeather"])
    said = {"renderings": [version.pk], "key": uuid.uuid4()} | day("not_before", in_days(0))

    response = client.post(reverse("reports:release-propose", args=[review.reference]), said)

    assert response.status_code == 422
    assert f'href="{scan_of(version).get_absolute_url()}"' in response.content.decode()


def test_what_is_downloaded_is_what_was_released(client, sign_in, review):
    release = published(review)
    file = release.files.get()
    sign_in(Role.BOARD_READER, review)

    response = client.get(to("file", release, file.pk))

    assert hashlib.sha256(response.content).hexdigest() == file.sha256
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("role", [Role.BOARD_READER, Role.PANEL_MEMBER])
def test_readers_find_what_was_published_and_nothing_before(role, client, sign_in, review):
    waiting, signed, out = proposed(review), signed_off(review), published(review)
    sign_in(role, review)

    found = {one: client.get(to("detail", one)).status_code for one in (waiting, signed, out)}

    assert found == {waiting: 404, signed: 404, out: 200}
    page = text_of(client, register(review))
    assert (str(out) in page, str(signed) in page) == (True, False)


def test_an_agency_reads_the_register_without_who_was_given_what(client, sign_in, review):
    part, out = ParticipationFactory(review=review), published(review)
    sign_in(Role.IMR_AUTHOR, review, part)

    page = text_of(client, to("detail", out))

    assert ADDRESS in page
    assert "Plan for publication day" not in page
    assert "The board" not in page
    assert "What can be done" not in page


def test_the_home_office_reads_what_was_signed_off(client, sign_in, review):
    waiting, signed = proposed(review), signed_off(review)
    sign_in(Role.HOME_OFFICE_READER, review)

    assert client.get(to("detail", signed)).status_code == 200
    assert client.get(to("detail", waiting)).status_code == 404


def test_what_was_withdrawn_is_told_without_its_files(client, sign_in, review):
    release = published(review)
    file = release.files.get()
    sign_in(Role.COORDINATOR, review)
    said = {"reason": "It named a school", "done": "Everybody was told", "key": uuid.uuid4()}
    client.post(to("after", release, "withdraw"), said | day("on", in_days(0)))
    assert client.get(to("file", release, file.pk)).status_code == 200

    sign_in(Role.BOARD_READER, review)

    assert client.get(to("file", release, file.pk)).status_code == 404
    page = text_of(client, to("detail", release))
    assert "Withdrawn on" in page
    assert "It named a school" not in page


@pytest.mark.parametrize("where", ["list", "detail"])
def test_what_was_withdrawn_is_named_to_its_leaders_alone(where, client, sign_in, review):
    release = published(review)
    coordinator = sign_in(Role.COORDINATOR, review)
    services.withdraw(
        release, on=in_days(0), reason="A name", done="All told", by=coordinator, key=uuid.uuid4()
    )
    url = register(review) if where == "list" else to("detail", release)
    told = ["What we learnt", "Learning from a death"] + [ADDRESS] * (where == "detail")
    led = text_of(client, url)
    sign_in(Role.IMR_AUTHOR, review, ParticipationFactory(review=review))

    page = text_of(client, url)

    assert [words for words in told if words not in led] == []
    assert [words for words in told if words in page] == []
    assert "by the leaders of the review" in page


def test_only_the_partnership_publishes(client, sign_in, review):
    release = signed_off(review)
    sign_in(Role.CHAIR, review)

    assert client.get(to("step", release, "publish")).status_code == 403
    assert "Record that it is published" not in text_of(client, to("detail", release))


def test_a_step_that_cannot_be_done_now_leads_back(client, sign_in, review):
    release = proposed(review)
    sign_in(Role.COORDINATOR, review)

    response = client.get(to("step", release, "publish"), follow=True)

    assert "This cannot be done now: waiting for sign-off." in response.content.decode()


def test_a_step_that_nobody_knows_is_no_page(client, sign_in, review):
    release = proposed(review)
    sign_in(Role.CHAIR, review)

    assert client.get(to("step", release, "destroy")).status_code == 404


def test_who_signed_one_side_is_told_that_it_takes_another(client, sign_in, review):
    release = proposed(review)
    chair = sign_in(Role.CHAIR, review)
    signed_by(release, Side.CHAIR, chair)
    appoint(user=chair, role=Role.COORDINATOR, partnership=review.partnership, by=None)
    said = {"agreed_by": "The board", "has_read": "on", "seen": release.digest}

    response = client.post(to("step", release, "sign-off"), said | {"key": uuid.uuid4()})

    assert response.status_code == 422
    assert "two different people" in response.content.decode()


def test_a_hold_stands_on_the_page_and_keeps_what_was_typed(client, sign_in, review):
    release = proposed(review)
    hold(ProceedingFactory(review=review), Stops.PUBLICATION)
    sign_in(Role.CHAIR, review)
    said = {"agreed_by": "The panel of May", "has_read": "on", "seen": release.digest}

    response = client.post(to("step", release, "sign-off"), said | {"key": uuid.uuid4()})

    assert response.status_code == 422
    assert "The panel of May" in response.content.decode()
    assert "A hold stops publication" in text_of(client, to("detail", release))


def links(client, release):
    page = text_of(client, to("detail", release))
    return {one for one in ("sign-off", "publish") if to("step", release, one) in page}


def test_nothing_is_offered_that_a_hold_stops(client, sign_in, review):
    waiting, signed = proposed(review), signed_off(review)
    proceeding = ProceedingFactory(review=review)
    sign_in(Role.COORDINATOR, review)
    before = links(client, waiting), links(client, signed), text_of(client, "/")
    hold(proceeding, Stops.PUBLICATION)

    after = links(client, waiting), links(client, signed), text_of(client, "/")

    assert before[:2] == ({"sign-off"}, {"publish"})
    assert after[:2] == (set(), set())
    assert f"{waiting}: to be signed off" in before[2]
    assert f"{waiting}: to be signed off" not in after[2]


def test_who_has_signed_is_not_offered_it_again(client, sign_in, review):
    release = proposed(review)
    chair = sign_in(Role.CHAIR, review)
    assert links(client, release) == {"sign-off"}

    signed_by(release, Side.CHAIR, chair)

    assert links(client, release) == set()
    page = client.get(to("step", release, "sign-off"), follow=True).content.decode()
    assert "You have signed it off already" in page


def test_a_set_that_was_called_off_says_nothing_of_a_hold(client, sign_in, review):
    release = proposed(review)
    chair = sign_in(Role.CHAIR, review)
    hold(ProceedingFactory(review=review), Stops.PUBLICATION)
    services.call_off(release, reason="Too early", by=chair, key=uuid.uuid4())

    assert "A hold stops publication" not in text_of(client, to("detail", release))


def test_who_publishes_reads_what_of_the_plan_is_not_done(client, sign_in, review):
    release = signed_off(review)
    coordinator = sign_in(Role.COORDINATOR, review)
    done, *others = release.plan.all()
    said = {"what": PlanMark.What.DONE, "on": in_days(0), "key": uuid.uuid4()}
    around.mark(done, by=coordinator, **said)

    left = client.get(to("step", release, "publish")).context["left"]

    assert left == others
    assert others[0].what in text_of(client, to("step", release, "publish"))


def test_a_set_of_people_with_names_is_published_at_an_address_without_one(client, sign_in, review):
    person = PersonFactory(review=review, pseudonym="Adult B")
    IdentityFactory(person=person, names=["Isaura Bellweather"])
    release = signed_off(review)
    sign_in(Role.COORDINATOR, review)
    said = {"title": "Learning", "key": uuid.uuid4()} | day("on", in_days(0))
    to_publish = to("step", release, "publish")

    named = client.post(to_publish, said | {"addresses": f"{ADDRESS}\n{ADDRESS}/bellweather"})
    assert (named.status_code, again(release).state) == (422, Released.SIGNED_OFF)
    assert "Adult B" in named.content.decode()

    client.post(to_publish, said | {"addresses": ADDRESS})
    assert again(release).state == Released.PUBLISHED


@pytest.mark.parametrize("address", ["javascript:alert(1)", "council.example", "https://"])
def test_an_address_must_be_one(address, client, sign_in, review):
    release = signed_off(review)
    sign_in(Role.COORDINATOR, review)
    said = {"title": "Learning", "addresses": address, "key": uuid.uuid4()}

    response = client.post(to("step", release, "publish"), said | day("on", in_days(0)))

    assert response.status_code == 422
    assert "Address 1 must be one like" in response.content.decode()


def test_a_recipient_is_kept_with_the_version(client, sign_in, review):
    release = signed_off(review)
    sign_in(Role.CHAIR, review)
    said = {
        "audience": "coroner",
        "whom": "Coroner for the northern area",
        "files": [release.files.get().pk],
        "how": "email",
        "key": uuid.uuid4(),
    }

    client.post(to("after", release, "given"), said | day("on", in_days(0)))

    assert Handed.objects.get().release == release
    page = text_of(client, to("detail", release))
    assert "Coroner: Coroner for the northern area" in page
    assert "Web page, version 1" in page


def test_what_is_late_in_the_plan_stands_out_until_it_is_done(client, sign_in, review):
    release = proposed(review, not_before=in_days(3))
    steps = release.plan.filter(days__lt=-3)
    sign_in(Role.CHAIR, review)
    before = text_of(client, to("detail", release)).count("Not done")
    for step in steps:
        said = {"step": step.pk, "what": "done", "whose": "Chair", "key": uuid.uuid4()}
        client.post(to("after", release, "mark"), said | day("on", in_days(0)))

    assert before == steps.count() == PlanMark.objects.count() > 0
    assert "Not done" not in text_of(client, to("detail", release))


def test_a_set_is_taken_down_after_the_review_is_closed(client, sign_in, review):
    release = published(review, take_down_on=in_days(9))
    sign_in(Role.COORDINATOR, review)
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    page = text_of(client, to("detail", release))
    said = {"done": "From the site", "key": uuid.uuid4()} | day("on", in_days(0))
    client.post(to("after", release, "take-down"), said)

    assert "Record that it was taken down" in page
    assert again(release).state == Released.TAKEN_DOWN


def test_the_day_of_taking_down_is_changed_on_its_page(client, sign_in, review):
    release = published(review, take_down_on=in_days(1))
    sign_in(Role.COORDINATOR, review)
    page = to("after", release, "take-down-day")
    before = client.get(page).content.decode()
    said = {"reason": "Learning goes on", "agreed_by": "The board", "key": uuid.uuid4()}

    client.post(page, said | day("to", in_days(30)))

    assert f'value="{in_days(1).year}"' in before
    shown = text_of(client, to("detail", release))
    assert f"to be taken down on {in_days(30):%-d %B %Y}" in shown
    assert (
        f"Day of taking down changed from {in_days(1):%-d %B %Y} to {in_days(30):%-d %B %Y}"
        in shown
    )


def test_nothing_is_proposed_once_the_review_is_closed(client, sign_in, review):
    sign_in(Role.CHAIR, review)
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)
    propose = reverse("reports:release-propose", args=[review.reference])

    response = client.post(propose, {})

    assert response.status_code == 409
    assert sentence(Review.objects.get(pk=review.pk)) in response.content.decode()


def work(client):
    return text_of(client, reverse("desk:home"))


@pytest.mark.parametrize("state", [State.RUNNING, State.CLOSED])
def test_the_day_of_taking_down_is_told_when_it_comes(state, review):
    release = published(review, take_down_on=in_days(1))
    coordinator, chair = with_role(Role.COORDINATOR, review), with_role(Role.CHAIR, review)
    Review.objects.filter(pk=review.pk).update(state=state)

    asked = [(coordinator, 0), (coordinator, 1), (chair, 1)]
    found = [[one.title for one in to_take_down(who, on=in_days(n))] for who, n in asked]

    assert found == [[], [f"{review.reference}, release {release.number}: to be taken down"], []]


@pytest.mark.parametrize(("days", "said"), [(0, []), (1, [("1 release to take down", "red")])])
def test_the_board_puts_what_is_to_be_taken_down_first(days, said, review):
    published(review, take_down_on=in_days(1))
    chair = with_role(Role.CHAIR, review)

    (row,) = rows_of(chair, [review], on=in_days(days))

    assert row.exceptions == said


def test_a_set_waits_for_whoever_has_still_to_sign_it(client, sign_in, review):
    chair = sign_in(Role.CHAIR, review)
    release = proposed(review, by=chair)
    before = work(client)
    signed_by(release, Side.CHAIR, chair)
    after = work(client)
    sign_in(Role.COORDINATOR, review)

    assert f"{release}: to be signed off" in before
    assert f"{release}: to be signed off" not in after
    assert f"{release}: to be signed off" in work(client)


def test_the_home_of_the_review_leads_to_the_register(client, sign_in, review):
    published(review)
    sign_in(Role.PANEL_MEMBER, review)

    assert register(review) in client.get(review.get_absolute_url()).content.decode()


def test_somebody_with_a_conflict_has_no_register(client, review):
    published(review)
    chair = with_role(Role.CHAIR, review)
    member = PanelMemberFactory(review=review, user=chair)
    ConflictFactory(member=member, participation=ParticipationFactory(review=review))
    client.force_login(chair)

    assert client.get(register(review)).status_code == 403


def test_whoever_signs_reads_which_files_with_their_digests(client, sign_in, review):
    release = proposed(review)
    sign_in(Role.CHAIR, review)
    file = release.files.get()

    page = text_of(client, to("step", release, "sign-off"))

    assert file.sha256 in page
    assert to("file", release, file.pk) in page


def test_a_step_of_the_plan_leads_to_the_form_that_has_it_chosen(client, sign_in, review):
    release = proposed(review)
    step = release.plan.first()
    sign_in(Role.CHAIR, review)
    url = f"{to('after', release, 'mark')}?of={step.pk}"

    assert url in client.get(to("detail", release)).content.decode()
    assert f'<option value="{step.pk}" selected>' in text_of(client, url)


def test_a_set_that_was_called_off_leads_no_further(client, sign_in, review):
    release = proposed(review)
    sign_in(Role.COORDINATOR, review)
    said = {"reason": "A new version", "key": uuid.uuid4()}
    client.post(to("step", release, "call-off"), said)

    page = text_of(client, to("detail", release))

    assert "Why: A new version" in page
    assert "What can be done" not in page
    assert "Say what became of it" not in page
    assert "Not done" not in page


def stated(client, release):
    """What the list of documents and the document's own page say of how far it came."""
    document = release.files.get().rendering.document
    at = [document.review.reference]
    row = text_of(client, reverse("reports:document-list", args=at)).partition('label="State">')[2]
    page = text_of(client, document.get_absolute_url())
    return (
        strip_tags(row.partition("</td>")[0]).strip(),
        strip_tags(page.partition("A version of it is in ")[2].partition("</p>")[0]).strip(),
        "Being drafted" in page,
    )


def test_a_document_says_in_which_set_it_left(client, sign_in, review):
    sign_in(Role.COORDINATOR, review)
    release = published(review)

    assert stated(client, release) == ("Published", f"{release}: Published", False)


def test_a_document_whose_set_was_called_off_is_being_drafted(client, sign_in, review):
    by = sign_in(Role.COORDINATOR, review)
    release = proposed(review)
    assert stated(client, release) == (
        "Waiting for sign-off",
        f"{release}: Waiting for sign-off",
        False,
    )

    services.call_off(release, reason="A new version", by=by, key=uuid.uuid4())

    assert stated(client, release) == ("Being drafted", "", True)


def test_a_document_in_two_sets_says_how_far_both_came(client, sign_in, review):
    sign_in(Role.COORDINATOR, review)
    first = published(review)
    again_proposed = proposed(review, renderings=[first.files.get().rendering])

    tags, line, _ = stated(client, first)

    assert tags == "Waiting for sign-off Published"
    assert line == f"{again_proposed}: Waiting for sign-off"
