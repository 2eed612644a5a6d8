"""The clock in sentences: for a screen, for a letter, and for the report's paragraph on delay."""

from reviews.clock.kinds import BECAUSE, WORDS, Milestone, Reason, State

_NAMED_SPANS = {"month", "months", "season", "quarter", "part-month", "part-year", "year", "decade"}


# --- Days in words ------------------------------------------------------------------------------


def day(date_):
    return f"{date_.day} {date_:%B %Y}"


def when(value):
    """“on 4 March 2026”, “in autumn 2013”, “at some time from May to July 2013”."""
    if value.is_exact:
        return f"on {day(value.latest)}"
    words = value.text if value.text.startswith("between ") else str(value)
    if value.precision in _NAMED_SPANS and not value.circa:
        return f"in {words}"
    return words if words.startswith(("between ", "about ")) else f"at some time from {words}"


def by_when(value):
    return f"by {day(value.latest)}" if value.is_exact else when(value)


def many(number, thing="day"):
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def capital(text):
    return text[:1].upper() + text[1:]


def listed(things):
    *first, last = things
    return f"{', '.join(first)} and {last}" if first else last


# --- The screen ---------------------------------------------------------------------------------


def deadline(one):
    """How one deadline stands, without its name: “12 days left”."""
    days = many(one.days or 0)
    return {
        State.RUNNING: f"{days} left" if one.days else "today is the last day",
        State.PAUSED: "moves on with each day of the pause",
        State.OVERDUE: f"{days} overdue",
        State.LATE: f"{days} late",
    }.get(one.state, "")


def sentence(clock):
    """Where the clock stands, in one breath."""
    if clock.start is None:
        return "The clock has not started: no notification is recorded."
    if ended := clock.reached.get(Milestone.ENDED):
        return f"The review ended without a report {when(ended.on)}."
    owed = clock.next_deadline
    if owed is None:
        return _nothing_owed(clock)
    if owed.state is State.OVERDUE:
        said = f"{capital(owed.words.thing)} was due {by_when(owed.due)} and is {many(owed.days)} overdue."
    elif owed.state is State.PAUSED:
        return f"{_paused_since(clock)} {_after_the_pause(clock, owed)}{_first(owed)}"
    elif owed.days == 0:
        said = f"{capital(owed.words.thing)} is due today, {day(clock.on)}."
    else:
        left = f"in {many(owed.days)}" if owed.due.is_exact else f"{many(owed.days)} left at most"
        said = f"{capital(owed.words.thing)} is due {by_when(owed.due)}, {left}."
    paused = f" {_paused_since(clock)}" if clock.is_paused else ""
    return said + _first(owed) + paused


def _nothing_owed(clock):
    if Milestone.REPORT_COMPLETED in clock.reached:
        report = clock.deadline(Milestone.REPORT_COMPLETED)
        return f"{_completed(report)}.{_first(report)}"
    if clock.rule_set is None:
        return "No time limits are set for this kind of review."
    since = clock.start
    return (
        f"{capital(many(clock.days.elapsed))} since "
        f"{'the notification' if since.milestone == Milestone.NOTIFIED else 'the decision'}. "
        "Nothing has a due date yet."
    )


def _completed(report):
    said = f"{capital(report.words.done)} {when(report.reached.on)}"
    if report.state is State.LATE:
        return f"{said}, {many(report.days)} after it was due"
    if report.state is State.IN_TIME:
        return f"{said}, in time"
    return said


def _first(owed):
    return f" It was first due {by_when(owed.first)}." if owed.was_moved else ""


def _paused_since(clock):
    why = _reasons(clock.pauses_now)
    return f"The clock has been paused since {day(clock.paused_since)} {why}."


def _after_the_pause(clock, owed):
    if clock.pause_has_an_end:
        return f"{capital(owed.words.thing)} is due {by_when(owed.due)}."
    return f"If it ran again tomorrow, {owed.words.thing} would be due {by_when(owed.due)}."


def _reasons(changes):
    """Kinds of reasons. What somebody wrote stays out of sentences that go beyond the page."""
    kinds = dict.fromkeys(change.reason for change in changes)
    said = [BECAUSE[kind] for kind in kinds if kind in BECAUSE]
    because = [f"because of {listed(said)}"] if said else []
    return listed([*because, *["for another reason"] * (Reason.OTHER in kinds)])


# --- The letter ---------------------------------------------------------------------------------


