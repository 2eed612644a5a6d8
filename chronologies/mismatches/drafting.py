"""The words with which an agency is asked about a mismatch: neutral, and about itself alone.

Of other accounts a draft holds the date and nothing else: no name, no word. Whatever more the agency
is to learn, whoever asks puts in by hand, or quotes.
"""

from chronologies.mismatches.models import Kind
from chronologies.mismatches.plain_dates import in_calendar_words

SPACE = "\n\n"
_LOOK = "Please look at the record made at the time, and say what it has."
_NO_MATCH = "No matching entry was supplied in your chronology"

# To an agency whose own entry is part of it: {own} is that entry's date.
_WITH_OWN = {
    Kind.SENT_NO_RECEIPT: "Your entry {own} says that something was sent, said or passed on. To whom did it go, on what day and by what means? Is there a record that it arrived?",
    Kind.RECEIPT_NO_SENDING: "Your entry {own} says that something was received. From whom did it come, on what day and by what means?",
    Kind.DIFFERING_CONTENT: f"Your entry {{own}} may be about an event of which another account says something else. {_LOOK} Does your entry give it as it was recorded then?",
    Kind.DIFFERING_DATE: f"Your entry {{own}} may be about an event to which another account gives another day. {_LOOK} Which day does it give, and how is that known?",
    Kind.PROMISED_NOT_DONE: "Your entry {own} says that something was to be done. No later entry was supplied that shows what became of it. Was it done? If so, when and by whom, and where is that recorded?",
    Kind.ATTENDED_NOT_RECORDED: "Your entry {own} speaks of who was there. Who is recorded as having attended, and of which agency?",
    Kind.IMR_NOT_IN_CHRONOLOGY: "Your report and your entry {own} may not agree. Which of them follows the record made at the time?",
    Kind.CHRONOLOGY_NOT_IN_IMR: "Your chronology has an entry {own}, of which your report does not speak. Was it looked at for the report? If it was left out, why?",
}
# To one of which there is no entry: {on} is the date that another account, or its own report, gives.
_WITHOUT_OWN = {
    Kind.SENT_NO_RECEIPT: f"{_NO_MATCH} for a contact {{on}} that, by another account, was made with you. Was it received? If so, what was recorded, and what was done?",
    Kind.RECEIPT_NO_SENDING: f"{_NO_MATCH} for a contact {{on}} that, by another account, came from you. Was it made? If so, by whom, and what was recorded?",
    Kind.PROMISED_NOT_DONE: f"{_NO_MATCH} for something that, by another account {{on}}, your agency was to do. Was it done? If so, when and by whom, and where is that recorded?",
    Kind.ATTENDED_NOT_RECORDED: f"{_NO_MATCH} for a meeting or visit {{on}} at which, by another account, somebody of your agency was there. Did anybody attend? If so, what was recorded?",
    Kind.IMR_NOT_IN_CHRONOLOGY: f"{_NO_MATCH} for something {{on}} of which your report speaks. Where is it recorded? If it is recorded, please add the entry.",
}
_OF_A_NUMBER = "Your report gives a number that is not the number of matching entries in your chronology. How was it counted, and from which records? If there are entries that were not supplied, please add them."
_OF_ANY_KIND = f"{_NO_MATCH} for something {{on}} that another account speaks of. Is it recorded with you? If so, what was recorded?"


def draft(mismatch, *, own=None, nearest=None):
    """`own` is the agency's account of it, where there is one; `nearest` an entry of the agency that
    comes near to what it has no account of."""
    if mismatch.is_of_a_number:
        return _OF_A_NUMBER
    if own is not None:
        return _WITH_OWN[Kind(mismatch.kind)].format(own=_dated(own))
    date = in_calendar_words(mismatch.date)
    when = f"dated {date}" if date else "without a date"
    asked = _WITHOUT_OWN.get(Kind(mismatch.kind), _OF_ANY_KIND).format(on=when)
    if nearest is None:
        return asked
    return f"{asked} The nearest that was supplied is your entry {_dated(nearest)}."


def _dated(entry):
    return f"of {entry.date}" if entry.date else "that has no date"


def composed(text, quoted):
    """All that the agency reads: what is asked, and what is quoted to it (quoting.Quoted), as
    written. Who supplied it is said where whoever asks says so."""
    return SPACE.join([text.strip(), *map(quotation, quoted)])


def quotation(quoted):
    date = quoted.entry.date
    dated = f"dated {date.text}" if date.text else "without a date"
    part = ", in part" if quoted.is_part else ""
    said = [f"Another account, {dated}, as it was supplied{part}:"]
    if quoted.text:
        said.append(f"“{quoted.text}”")
    if quoted.action:
        said.append(f"Action or outcome: “{quoted.action}”")
    return "\n".join(said)
