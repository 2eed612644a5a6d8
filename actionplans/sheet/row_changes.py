"""What one row of a sheet changes in the row of the plan that it is about, or adds."""

from actionplans.models import CLOSED
from actionplans.progress.models import Answer
from actionplans.progress.services import NOTHING_SHOWS_IT
from actionplans.sheet import columns
from actionplans.sheet.meaning import (
    NO_ACCOUNT,
    Unclear,
    answer_of,
    is_same_date,
    level_of,
    names_in,
    target_of,
)
from actionplans.sheet.models import Keep
from agencies.models import name_key
from foundations.dates.words import fold

LONGEST_TEXT = {"recommendation": 10_000, "action": 4_000, "owner": 200, "addressed_to": 200}
LONGEST_SAID = 5_000
RENUMBERED = "Its number in the plan is {}. Numbers stay as they are"
FILE_WORDS = (
    "These words are those of an uploaded file or of an agency’s own report, and stay as they are. A "
    "corrected file changes its own"
)
PUBLISHED = "The report is published, so its recommendations stay as they are"
HAS_ACTIONS = "The words of a recommendation that has actions are changed on its own page"
NO_ACTION_HERE = (
    "This recommendation is followed as a whole. To add an action to it, write it in a new row with "
    "the number of the recommendation"
)
NO_WORDS = "An action needs words. To take it out of the plan, delete its row from the sheet"
NOT_THEIRS = "Its owner works for none of the agencies that are to lead. Give it another, or none"
MEANWHILE = "Somebody else changed this after you downloaded the sheet. It now says “{}”"
REPORTED_MEANWHILE = "Somebody reported on this after you downloaded the sheet. Read that first"
NOT_DONE = "This goes with the status Done"
SAY_SO = "Say what has happened, in the column “Update”"
SAY_WHAT = "Say what was done, in the column “Update”"
UNPLACED = (
    "It cannot be told to which recommendation this belongs. Give the number of the recommendation, "
    "or its words as they stand in the plan"
)
NO_SUCH_NUMBER = (
    "The number {} is not in the plan. Give the number of a recommendation that is, or its words as "
    "they stand there"
)
NEW_NEEDS_ACTION = "A new row needs the words of an action"
THERE_ALREADY = "This action is in the plan already."
NEW_REPORTS = "Progress on a new action is reported once it is in the plan"
NOT_HERE = "Set this on a row of the recommendation that is in the plan already"


def of_row(line, plan, asks):
    touched = _touched(line, asks)
    _number(line, touched)
    _words(line, touched, asks)
    _leads(line, touched, asks)
    _owner(line, touched, asks)
    _target(line, touched)
    _following(line, touched, asks)
    _report(line, touched, asks)


def of_new_row(line, plan, asks):
    texts = line.asked.texts
    action, number = texts.get("action", ""), texts.get("number", "")
    one = plan.recommendation_for(number, texts.get("recommendation", ""))
    if number and one is None and not plan.numbered(number):
        return line.wrong(columns.NUMBER, NO_SUCH_NUMBER.format(number[:40]))
    if not action:
        return line.wrong(columns.ACTION, NEW_NEEDS_ACTION)
    if one is None:
        return line.wrong(columns.NUMBER, UNPLACED)
    line.recommendation = one
    live = (action for action in one.actions.all() if action.withdrawn_at is None)
    if any(columns.same(other.text, action) for other in live):
        line.notes.append(THERE_ALREADY)
        return None
    own = number if number and number != one.number else ""
    _check_length(line, columns.ACTION, action)
    line.change(columns.ACTION, "", action, text=action, number=own)
    touched = {name: text for name, text in texts.items() if text}
    _leads(line, touched, asks)
    _owner(line, touched, asks)
    _target(line, touched)
    for column in (*columns.REPORTS, *columns.OF_RECOMMENDATION):
        _stays_blank(line, column, one)
    return None


def _stays_blank(line, column, one):
    """Copied from the row above it is no harm; anything else would be lost."""
    text = line.asked.texts.get(column.name, "")
    there = {
        "level": one.get_level_display(),
        "theme": one.theme.name if one.theme_id else "",
        "addressed_to": one.addressed_to,
    }.get(column.name, "")
    if text and fold(text) != fold(there):
        line.wrong(column, NEW_REPORTS if column in columns.REPORTS else NOT_HERE)


# --- What was touched ---------------------------------------------------------------------------


