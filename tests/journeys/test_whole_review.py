"""A whole review, from the notification of a death to its closing, as those who lead it go.

The coordinator sits at a desk, the chair holds a telephone. Every page that either of them meets
has to be accessible and to fit.
"""

import re

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from desk.demo.making import PASSWORD
from foundations.post.models import Message
from foundations.post.outbox import deliver
from reviews.rules import Role
from tests.days import today
from tests.factories.agencies import AgencyFactory, PartnershipFactory
from tests.journeys import chairing
from tests.journeys.chairing import HOUSING
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

REFERENCE = "DARDR-2026-31"
REVIEW = f"/reviews/{REFERENCE}/"
DESK, TELEPHONE = ({"width": width, "height": 900} for width in (1280, 390))
POLICE = "Rivermouth Police"
POLICE_EMAIL, CHAIR_EMAIL = "crime@police.example", "chair@reviews.example"


@pytest.fixture(autouse=True)
def in_the_morning():
    """Of a day that does not end on the way: a meeting is planned for today, and held today."""
    with time_machine.travel(timezone.localtime().replace(hour=10)):
        yield


@pytest.fixture
def partnership(transactional_db):
    AgencyFactory(name=HOUSING)
    AgencyFactory(name=POLICE)
    return PartnershipFactory(name="Rivermouth Community Safety Partnership")


@pytest.fixture
def sent_to(mailoutbox):
    """sent_to(email, "/notify/") is the address in the newest message there that has one."""

    def address(email, path):
        for message in Message.objects.filter(to=email):
            deliver(message.pk)
        texts = [mail.body for mail in mailoutbox if mail.to == [email]]
        return re.findall(rf"{path}\S+", "\n".join(texts))[-1]

    return address


def test_a_review_from_notification_to_closing(partnership, sign_in_with, open_browser, sent_to):
    coordinator = Walk(
        sign_in_with(Role.COORDINATOR, partnership=partnership, viewport=DESK), start=REVIEW
    )
    send_a_link(coordinator)
    police = notify(open_browser(viewport=TELEPHONE), sent_to(POLICE_EMAIL, "/notify/"))
    make_it_a_review(coordinator)
    ask_what_agencies_know(coordinator)
    answer_on_behalf(coordinator)
    decide(coordinator)
    write_to_the_home_office(coordinator)
    read_the_clock(coordinator)

    invite_the_chair(coordinator)
    chair = join(open_browser(viewport=TELEPHONE), sent_to(CHAIR_EMAIL, "/account/invitation/"))
    seat_the_chair(coordinator)
    seat_a_member_with_a_conflict(coordinator)
    move_the_stage(coordinator, "Gathering chronologies and IMRs")
    chairing.keep_the_register(chair)
    chairing.agree_the_terms(chair)
    chairing.add_a_term_later(chair)
    chairing.plan_a_meeting(chair)
    chairing.hold_the_meeting(chair)
    chairing.listen_to_the_family(chair)
    chairing.put_the_family_on_hold(chair)
    chairing.release_the_hold(chair)

    pause_the_clock(coordinator)
    end_the_pause(coordinator)
    mark_a_task(coordinator)
    close(coordinator)
    find_it_closed(chair)
    assert [walk.faults for walk in (coordinator, police, chair)] == [[], [], []]


# --- Being told, asking, deciding -----------------------------------------------------------------


def send_a_link(walk):
    walk.follow("Notifications", "Links for people without an account")
    walk.press("Send a link")
    walk.fill({"Who is it for?": "Major Crime Team", "E-mail address": POLICE_EMAIL})
    walk.press("Send link")
    walk.sees("Major Crime Team", "Open")


def notify(page, address):
    """Somebody without an account, once."""
    page.goto(address)
    walk = Walk(page)
    walk.fill(
        {
            "Who is telling us?": "Police",
            "Organisation and team": "Major Crime Team of the county police",
            "How did the person die?": "Suspected homicide",
            "When did the person die?": today(-9),
            "Is anybody held to have done it?": "Somebody has been charged",
            "Full name of the person who died or was harmed": "Zara Quillfeather",
            "What happened?": "Found at home. Earlier calls to the address were about a partner.",
            "Whom can we ask?": "The duty inspector of the Major Crime Team.",
        }
    )
    walk.press("Send notification")
    walk.sees("Your notification has been received")
    page.goto(address)
    expect(page.get_by_role("button", name="Send notification")).to_have_count(0)
    return walk


def make_it_a_review(walk):
    walk.goto("/")
    walk.follow("Notifications")
    walk.follow("Notification")
    walk.press("Open a review")
    walk.fill(
        {
            "Reference": REFERENCE,
            "What your partnership calls it": "Domestic Abuse Related Death Review (DARDR)",
        }
    )
    walk.press("Open review")
    for pseudonym, role in (("FA 1", "Victim"), ("MA 1", "Perpetrator")):
        walk.begin("Add a subject")
        walk.fill({"Pseudonym": pseudonym, "Who they are in this review": role})
        walk.press("Add subject")
    for agency in (HOUSING, POLICE):
        walk.begin("Add an agency")
        walk.fill({"Agency": agency})
        walk.press("Add agency")


def ask_what_agencies_know(walk):
    walk.begin("Scoping")
    walk.press("Ask agencies")
    walk.fill({"Which agencies do you ask?": HOUSING, "By when?": today(14)})
    walk.press("Ask them")
    walk.sees(HOUSING, "0 of 1 answered.")


