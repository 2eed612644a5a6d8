import uuid
from datetime import date

import pytest
from django.urls import reverse

from reviews.clock import services
from reviews.clock.kinds import Milestone
from reviews.clock.models import Extension, Pause, RuleSet
from reviews.clock.rule_sets import install
from reviews.models import Review
from reviews.rules import Role
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_clock import RuleSetFactory, start_clock
from tests.factories.reviews_proceedings import ProceedingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]


@pytest.fixture
def review(sign_in):
    install()
    review = ReviewFactory(reference="DARDR-2026-01")
    review.coordinator = sign_in(Role.COORDINATOR, review)
    return review


def page(review, name="", *args):
    return reverse(f"reviews:clock{name and '-'}{name}", args=[review.reference, *args])


def typed(name, day):
    return {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}


def milestone_form(on, **more):
    return typed("on", on) | {"seen": 0, "key": uuid.uuid4()} | more


def agreed_form(**more):
    return {
        "reason": "trial",
        "because": "",
        "agreed_by": "the chair of the partnership",
        **typed("agreed_on", date(2026, 6, 1)),
        "seen": 0,
        "key": uuid.uuid4(),
    } | more


def errors_of(response):
    assert response.status_code == 422
    return {name: list(found) for name, found in response.context["form"].errors.items()}


# --- One clock ----------------------------------------------------------------------------------


def test_an_empty_clock_offers_the_notification(client, review):
    text = client.get(page(review)).content.decode()

    assert "The clock has not started: no notification is recorded." in text
    assert page(review, "reach", "notified") in text


def test_the_page_says_what_is_due_and_what_moved_it(client, review):
    start_clock(review, by=review.coordinator)

    text = client.get(page(review)).content.decode()

    for said in (
        "first 4 April 2026",
        "Criminal trial",
        "until further notice",
        "Nobody yet",
        "instead of 4 April 2026",
        "Not confirmed",
        "Statutory guidance of December 2016",
    ):
        assert said in text


def test_a_chair_reads_and_is_offered_no_change(client, review, sign_in):
    start_clock(review, by=review.coordinator)
    sign_in(Role.CHAIR, review)

    text = client.get(page(review)).content.decode()

    assert "The clock has been paused since 1 June 2026" in text
    assert "/record/" not in text
    assert "/pauses/" not in text


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.BOARD_READER, Role.IMR_AUTHOR])
def test_nobody_else_sees_it(role, client, review, sign_in):
    part = ParticipationFactory(review=review) if role == Role.IMR_AUTHOR else None
    sign_in(role, review, part)

    assert client.get(page(review)).status_code == 403
    home = client.get(review.get_absolute_url()).content.decode()
    assert "The clock" not in home


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR])
def test_the_home_of_the_review_says_where_the_clock_stands(role, client, review, sign_in):
    services.reached(review, Milestone.NOTIFIED, date(2026, 11, 1), review.coordinator)
    sign_in(role, review)

    home = client.get(review.get_absolute_url()).content.decode()

    assert "The decision is due by 1 December 2026, in 10 days." in home
    assert page(review) in home


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_for_any_number(
    client, review, count, django_assert_num_queries
):
    start_clock(review, by=review.coordinator)
    for _ in range(count):
        services.pause(
            review, starts_on=date(2026, 6, 1), reason="trial", agreed_by="the panel",
            agreed_on=date(2026, 6, 1), told="the coroner", told_on=date(2026, 6, 2),
            by=review.coordinator,
        )  # fmt: skip
    client.get(page(review))

    with django_assert_num_queries(18):
        client.get(page(review))


# --- Milestones ---------------------------------------------------------------------------------


def test_a_coordinator_records_a_milestone(client, review):
    response = client.post(page(review, "reach", "notified"), milestone_form(date(2026, 11, 2)))

    assert response["Location"] == page(review)
    (row,) = review.milestones.all()
    assert (str(row.on), row.recorded_by) == ("2 November 2026", review.coordinator)