def _touched(line, asks):
    """{column name: text} of the cells that whoever edited the sheet changed, and nobody else did."""
    base, _ = columns.read_mark(line.asked.mark)
    touched = {}
    for column in columns.COMPARED:
        if column.name not in line.asked.texts:
            continue
        new, now = line.asked.texts[column.name], line.standing.texts[column.name]
        if _is_same(column, new, now, line.standing.row):
            continue
        stood = base.get(column.name)
        if stood == columns.sign_of(new):
            continue
        if stood and stood != columns.sign_of(now) and column is not columns.STATUS:
            if asks.keep == Keep.PLAN:
                line.gave_way = True
                continue
            if asks.keep != Keep.SHEET:
                line.wrong(column, MEANWHILE.format(now[:200] or "nothing"), is_conflict=True)
                continue
        touched[column.name] = new
    return touched


def _is_same(column, new, now, row):
    if columns.same(new, now):
        return True
    if column is columns.TARGET:
        return is_same_date(new, row.target)
    if column in {columns.LEAD, columns.JOINT}:
        return _keys(new) == _keys(now)
    if column is columns.OWNER:
        return bool(row.owner) and fold(new) in {fold(row.owner.name), fold(row.owner.email)}
    if column in {columns.LEVEL, columns.THEME, columns.STATUS}:
        return fold(new) == fold(now)
    return False


def _keys(text):
    return {name_key(name) for name in names_in(text)}


# --- Cell by cell -------------------------------------------------------------------------------


def _number(line, touched):
    if "number" in touched:
        line.wrong(columns.NUMBER, RENUMBERED.format(line.standing.texts["number"]))


def _words(line, touched, asks):
    row, before = line.standing.row, line.standing.texts
    if "recommendation" in touched:
        new = touched["recommendation"]
        if not row.recommendation.is_made_here:
            line.wrong(columns.RECOMMENDATION, FILE_WORDS)
        elif row.action_id:
            line.wrong(columns.RECOMMENDATION, HAS_ACTIONS)
        elif asks.is_published:
            line.wrong(columns.RECOMMENDATION, PUBLISHED)
        elif not new:
            line.wrong(columns.RECOMMENDATION, "A recommendation needs words")
        else:
            _check_length(line, columns.RECOMMENDATION, new)
            line.change(columns.RECOMMENDATION, before["recommendation"], new, text=new)
    if "action" in touched:
        new = touched["action"]
        if not row.action_id:
            line.wrong(columns.ACTION, NO_ACTION_HERE)
        elif not new:
            line.wrong(columns.ACTION, NO_WORDS)
        else:
            _check_length(line, columns.ACTION, new)
            line.change(columns.ACTION, before["action"], new, text=new)


def _check_length(line, column, text):
    if len(text) > LONGEST_TEXT[column.name]:
        line.wrong(column, f"Write {LONGEST_TEXT[column.name]:,} characters or fewer")


def _leads(line, touched, asks):
    for column, most in ((columns.LEAD, 1), (columns.JOINT, None)):
        if column.name not in touched:
            continue
        named = names_in(touched[column.name])
        if most and len(named) > most:
            line.wrong(column, "One agency answers for it. Put the others under “Joint leads”")
            continue
        bodies = _bodies(line, column, named, asks)
        if len(bodies) < len(named):
            continue
        for body in bodies:
            if body.part is None:
                line.notes.append(f"{body.agency.name} is added to the review as a lead only.")
        said = "\n".join(body.agency.name for body in bodies)
        wants = {"lead": bodies[0] if bodies else None} if most else {"joint": tuple(bodies)}
        line.change(column, _before(line, column), said, **wants)


def _bodies(line, column, named, asks):
    """Those that are known; of each of the others the line says what is wrong."""
    bodies = []
    for name in named:
        try:
            bodies.append(asks.meanings.body(name))
        except Unclear as refusal:
            line.wrong(column, refusal.message)
    return bodies


def _before(line, column):
    return line.standing.texts[column.name] if line.standing else ""


def _leads_after(line):
    """The parts that lead once the sheet is saved, to one of which its owner belongs."""
    row = line.standing and line.standing.row
    there = [link.participation for link in row.lead_links.all()] if row else []
    leads = [row.lead] if row and row.lead else []
    joint = [part for part in there if part not in leads]
    if "lead" in line.wants:
        leads = [line.wants["lead"].part] if line.wants["lead"] else []
    if "joint" in line.wants:
        joint = [body.part for body in line.wants["joint"]]
    return [part for part in (*leads, *joint) if part]


