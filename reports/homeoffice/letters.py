"""Letters of the quality panel: entered as they came, taken apart into points, each point answered."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from findings.services.locking import (
    ChangedMeanwhile,
    KeyOfAnother,
    TakenAway,
    lock_review,
    made_with,
    need,
    next_number,
)
from foundations.vault.services import display_name, store
from reports.homeoffice.proposing import proposed_in
from reports.models import (
    LetterPoint,
    OfficeLetter,
    OfficeWithdrawal,
    Pack,
    PackPart,
    PackSent,
    ParagraphVersion,
    PointAnswer,
    Recipient,
    Rendering,
)
from reports.rendering.gathered import Gathered
from reports.services.rights import refuse_without
from reviews import rules


@transaction.atomic
def enter_letter(review, *, content, name, on, outcome, pack, by, key, today=None):
    """Keep a letter as it came, with what may be its points. The same key again gives the first one's.

    Raises Refused where the file cannot be read."""
    review = lock_review(review)
    if found := made_with(OfficeLetter, key, review):
        return found
    refuse_without(rules.can_write_documents, review, by)
    if on > (today or timezone.localdate()):
        raise ValidationError({"on": "Enter today’s date or an earlier one"})
    name = display_name(name)
    letter = OfficeLetter(
        review=review,
        number=next_number(review.office_letters),
        on=on,
        outcome=outcome,
        pack=pack,
        name=name,
        read=proposed_in(content, name).to_json(),
        by=by,
        key=key,
    )
    letter.stored = store(content, name=name, scope=review.vault_scope)
    letter.sha256 = letter.stored.sha256
    letter.full_clean(exclude=["review", "pack", "stored", "by"])
    letter.save()
    _tell(EventType.OFFICE_LETTER_CAME, letter, by=by, outcome=str(outcome), on=on.isoformat())
    return letter


@transaction.atomic
def enter_points(letter, texts, *, seen, by, key):
    """Number what the letter asks for, after the points that it has already. Returns the new ones.
    `seen` is how many points whoever enters them has read: two who confirm the same proposal are not
    both to enter it."""
    review = lock_review(letter.review)
    texts = [" ".join(one.split()) for one in texts]
    keys = [uuid.uuid5(key, str(place)) for place, _ in enumerate(texts)]
    if found := list(LetterPoint.objects.filter(key__in=keys)):
        if any(one.letter_id != letter.pk for one in found):
            raise KeyOfAnother
        return found
    refuse_without(rules.can_write_documents, review, by)
    refuse_withdrawn(letter)
    if seen != letter.points.count():
        raise ChangedMeanwhile
    first = next_number(letter.points)
    points = [
        LetterPoint(letter=letter, number=number, text=text, by=by, key=own)
        for number, (text, own) in enumerate(zip(texts, keys, strict=True), start=first)
    ]
    for one in points:
        one.full_clean(exclude=["letter", "by"])
    LetterPoint.objects.bulk_create(points)
    letter.review = review
    _tell(EventType.OFFICE_POINTS_ENTERED, letter, by=by, points=len(points))
    return points


@transaction.atomic
def answer_point(point, *, how, words, by, key, paragraph=None, called=""):
    """Say what was done about a point; once more where another round asks for it.

    Of a changed paragraph it is kept how it read in what was submitted, and how it reads now. Raises
    ValidationError where that is the same, or where nothing is said."""
    letter = point.letter
    letter.review = lock_review(letter.review)
    if found := PointAnswer.objects.filter(key=key).first():
        if found.point_id != point.pk:
            raise KeyOfAnother
        return found
    refuse_without(rules.can_write_documents, letter.review, by)
    refuse_withdrawn(letter, point)
    row = PointAnswer(point=point, how=how, words=words.strip(), by=by, key=key)
    if how == PointAnswer.How.PARAGRAPH:
        row.paragraph, row.called = paragraph, called
        row.before, row.after = _versions(paragraph, letter, called)
    elif not row.words:
        asked = "why nothing was changed" if how == PointAnswer.How.NOT else "what was changed"
        raise ValidationError({"words": f"Say {asked}"})
    row.full_clean(exclude=["point", "paragraph", "before", "after", "by"])
    row.save()
    _tell(EventType.OFFICE_POINT_ANSWERED, letter, by=by, point=point.number, how=str(how))
    return row


@transaction.atomic
def withdraw(letter, *, why, by, key, point=None):
    """Say of a letter, or of one of its points, that it was entered by mistake. It stays with its
    answers, and neither counts any more nor is answered. Raises TakenAway where it was withdrawn
    already."""
    letter.review = lock_review(letter.review)
    of = {"letter": None, "point": point} if point else {"letter": letter, "point": None}
    if found := OfficeWithdrawal.objects.filter(key=key).first():
        if (found.letter, found.point) != (of["letter"], of["point"]):
            raise KeyOfAnother
        return found
    refuse_without(rules.can_write_documents, letter.review, by)
    need(why, "why")
    refuse_withdrawn(letter, point)
    row = OfficeWithdrawal(why=why.strip(), by=by, key=key, **of)
    row.full_clean(exclude=["letter", "point", "by"])
    row.save()
    _tell(EventType.OFFICE_WITHDRAWN, letter, by=by, point=point.number if point else 0)
    return row


def refuse_withdrawn(letter, point=None):
    """Raises TakenAway where the letter, or this point of it, was withdrawn."""
    of = Q(letter=letter) | Q(point=point) if point else Q(letter=letter)
    if OfficeWithdrawal.objects.filter(of).exists():
        raise TakenAway


def _versions(paragraph, letter, called):
    """(as it was submitted or None, as it is now)"""
    rows = ParagraphVersion.objects.filter(paragraph=paragraph).order_by("number")
    after = rows.last()
    if after is None:
        raise ValidationError({"number": f"Paragraph {called} has no words of its own"})
    before = _as_submitted(paragraph, rows, letter)
    if before and before.text == after.text:
        raise ValidationError(
            {
                "number": f"Paragraph {called} says what it said when it was submitted. "
                "Change it first, or say that nothing was changed, and why"
            }
        )
    return before, after


def _as_submitted(paragraph, versions, letter):
    """How it read in what the letter is about, or None where it did not stand in it.

    That is the version of the document in that pack, as of when it was read for it and not of when the
    file was ready; else the pack, else when the letter was entered."""
    pack = letter.pack or _last_sent_before(letter)
    parts = PackPart.objects.filter(pack=pack)
    made = Rendering.objects.filter(
        document=paragraph.section.document, pk__in=parts.values("rendering")
    )
    found = [Gathered.from_json(one.values) for one in made]
    if found:
        submitted = max(found, key=lambda one: one.at)
        if all(one.key != str(paragraph.key) for _, one in submitted.paragraphs):
            return None
        moment = submitted.at
    else:
        moment = pack.at if pack else letter.at
    before = versions.filter(at__lte=moment).last()
    return None if before is None or before.what == before.What.REMOVED else before


def _last_sent_before(letter):
    sent = PackSent.objects.standing().filter(on__lte=letter.on).values("pack")
    packs = Pack.objects.filter(review=letter.review, to=Recipient.HOME_OFFICE, pk__in=sent)
    return packs.order_by("number").last()


def _tell(type_, letter, *, by, **data):
    record(type_, by=by, review=letter.review, target=letter, number=letter.number, **data)