def test_an_impossible_order_is_refused_beside_the_field(client, review):
    services.reached(review, Milestone.NOTIFIED, date(2026, 11, 2), review.coordinator)

    response = client.post(page(review, "reach", "decided"), milestone_form(date(2026, 11, 1)))

    assert errors_of(response) == {
        "on": ["This cannot be before the notification, which is recorded on 2 November 2026"]
    }


def test_a_month_is_enough(client, review):
    response = client.post(
        page(review, "reach", "notified"),
        milestone_form(date(2026, 11, 2)) | {"on_day": ""},
    )

    assert response.status_code == 302
    assert str(review.milestones.get().on) == "November 2026"


def test_a_day_that_is_missing_is_asked_for(client, review):
    response = client.post(page(review, "reach", "notified"), {"seen": 0, "key": uuid.uuid4()})

    assert errors_of(response) == {"on": ["Enter when this was"]}


def test_a_correction_asks_why(client, review):
    row = services.reached(review, Milestone.NOTIFIED, date(2026, 11, 2), review.coordinator)

    response = client.post(
        page(review, "reach", "notified"), milestone_form(date(2026, 11, 1), seen=row.pk)
    )

    assert errors_of(response) == {"why": ["Say why this changes"]}


def test_a_correction_is_kept_beside_the_first(client, review):
    row = services.reached(review, Milestone.NOTIFIED, date(2026, 11, 2), review.coordinator)

    client.post(
        page(review, "reach", "notified"),
        milestone_form(date(2026, 11, 1), seen=row.pk, why="A typing mistake"),
    )

    text = client.get(page(review, "history")).content.decode()
    assert "Recorded: the notification was received on 2 November 2026." in text
    assert "Corrected: the notification was received on 1 November 2026." in text
    assert "A typing mistake" in text


def test_a_milestone_is_taken_back(client, review):
    row = services.reached(review, Milestone.NOTIFIED, date(2026, 11, 2), review.coordinator)

    client.post(
        page(review, "reach", "notified"),
        {"mistaken": "on", "why": "The wrong review", "seen": row.pk, "key": uuid.uuid4()},
    )

    assert "The clock has not started" in client.get(page(review)).content.decode()


def test_two_at_once_do_not_pass_over_each_other(client, review):
    services.reached(review, Milestone.NOTIFIED, date(2026, 11, 2), review.coordinator)
    form = milestone_form(date(2026, 11, 1), why="A typing mistake")

    response = client.post(page(review, "reach", "notified"), form)

    assert "Somebody has recorded this meanwhile" in errors_of(response)["__all__"][0]
    seen = response.context["form"].data["seen"]
    assert client.post(page(review, "reach", "notified"), form | {"seen": seen}).status_code == 302


def test_a_milestone_that_is_none_does_not_exist(client, review):
    assert client.get(page(review, "reach", "abolished")).status_code == 404
    assert client.get(page(review, "extend", "notified")).status_code == 404


# --- Putting off and pausing --------------------------------------------------------------------


@pytest.fixture
def decided(review):
    services.reached(review, Milestone.DECIDED, date(2026, 2, 25), review.coordinator)


def test_a_day_is_put_off(client, review, decided):
    form = agreed_form(
        **typed("until", date(2026, 12, 8)),
        **typed("told_on", date(2026, 6, 2)),
        told="the Home Office",
    )

    response = client.post(page(review, "extend", "report_completed"), form)

    assert response["Location"] == page(review)
    (one,) = Extension.objects.all()
    assert (one.until, str(one.before), one.told.get().whom) == (
        date(2026, 12, 8),
        "25 August 2026",
        "the Home Office",
    )


def test_a_second_click_puts_off_once(client, review, decided):
    form = agreed_form(**typed("until", date(2026, 12, 8)))

    codes = [
        client.post(page(review, "extend", "report_completed"), form).status_code for _ in range(2)
    ]

    assert (codes, Extension.objects.count()) == ([302, 302], 1)