def _owner(line, touched, asks):
    if "owner" not in touched:
        _owner_stays(line, asks)
        return
    text = " ".join(touched["owner"].split())
    _check_length(line, columns.OWNER, text)
    person = asks.meanings.person(text, _leads_after(line)) if text else None
    if text and person is None:
        line.notes.append(NO_ACCOUNT)
    line.change(
        columns.OWNER,
        _before(line, columns.OWNER),
        person.email if person else text,
        owner=person,
        owner_as_written="" if person else text,
    )


def _owner_stays(line, asks):
    """Somebody of the agency that led until now does not own what another is to lead."""
    owner = line.standing.row.owner if line.standing else None
    if owner is None or not {"lead", "joint"} & line.wants.keys():
        return
    if asks.meanings.person(owner.email, _leads_after(line)) is None:
        line.wrong(columns.OWNER, NOT_THEIRS)


def _target(line, touched):
    if "target" not in touched:
        return
    text = touched["target"]
    try:
        target = target_of(text, moves=line.standing is not None)
    except Unclear as refusal:
        line.wrong(columns.TARGET, refusal.message)
    else:
        line.change(columns.TARGET, _before(line, columns.TARGET), text, target=target)


def _following(line, touched, asks):
    meant = {"level": level_of, "theme": asks.meanings.theme, "addressed_to": str}
    for column in columns.OF_RECOMMENDATION:
        if column.name not in touched:
            continue
        text = touched[column.name]
        if column is columns.ADDRESSED_TO:
            _check_length(line, column, text)
        try:
            value = meant[column.name](text)
        except Unclear as refusal:
            line.wrong(column, refusal.message)
        else:
            line.change(column, line.standing.texts[column.name], text, **{column.name: value})


# --- Progress -----------------------------------------------------------------------------------


def _report(line, touched, asks):
    """Status, update and what shows it are one report, of which nothing is kept by halves."""
    said = {column.name: line.asked.texts.get(column.name, "") for column in columns.REPORTS}
    anew = {name: text for name, text in said.items() if name != "status" and text}
    if "status" not in touched and not anew:
        return
    if _is_told_already(asks.reported.get(line.standing.row.pk), said):
        return
    if _told_meanwhile(line, asks):
        return
    try:
        answer = answer_of(touched.get("status", ""))
    except Unclear as refusal:
        line.wrong(columns.STATUS, refusal.message)
        return
    if answer == Answer.NO_CHANGE and not anew:
        return
    _check_report(line, answer, said)
    wants = {
        "answer": answer,
        "words": said["update"],
        "evidence": said["evidence"],
        "why_none": said["why_none"],
    }
    line.wants["report"] = wants
    if "status" in touched:
        line.changes.append((columns.STATUS.heading, line.standing.texts["status"], answer.label))
    for column in (columns.UPDATE, columns.EVIDENCE, columns.WHY_NONE):
        if said[column.name]:
            line.changes.append((column.heading, "", said[column.name]))


def _is_told_already(note, said):
    """The same sheet came before."""
    return (
        note is not None
        and bool(said["update"] or said["evidence"])
        and columns.same(note.note, said["update"])
        and columns.same(note.evidence, said["evidence"])
        and columns.same(note.why_none, said["why_none"])
    )


def _told_meanwhile(line, asks):
    """Whether this report is not to be kept, because somebody else's came first."""
    _, told = columns.read_mark(line.asked.mark)
    if not told or told == columns.sign_of(line.standing.told) or asks.keep == Keep.SHEET:
        return False
    if asks.keep == Keep.PLAN:
        line.gave_way = True
    else:
        line.wrong(columns.STATUS, REPORTED_MEANWHILE, is_conflict=True)
    return True


def _check_report(line, answer, said):
    is_done = answer == Answer.REPORTED
    if line.standing.row.status in CLOSED and is_done:
        line.notes.append("It was accepted as finished before, and will wait to be accepted again.")
    if is_done and not said["update"]:
        line.wrong(columns.UPDATE, SAY_WHAT)
    elif answer != Answer.NO_CHANGE and not said["update"]:
        line.wrong(columns.UPDATE, SAY_SO)
    if is_done and not (said["evidence"] or said["why_none"]):
        line.wrong(columns.EVIDENCE, NOTHING_SHOWS_IT)
    if said["why_none"] and not is_done:
        line.wrong(columns.WHY_NONE, NOT_DONE)
    for column in (columns.UPDATE, columns.EVIDENCE, columns.WHY_NONE):
        if len(said[column.name]) > LONGEST_SAID:
            line.wrong(column, f"Write {LONGEST_SAID:,} characters or fewer")
