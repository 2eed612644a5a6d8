"""Items that lay the text beside the lists of the review: recommendations, lessons, terms, panel."""

import re

from reports.checking.checklist.said import (
    LEARNS,
    NEAR,
    RECOMMENDS,
    SUGGESTS,
    listed_rows,
    sayings,
)
from reports.checking.facts import said_of
from reports.checking.values import Item, Remark, Result
from reports.empty import empty_of


def lost_recommendations(reading):
    listed = listed_rows(reading, "recommendations")
    if not listed:
        return _unknown(
            "recommendations-said",
            "Is everything that the text recommends in the list of recommendations?",
            "recommendations",
        )
    found = list(sayings(reading, RECOMMENDS, listed, weak=SUGGESTS))
    remarks = [
        Remark(_about(one, "recommendation"), one.sentence.place(one.start, one.end))
        for one in found
    ]
    is_lost = any(not one.is_weak for one in found)
    return Item(
        "recommendations-said",
        "Is everything that the text recommends in the list of recommendations?",
        f"Every sentence outside the chapters of recommendations and lessons, beside {len(listed)} recommendations.",
        Result.NOT_MET if is_lost else Result.TO_JUDGE if found else Result.MET,
        tuple(remarks),
        "Make each a recommendation, or change the sentence so that it no longer promises one."
        if found
        else "",
    )


def lost_lessons(reading):
    listed = listed_rows(reading, "lessons")
    if not listed:
        return _unknown(
            "lessons-said", "Is every lesson that the text draws in the list of lessons?", "lessons"
        )
    found = list(sayings(reading, LEARNS, listed))
    return Item(
        "lessons-said",
        "Is every lesson that the text draws in the list of lessons?",
        f"Every sentence outside the chapters of recommendations and lessons, beside {len(listed)} lessons.",
        Result.TO_JUDGE if found else Result.MET,
        tuple(
            Remark(_about(one, "lesson"), one.sentence.place(one.start, one.end)) for one in found
        ),
        "Add each to the lessons, or say it in other words." if found else "",
    )


def _about(saying, what):
    if saying.is_weak:
        lead = f"This reads as if it were a {what}."
    elif what == "recommendation":
        lead = "This says that something is recommended."
    else:
        lead = "This says that a lesson was learned."
    if saying.likeness < NEAR or not saying.nearest:
        return f"{lead} Nothing in the list of {what}s is about it."
    return f"{lead} The nearest in the list is {what} {saying.nearest}: check whether it says all of it."


def _unknown(key, question, what):
    return Item(
        key,
        question,
        f"No {what} were found, in the review or under a heading.",
        Result.TO_JUDGE,
        (),
        f"Add the {what}.",
    )


def lessons_answered(reading):
    lessons = reading.facts.lessons
    question = "Does every lesson lead to a recommendation?"
    if lessons is None:
        return _unknown("lessons-answered", question, "lessons linked to recommendations")
    bare = [one for one in lessons if not one.recommendations and not one.why_none.strip()]
    return Item(
        "lessons-answered",
        question,
        f"{len(lessons)} lessons and the recommendations that rest on them.",
        Result.NOT_MET if bare or not lessons else Result.MET,
        tuple(Remark(f"Lesson {one.number} has no recommendation.", of=one.text) for one in bare),
        "Add a recommendation for each, or say why none is needed."
        if bare
        else ""
        if lessons
        else "Add the lessons.",
    )


def dated_terms(reading):
    """The time under review needs a first and a last day, in what the review holds or in the text."""
    period = reading.facts.period
    question = "Do the terms of reference say from when to when the review looks?"
    if period is not None:
        is_dated = bool(period.earliest and period.latest)
        return Item(
            "terms-dated",
            question,
            "The period that the review holds.",
            Result.MET if is_dated else Result.NOT_MET,
            ()
            if is_dated
            else (Remark("The period has no first or no last date.", of=said_of(period)),),
            ""
            if is_dated
            else "Give the period a first and a last date, and say why they were chosen.",
        )
    places = list(_dates_of_terms(reading).values())
    return Item(
        "terms-dated",
        question,
        "The chapters about the terms of reference, scope and timeframe.",
        Result.MET if len(places) > 1 else Result.NOT_MET,
        tuple(Remark("A date of the period.", place) for place in places[:2]),
        "" if len(places) > 1 else "Say from when to when the review looks, and why.",
    )


_TERMS = (
    "terms of reference",
    "scope",
    "timeframe",
    "time frame",
    "timescale",
    "period under review",
    "key lines",
)


_PERIOD = re.compile(
    r"\b(?:covers?|reviews?|reviewed|considered|examined|examines) (?:\w+ ){0,3}period|\bperiod under review\b",
    re.I,
)


def _dates_of_terms(reading):
    """{day: Place} of the dates in the chapters about the terms; a stretch of time counts as two."""
    found = {}
    for sentence in reading.narrative:
        heading = sentence.passage.section.heading.lower()
        if any(word in heading for word in _TERMS) or _PERIOD.search(sentence.text):
            for date in sentence.dates:
                value = date.reading.value
                if value.earliest and value.latest:
                    ends = (
                        (value.earliest, value.latest)
                        if value.precision == "range"
                        else (value.earliest,)
                    )
                    found |= dict.fromkeys(ends, sentence.place(date.start, date.end))
    return found


def panel_rows(reading):
    """Each member of the panel with a name, a role and an agency."""
    panel = reading.facts.panel
    question = "Does each member of the panel have a name, a role and an agency?"
    if panel is None:
        return _unknown("panel-complete", question, "members of the panel")
    remarks = [
        Remark(
            f"{row.name.strip() or f'Row {at} of the panel'} lacks {_and(missing)}.",
            of=f"{row.name}|{row.role}|{row.agency}",
        )
        for at, row in enumerate(panel, start=1)
        if (
            missing := [
                name for name in ("name", "role", "agency") if not getattr(row, name).strip()
            ]
        )
    ]
    return Item(
        "panel-complete",
        question,
        f"{len(panel)} rows of the panel.",
        Result.NOT_MET if remarks or not panel else Result.MET,
        tuple(remarks),
        "Fill in what is missing." if remarks else "" if panel else "Add the members of the panel.",
    )


def _and(words):
    return f"a {words[0]}" if len(words) == 1 else f"a {', '.join(words[:-1])} and {words[-1]}"


def empty_sections(reading):
    """A section without words and without sections below it."""
    sections = reading.document.sections
    empty = empty_of(sections)
    return Item(
        "sections-filled",
        "Is there something in every section?",
        f"{len(sections)} sections.",
        Result.NOT_MET if empty or not sections else Result.MET,
        tuple(
            Remark(
                f"“{' '.join(filter(None, (s.number, s.heading)))}” is empty.",
                of=f"{s.key}|{s.heading}",
                section=s.key,
            )
            for s in empty
        ),
        "Write it, say why there is nothing to say, or take the heading out." if empty else "",
    )
