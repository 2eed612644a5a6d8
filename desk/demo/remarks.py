"""What others said of the report of the demonstration: a member of the panel, and an agency of its extract."""

import uuid
from datetime import timedelta

from django.utils import timezone

from reports.copies import remarking, rounds
from reports.copies.about import candidates, seen_in
from reports.models import Document, Paragraph, Remark
from reports.outline import Outline

_SPACE = uuid.UUID("b1e0a0a4-6d0e-4d5a-9c63-0f4f1d2f8a35")


def speak_of_report(review, part, *, chair, member, author):
    """After the report was shared with the panel; `author` answers for `part`. Safe to repeat."""
    if Remark.objects.filter(paragraph__section__document__review=review).exists():
        return
    report = Document.objects.filter(review=review).order_by("number").first()
    first = _remark(
        report,
        "remembered birthdays",
        by=member,
        words="May we print this? The family should be asked.",
    )
    remarking.reply(first, words="They agreed to it in March.", by=chair, key=_key("agreed"))
    _remark(
        report,
        "It was assessed by itself",
        by=member,
        words="By itself, or with the calls before?",
        suggested="The police first recorded an incident in the household years before. It was "
        "assessed by itself, and nobody looked at the calls before it.",
    )
    _ask_agency(report, part, chair=chair, author=author)


def _remark(report, words_in_it, *, by, words, suggested=""):
    found = Paragraph.objects.live().filter(section__document=report, text__contains=words_in_it)
    paragraph = found.get()
    return remarking.remark(
        paragraph,
        version=paragraph.versions.order_by("number").last(),
        kind="suggestion" if suggested else "comment",
        words=words,
        suggested=suggested,
        by=by,
        key=_key(words),
    )


def _ask_agency(report, part, *, chair, author):
    """One answer doubts a paragraph, and waits for the chair."""
    about = candidates(Outline(report, texts=True), part)
    sent = rounds.send_round(
        report,
        part,
        paragraphs=[one.paragraph for one in about if one.why],
        due=timezone.localdate() + timedelta(days=14),
        seen=seen_in(about),
        by=chair,
        key=_key("extract"),
    )
    first, *others = sent.lines.order_by("position")
    rounds.answer_line(
        first,
        verdict="not_accurate",
        because="She asked us twice that year, and our file has both letters.",
        by=author,
        key=_key("answer", str(first.position)),
    )
    for line in others:
        key = _key("answer", str(line.position))
        rounds.answer_line(line, verdict="accurate", by=author, key=key)
    rounds.hand_in(sent, by=author)


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(words))