@pytest.mark.parametrize(
    ("changes", "name", "said"),
    [
        (typed("until", date(2026, 8, 25)), "until", "The new day must be after the one it replaces, 25 August 2026"),
        ({"until_day": "31", "until_month": "2"}, "until", "New day must be a real date"),
        ({"until_year": "0001"}, "until", "Enter a year between 1990 and 2100"),
        ({"reason": "other"}, "because", "Say what the reason is"),
        ({"reason": ""}, "reason", "Choose the reason"),
        ({"agreed_by": ""}, "agreed_by", "Say who agreed"),
        ({"told": "the Home Office"}, "told_on", "Enter when they were told"),
        (typed("agreed_on", date(2027, 1, 1)), "agreed_on", "This cannot be in the future"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(client, review, decided, changes, name, said):
    form = agreed_form(**typed("until", date(2026, 12, 8))) | changes

    response = client.post(page(review, "extend", "report_completed"), form)

    assert errors_of(response) == {name: [said]}
    assert Extension.objects.count() == 0


def test_the_clock_is_paused_ended_and_told_of(client, review, decided):
    client.post(page(review, "pause"), agreed_form(**typed("starts_on", date(2026, 6, 1))))
    pause = Pause.objects.get()
    client.post(
        page(review, "pause-end", pause.pk),
        typed("ends_on", date(2026, 6, 30)) | {"seen": 0, "key": uuid.uuid4()},
    )
    client.post(
        page(review, "pause-told", pause.pk),
        typed("told_on", date(2026, 6, 2)) | {"told": "the coroner", "key": uuid.uuid4()},
    )

    text = client.get(page(review)).content.decode()
    assert "1 June 2026 to 30 June 2026" in text
    assert "the coroner, 2 June 2026" in text


def test_what_was_recorded_by_mistake_is_taken_back_and_kept(client, review):
    extension, pause = start_clock(review, by=review.coordinator)

    client.post(page(review, "pause-take-back", pause.pk), {"why": "Wrong review"})
    client.post(page(review, "extension-take-back", extension.pk), {"why": "Wrong review"})

    assert "Criminal trial" not in client.get(page(review)).content.decode()
    history = client.get(page(review, "history")).content.decode()
    assert history.count("Taken back:") == 2


def test_what_was_taken_back_has_no_pages(client, review):
    _, pause = start_clock(review, by=review.coordinator)
    services.take_back(pause, why="Wrong review", by=review.coordinator)

    assert client.get(page(review, "pause-end", pause.pk)).status_code == 404


def test_a_pause_of_another_review_does_not_exist(client, review):
    other = ReviewFactory(partnership=review.partnership)
    _, pause = start_clock(other, by=review.coordinator)

    assert client.get(page(review, "pause-end", pause.pk)).status_code == 404


# --- The limits of a partnership ----------------------------------------------------------------


def limits(review, name, *more, kind=Review.Kind.STATUTORY):
    return reverse(f"reviews:rule-set-{name}", args=[review.partnership.slug, kind, *more])


def limits_form(review, **changes):
    newest = RuleSet.objects.filter(partnership=None, kind="statutory").order_by("-version").first()
    form = {
        "title": "Local protocol",
        "source": "Agreed by the board in May 2026",
        **typed("effective_from", date(2026, 12, 1)),
        "seen": newest.pk,
        "key": uuid.uuid4(),
    }
    for milestone in ("decided", "home_office_told", "chair_appointed", "report_completed", "sent", "published"):  # fmt: skip
        form |= {
            f"{milestone}_unit": "months",
            f"{milestone}_counts_from": "notified",
            f"{milestone}_standing": "local",
            f"{milestone}_pauses_count": "on",
        }
    return (
        form
        | {
            "decided_amount": "15",
            "decided_unit": "working_days",
            "decided_text": "Fifteen working days",
        }
        | changes
    )


def test_every_kind_of_review_is_listed_with_its_limits(client, review):
    response = client.get(reverse("reviews:rule-set-list"))

    found = [(row.kind, row.version and row.version.version) for row in response.context["rows"]]
    assert found == [
        ("statutory", 2),
        ("incident", None),
        ("safeguarding", None),
        ("joint", 2),
        ("other", None),
    ]


def test_the_page_says_what_is_confirmed_and_what_is_not(client, review):
    text = client.get(limits(review, "detail")).content.decode()

    assert text.count("Not confirmed") == 4
    assert text.count("Confirmed in the source") == 1
    assert "1 month, counted from: notification received" in text


def test_a_coordinator_makes_a_version_that_counts_from_its_day(client, review):
    response = client.post(limits(review, "create"), limits_form(review))

    assert response["Location"] == limits(review, "detail")
    made = RuleSet.objects.get(partnership=review.partnership)
    assert [(one.milestone, one.in_words) for one in made.limits.all()] == [
        ("decided", "15 working days")
    ]


def test_a_kind_without_limits_gets_its_first(client, review):
    client.post(limits(review, "create", kind="incident"), limits_form(review, seen=0))

    made = RuleSet.objects.get(partnership=review.partnership)
    assert (made.kind, made.version) == ("incident", 1)


def test_the_form_starts_from_the_newest(client, review):
    initial = client.get(limits(review, "create")).context["form"].initial

    assert (initial["report_completed_amount"], initial["report_completed_counts_from"]) == (
        6,
        "decided",
    )


@pytest.mark.parametrize(
    ("changes", "name", "said"),
    [
        ({"decided_amount": "0"}, "decided_amount", "Enter 1 or more"),
        ({"decided_amount": "1000"}, "decided_amount", "Enter 999 or less"),
        ({"decided_amount": "ten"}, "decided_amount", "Enter a whole number"),
        ({"decided_text": ""}, "decided_text", "Enter what the source says of this limit"),
        ({"title": ""}, "title", "Enter a name for these limits"),
        (typed("effective_from", date(2026, 11, 20)), "effective_from", "Enter today’s date or a later one"),
    ],
)  # fmt: skip
def test_limits_that_cannot_be_are_refused(client, review, changes, name, said):
    response = client.post(limits(review, "create"), limits_form(review, **changes))

    assert errors_of(response) == {name: [said]}


def test_a_newer_version_meanwhile_is_not_passed_over(client, review):
    form = limits_form(review)
    RuleSetFactory(partnership=review.partnership)

    response = client.post(limits(review, "create"), form)

    assert errors_of(response) == {
        "__all__": ["Somebody has made a newer version meanwhile. Open it and start from it"]
    }


def test_a_second_click_makes_one_version(client, review):
    form = limits_form(review)

    codes = [client.post(limits(review, "create"), form).status_code for _ in range(2)]

    assert codes == [302, 302]
    assert RuleSet.objects.filter(partnership=review.partnership).count() == 1


def test_the_limits_of_another_partnership_do_not_exist(client, review):
    theirs = RuleSetFactory(partnership=PartnershipFactory())

    assert client.get(limits(review, "version", theirs.pk)).status_code == 404


def test_a_kind_that_is_none_does_not_exist(client, review):
    assert client.get(limits(review, "detail", kind="inquest")).status_code == 404


def test_the_bank_holidays_are_listed(client, review):
    text = client.get(reverse("reviews:bank-holidays")).content.decode()

    assert "Monday 28 December 2026" in text


# --- What a pause waits for ---------------------------------------------------------------------


def test_a_pause_names_what_it_waits_for_on_both_pages(client, review, decided):
    trial = ProceedingFactory(review=review)

    client.post(
        page(review, "pause"),
        agreed_form(**typed("starts_on", date(2026, 6, 1)), proceeding=trial.pk),
    )

    assert Pause.objects.get().proceeding == trial
    assert f'href="{trial.get_absolute_url()}"' in client.get(page(review)).content.decode()
    beside = client.get(trial.get_absolute_url()).content.decode()
    assert "Paused from 1 June 2026 until further notice" in beside


def test_a_pause_waits_for_nothing_of_another_review(client, review, decided):
    trial = ProceedingFactory()

    response = client.post(
        page(review, "pause"),
        agreed_form(**typed("starts_on", date(2026, 6, 1)), proceeding=trial.pk),
    )

    assert response.status_code == 422
    assert not Pause.objects.exists()
