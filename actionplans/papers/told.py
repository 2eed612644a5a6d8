"""Dated updates as committees read them: "November 2014: The course was held twice." """

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from actionplans.models import Status
from actionplans.progress.models import Answer

LEADS_IN = {
    Answer.AT_RISK: "At risk. ",
    Answer.SLIPPED: "Slipped. ",
    Answer.REPORTED: "Reported done. ",
    Answer.SUPERSEDED: "Reported as no longer right. ",
}


@dataclass(frozen=True)
class Said:
    """One update. `at` is None for what a file says without a date."""

    text: str
    at: object = None
    is_kept: bool = False  # it was reported here, and nobody can change it any more


def updates_of(one, rows, asked):
    """What the file told, in its order, then what was reported here, in the order of time: of several
    actions each under its number."""
    found = [_of_file(update) for update in one.updates.all() if _by(update, asked.end)]
    several = len({link.participation_id for row in rows for link in row.lead_links.all()}) > 1
    here = []
    for row in rows:
        of = f"{row.number}: " if len(rows) > 1 else ""
        notes = asked.notes.get(row.pk, ())
        moves = {move.note_id: move for move in asked.moves.get(row.pk, ())}
        for note in notes:
            if note.at <= asked.end:
                here.append(_of_note(note, moves.get(note.pk), of, named=several))
            if verdict := _verdict(note, of, asked.end):
                here.append(verdict)
        here += [_of_impact(impact, of) for impact in asked.impacts.get(row.pk, ())]
    return [*found, *sorted(here, key=lambda said: said.at)]


def _by(update, end):
    """What a file dates after the day was not known then."""
    return update.date_earliest is None or update.date_earliest <= timezone.localtime(end).date()


def _of_file(update):
    latest = update.date_latest
    at = timezone.make_aware(datetime.combine(latest, time.max)) if latest else None
    return Said(f"{update.label} {update.text}".strip(), at)


def _of_note(note, move, of, *, named):
    who = f"{note.participation.agency.name}. " if named and note.participation else ""
    words = note.note or "No change."
    texts = [f"{LEADS_IN.get(note.answer, '')}{_sentence(words)}"]
    if note.answer == Answer.REPORTED:
        texts.append(_shown(note))
    if move and not move.is_first:
        reason = f": {move.reason}" if move.reason else ""
        texts.append(_sentence(f"Date moved from {move.old_words} to {move.new}{reason}"))
    said = " ".join(filter(None, texts))
    return Said(f"{_month(note.at)}: {of}{who}{said}", note.at, is_kept=True)


def _shown(note):
    if note.evidence:
        return _sentence(f"Shown by: {note.evidence}")
    return _sentence(f"Nothing to show: {note.why_none}") if note.why_none else ""


def _verdict(note, of, end):
    verdict = getattr(note, "verdict", None)
    if verdict is None or verdict.at > end:
        return None
    if verdict.is_accepted:
        words = "Accepted as no longer right." if _is_over(verdict) else "Accepted as done."
    else:
        words = _sentence(f"Sent back: {verdict.reason}")
    return Said(f"{_month(verdict.at)}: {of}{words}", verdict.at, is_kept=True)


def _is_over(verdict):
    return verdict.status == Status.SUPERSEDED


def _of_impact(impact, of):
    words = f"Did practice change? {impact.get_changed_display()}. {_sentence(impact.how)}"
    return Said(f"{_month(impact.at)}: {of}{words}", impact.at, is_kept=True)


def _month(at):
    return f"{timezone.localtime(at):%B %Y}"


def _sentence(text):
    text = " ".join(text.split())
    return text if text[-1:] in ".!?…" else f"{text}."