def answer_on_behalf(walk):
    walk.follow(HOUSING)
    walk.press("Answer")
    walk.fill(
        {
            "FA 1 (victim)": "Known to us",
            "FA 1 known from": "March 2019",
            "MA 1 (perpetrator)": "Not known to us",
            "Have you secured your records, so that nobody can change or destroy them?": "Yes",
            "Have records been destroyed that would have been relevant?": "No",
        }
    )
    walk.press("Save answer")
    walk.begin("Scoping")
    walk.sees("1 of 1 answered.")


def decide(walk):
    walk.begin("Notification and decision")
    walk.press("Record the decision")
    for criterion in walk.page.get_by_role("group").filter(has_text="Not known yet").all():
        criterion.get_by_label("Met", exact=True).check()
    walk.fill(
        {
            "What was decided?": "Hold a review",
            "When was it decided?": today(),
            "Who decided?": "Chair of the partnership",
            "Reasons": "FA 1 was killed at home, and somebody close to FA 1 has been charged.",
        }
    )
    walk.press("Record decision")
    walk.sees("Hold a review", "somebody close to FA 1 has been charged")


def write_to_the_home_office(walk):
    walk.begin("Letters")
    walk.press("Make a letter")
    walk.follow("Letter to the Home Office")
    walk.press("Make the draft", "Finish the letter", "Finish", "Record that it was sent")
    walk.fill({"What happened": "Sent", "On which day": today(), "How": "Secure e-mail or portal"})
    walk.press("Record")
    walk.sees("Secure e-mail or portal")


def read_the_clock(walk):
    walk.begin("The clock")
    walk.sees("Running", "Decision made", "Report completed")


def move_the_stage(walk, stage):
    walk.begin("Move it to another stage")
    walk.fill({"Where does the review stand?": stage})
    walk.press("Save")
    walk.sees(stage)


# --- The chair and the panel ----------------------------------------------------------------------


def invite_the_chair(walk):
    walk.begin("Invite somebody")
    walk.fill({"E-mail address": CHAIR_EMAIL, "Role": "Independent chair"})
    walk.press("Send invitation")
    walk.sees(f"Invitation sent to {CHAIR_EMAIL}.")


def join(page, address):
    page.goto(address)
    page.get_by_label("Your name").fill("Ioan Newcomer")
    page.get_by_role("textbox", name="Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Set up account").click()
    expect(page.get_by_role("heading", name=REFERENCE)).to_be_visible()
    return Walk(page, start=REVIEW)


def seat_the_chair(walk):
    walk.begin("Panel")
    walk.press("Add somebody")
    walk.fill(
        {
            "Name": "Ioan Newcomer",
            "Or another body": "Independent",
            "What they are on the panel": "Independent chair and author",
        }
    )
    walk.page.get_by_label("Account", exact=True).select_option(index=1)
    walk.press("Add to the panel")
    walk.follow("Ioan Newcomer")
    declare(walk, "Independence", "Never employed by an agency of this area.")


def seat_a_member_with_a_conflict(walk):
    walk.begin("Panel")
    walk.press("Add somebody")
    walk.fill(
        {
            "Name": "Petra Sample",
            "Agency": HOUSING,
            "Position": "Head of Safeguarding",
            "What they are on the panel": "Panel member",
        }
    )
    walk.press("Add to the panel")
    walk.follow("Petra Sample")
    declare(walk, "Confidentiality", "")
    walk.press("Record a conflict")
    walk.fill(
        {
            "What does it concern?": "One agency’s part",
            "Which agency?": HOUSING,
            "What is the conflict?": "Managed the service until 2021",
            "When was it declared?": today(),
        }
    )
    walk.press("Record conflict")
    walk.sees("Managed the service until 2021", "Access removed")


def declare(walk, kind, statement):
    walk.press("Record a declaration")
    walk.fill({"What did they declare?": kind, "When?": today(), "Their statement": statement})
    walk.press("Record declaration")
    walk.sees(kind, "Stands")


# --- Towards the end ------------------------------------------------------------------------------


def pause_the_clock(walk):
    walk.begin("The clock")
    walk.press("Pause the clock")
    walk.fill(
        {
            "First day of the pause": today(),
            "Why?": "Criminal trial",
            "Who agreed?": "The chair of the partnership",
            "When was it agreed?": today(),
        }
    )
    walk.press("Pause the clock")
    walk.sees("Paused", "because of the criminal trial")


def end_the_pause(walk):
    walk.follow("End it")
    walk.fill({"Last day of the pause": today(20)})
    walk.press("Save")
    walk.sees(f"{today(20):%-d %B %Y}")


def mark_a_task(walk):
    walk.begin("Tasks", "Agree contract and days")
    walk.fill({"How does it stand?": "Done"})
    walk.press("Save")


def close(walk):
    walk.begin("Stages and state", "Close it")
    walk.sees(
        "1 letter that is not sent or not acknowledged",
        "1 parallel proceeding that is not concluded",
    )
    walk.press("Close the review")
    expect(walk.page.get_by_role("alert")).to_contain_text("Say what the closing rests on")
    walk.fill({"What does the closing rest on?": "The board has taken every action over."})
    walk.fill({"Who agreed?": "The board of the partnership"})
    for box in walk.page.get_by_label("why may the review be closed all the same?").all():
        box.fill("It is followed outside this review.")
    walk.press("Close the review")
    walk.sees("The review is closed.")


def find_it_closed(walk):
    walk.begin()
    walk.sees("Closed")
    walk.follow("Terms of reference")
    expect(walk.page.get_by_role("button", name="Begin the next version")).to_have_count(0)
