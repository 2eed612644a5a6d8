"""What the chair of a review does on the way from the first terms to the last answer."""

from playwright.sync_api import expect

from desk.demo.making import PASSWORD
from tests.days import today

HOUSING = "Millbrook Homes"


def keep_the_register(walk):
    walk.begin("People", "FA 1", "Enter who this is")
    walk.fill({"Names, one to a line": "Zara Quillfeather\nZaz"})
    walk.press("Save")
    walk.begin("People", "FA 1")
    expect(walk.page.get_by_text("Quillfeather")).to_have_count(0)
    walk.press("Show who this is")
    walk.fill({"Your password": PASSWORD})
    walk.press("Show who this is")
    walk.sees("Zara Quillfeather")


def agree_the_terms(walk):
    walk.begin("Terms of reference")
    walk.press("Begin the terms of reference", "Begin")
    walk.press("Change purposes and timeframe")
    walk.fill(
        {
            "Timeframe: from": today(-900),
            "Timeframe: to": today(-9),
            "Why this timeframe": "From the first call to the day of the death.",
        }
    )
    walk.press("Save")
    add_a_term(walk, "How agencies shared what they knew of MA 1.")
    issue(walk)


def add_a_term_later(walk):
    walk.begin("Terms of reference")
    walk.press("Begin the next version", "Begin", "Change purposes and timeframe")
    walk.fill({"Why there is this version": "A term added at the second panel meeting."})
    walk.press("Save")
    add_a_term(walk, "Whether FA 1 was offered an advocate.")
    issue(walk)
    walk.begin("Terms of reference", "Version 2", "See what is different from version 1")
    walk.sees("Whether FA 1 was offered an advocate.", "New")


def add_a_term(walk, text):
    walk.press("Add a term")
    walk.fill({"In words": text})
    walk.press("Add")
    walk.sees(text)


def issue(walk):
    walk.press("Issue this version")
    walk.fill({"To which agencies?": HOUSING, "To the members of the panel": True})
    walk.press("Issue")
    walk.sees(HOUSING, "Not read yet")


def plan_a_meeting(walk):
    """It lasts all day, so that it can be both sent and held whenever this runs."""
    walk.begin("Meetings")
    walk.press("Plan a meeting")
    walk.fill({"Day": today(), "Start": "00:01", "End": "23:59", "Place": "Town hall"})
    walk.press("Save draft")
    walk.sees("Nobody has been invited.")
    walk.press("Send invitations", "Send")
    walk.sees("Invitations sent")


def hold_the_meeting(walk):
    walk.press("It was held", "Yes, it was held")
    walk.follow("Record who was there")
    walk.fill({f"Petra Sample, {HOUSING}": "Apologies"})
    walk.press("Save")
    walk.follow("Write the minutes")
    walk.fill({"Minutes": "# Welcome\n- The terms were agreed."})
    walk.press("Save this version")
    walk.follow("Add an action")
    walk.fill(
        {
            "What is to be done?": "Ask the specialist service for its record.",
            "Who does it?": "Somebody else, by their post",
            "Which post?": "Review officer",
            "By when?": today(30),
        }
    )
    walk.press("Add action")
    walk.begin("Actions of meetings", "Say what was done")
    walk.fill({"What was done?": "Asked, and the record has come."})
    walk.press("Save")
    walk.sees("Asked, and the record has come.")


def listen_to_the_family(walk):
    walk.begin("Family and others")
    walk.press("Add somebody")
    walk.fill(
        {
            "What they are to whom": "Mother of FA 1",
            "Who they are to the review": "Family of the person who died or was harmed",
        }
    )
    walk.press("Add", "Record a contact")
    walk.fill(
        {
            "When was it?": today(),
            "Who contacted whom?": "They met",
            "How?": "In person",
            "Who for the review?": "The chair",
            "Which Home Office leaflet was offered?": "For family members",
        }
    )
    walk.press("Record contact", "Record a wish or question")
    question = "Why was FA 1 not told of his earlier conviction?"
    walk.fill({"What is it?": "A question", "In their words, as nearly as you can": question})
    walk.press("Record")
    walk.sees(question, "Not answered yet")
    walk.follow("Answer it")
    walk.fill(
        {
            "How was it answered?": "Answered in the report",
            "Where in the report?": "5.3.2",
            "The answer, or why there is none": "The disclosure scheme was not used.",
        }
    )
    walk.press("Record answer")
    walk.sees("The disclosure scheme was not used.")


def put_the_family_on_hold(walk):
    walk.begin("Parallel proceedings")
    walk.press("Add a proceeding")
    walk.fill(
        {"What is it?": "Criminal trial", "Before which court, or by which body?": "Crown Court"}
    )
    walk.press("Add", "Put something on hold")
    walk.fill(
        {
            "What does it stop?": "Sharing material with the family",
            "Who asked for it?": "Senior investigating officer",
            "From when?": today(),
            "Until when?": "Until further notice",
            "Why?": "Witnesses are still to be heard.",
            "Who agreed?": "The chair",
        }
    )
    walk.press("Put on hold")
    walk.begin("Family and others")
    walk.sees("A hold stops sharing material with the family", "See the hold")


def release_the_hold(walk):
    walk.begin("Parallel proceedings", "Release")
    walk.fill(
        {
            "From which day may it be done again?": today(),
            "Why?": "The trial has ended.",
            "Who agreed?": "The chair",
        }
    )
    walk.press("Release")
    walk.begin("Family and others")
    expect(walk.page.get_by_text("See the hold")).to_have_count(0)