def letter_sentence(clock):
    """What a letter says of the date of the report. It names no reason that somebody wrote."""
    if ended := clock.reached.get(Milestone.ENDED):
        return f"There will be no report: the review ended {when(ended.on)}."
    report = clock.deadline(Milestone.REPORT_COMPLETED)
    if report.reached:
        return f"{capital(report.words.done)} {when(report.reached.on)}."
    if report.due is None:
        return "No date has been set for the report yet."
    if report.state is State.OVERDUE:
        return (
            f"The report was due {by_when(report.due)} and is not complete. "
            "We will write again when a new date is known."
        )
    if report.state is State.PAUSED and not clock.pause_has_an_end:
        return (
            f"{_first_due(report)}{_paused_since(clock)} "
            "We will write again when a new date is known."
        )
    if not report.was_moved:
        return f"We expect to complete the report {by_when(report.due)}."
    why = _reasons([*report.extensions, *clock.pauses])
    return f"{_first_due(report)}We now expect to complete it {by_when(report.due)}, {why}."


def _first_due(report):
    return f"The report was first due {by_when(report.first)}. " if report.first else ""


# --- The report ---------------------------------------------------------------------------------


def delay_paragraph(clock):
    """“Reasons for delay”, for the report's section on timescales."""
    report = clock.deadline(Milestone.REPORT_COMPLETED)
    said = [*_beginning(clock, report), *_what_moved_it(clock, report)]
    if report.reached:
        said.append(_end(report))
    elif report.due is not None:
        said.append(
            f"As at {day(clock.on)} the report is not complete; {_still_owed(clock, report)}."
        )
    if clock.days and (clock.stop or clock.days.paused):
        said.append(_days(clock))
    return " ".join(said)


def _still_owed(clock, report):
    if report.state is State.OVERDUE:
        return f"it was due {by_when(report.due)}"
    if report.state is State.PAUSED and not clock.pause_has_an_end:
        return "the clock is still paused"
    return f"it is due {by_when(report.due)}"


def _beginning(clock, report):
    told, decided = (clock.reached.get(m) for m in (Milestone.NOTIFIED, Milestone.DECIDED))
    if told:
        yield f"The partnership was notified {when(told.on)}."
    if decided:
        yield f"The decision was made {when(decided.on)}."
    if report.first and report.limit:
        from_ = WORDS[Milestone(report.limit.counts_from)].moment
        yield (
            f"Under “{report.limit.rule_set.title}” the report was due {report.limit.in_words} "
            f"after {from_}, {by_when(report.first)}."
        )


def _what_moved_it(clock, report):
    changes = [(pause.starts_on, _pause(pause, clock.on)) for pause in clock.pauses]
    changes += [(one.agreed_on.latest, _extension(one)) for one in report.extensions]
    return [said for _, said in sorted(changes, key=lambda change: change[0])]


def _pause(pause, on):
    if pause.ends_on:
        days = (pause.ends_on - pause.starts_on).days + 1
        span = f"was paused from {day(pause.starts_on)} to {day(pause.ends_on)} ({many(days)})"
    else:
        span = f"has been paused since {day(pause.starts_on)}"
    return f"The clock {span} {_why(pause)}. {_who(pause)}"


def _extension(one):
    before = f"instead of {day(one.before.latest)} " if one.before.is_exact else ""
    return (
        f"{capital(when(one.agreed_on))} a new date, {day(one.until)}, was agreed {before}"
        f"{_why(one)}. {_who(one)}"
    )


def _why(change):
    words = " ".join(change.because.split()).rstrip(".")
    if change.reason == Reason.OTHER:
        return f"for this reason: {words}"
    because = f"because of {BECAUSE[change.reason]}"
    return f"{because} ({words})" if words else because


def _who(change):
    agreed = f"It was agreed by {change.agreed_by.rstrip('.')}"
    told = [f"{one.whom.rstrip('.')} {when(one.on)}" for one in change.told.all()]
    return f"{agreed}, and made known to {listed(told)}." if told else f"{agreed}."


def _end(report):
    said = f"{capital(report.words.done)} {when(report.reached.on)}"
    if report.first is None:
        return f"{said}."
    late = (report.reached.on.earliest - report.first.latest).days
    if report.reached.on.latest <= report.first.latest:
        return f"{said}, within the time first set."
    if late <= 0:
        return f"{said}."
    if report.reached.on.is_exact and report.first.is_exact:
        return f"{said}, {many(late)} after the date first set."
    return f"{said}, at least {many(late)} after the date first set."


def _days(clock):
    days = clock.days
    least = "At least " if days.at_least else ""
    to = "to the end" if Milestone.ENDED in clock.reached else "to the completed report"
    to = to if clock.stop else f"to {day(clock.on)}"
    from_ = "the notification" if clock.start.milestone == Milestone.NOTIFIED else "the decision"
    paused = (
        f", of which the clock was paused on {days.paused:,}; a day in two pauses counts once"
        if days.paused
        else ""
    )
    return capital(f"{least}{many(days.elapsed)} passed from {from_} {to}{paused}.")
