"""What people say of a document before it is submitted, and a partnership's own list of phrases."""

from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.models import Partnership
from audit.models import EventType
from audit.services import record
from findings.services.locking import ChangedMeanwhile, KeyOfAnother, need, remove
from reports.checking.blaming import HOUSE_LIST
from reports.checks.answers import Answers, line_with
from reports.checks.links import broken_links
from reports.checks.looking import keep
from reports.models import BlamingPhrase, CheckAnswer
from reports.services.locking import lock_document
from reports.services.rights import refuse_without
from reviews import rules

GONE = "What was found here has changed meanwhile. Go back to the list and look at it as it is now."
Says = CheckAnswer.Says
OF_QUESTIONS = (Says.YES, Says.NO)
OF_FINDINGS = (Says.NO_FAULT, Says.MENDED, Says.TO_MEND)


@transaction.atomic
def keep_found(document, *, by):
    """How the document stands now, for its page: nobody's look at it alone is kept."""
    document = lock_document(document)
    looked = keep(document)
    n = sum(len(one.found) for one in looked.items)
    record(
        EventType.DOCUMENT_CHECK_KEPT,
        by=by,
        review=document.review,
        target=document,
        number=document.number,
        found=n,
    )
    return looked


@transaction.atomic
def answer(document, *, code, says, reason, seen, by, key):
    """What somebody says of one finding, or to one question. `seen` is the id of the answer that they saw,
    0 where there was none: where somebody was quicker, ChangedMeanwhile. The same key again gives the
    first one. Of a finding it counts while the paragraphs that it rests on say the same; to a question it
    stands, and the list says where the text has changed since."""
    document = lock_document(document)
    if found := CheckAnswer.objects.filter(key=key).first():
        if found.document_id != document.pk:
            raise KeyOfAnother
        return found
    refuse_without(rules.can_write_documents, document.review, by)
    looked, answers = keep(document), Answers(document)
    line = line_with(code, answers.beside([*looked.items, broken_links(document.review, by)]))
    if line is None:
        raise ValidationError(GONE)
    if (line.answer.pk if line.answer else 0) != seen:
        raise ChangedMeanwhile
    if says not in (OF_QUESTIONS if line.is_question else OF_FINDINGS):
        raise ValidationError({"says": "Choose what you say of it"})
    if says not in (Says.YES, Says.TO_MEND):
        need(reason)
    made = CheckAnswer(
        document=document,
        key=key,
        code=code,
        item=line.item,
        about=line.about,
        says=says,
        reason=reason.strip(),
        read=looked.text_digest,
        by=by,
    )
    made.full_clean(exclude=["document", "by"])
    made.save()
    record(
        EventType.DOCUMENT_CHECKED,
        by=by,
        review=document.review,
        target=made,
        number=document.number,
        item=line.item,
        says=str(says),
    )
    return made


# --- Phrases that blame -------------------------------------------------------------------------


@transaction.atomic
def add_phrase(partnership, *, words, why, instead, by, key):
    """One of the partnership's own. The same key again gives the first one."""
    partnership = _lock(partnership)
    if found := _made_with(key, partnership):
        return found
    words = " ".join(words.split())
    if any(one.words.lower() == words.lower() for one in HOUSE_LIST):
        raise ValidationError({"words": "This phrase is in the house’s list already"})
    made = BlamingPhrase(
        partnership=partnership, key=key, words=words, why=why, instead=instead, made_by=by
    )
    return _keep(made, by=by)


@transaction.atomic
def leave_out(partnership, *, words, why, by, key):
    """A phrase of the house's list is no longer looked for, and it is said why."""
    partnership = _lock(partnership)
    if found := _made_with(key, partnership):
        return found
    if words not in {one.words for one in HOUSE_LIST}:
        raise ValidationError("This phrase is not in the house’s list.")
    need(why, "why")
    made = BlamingPhrase(
        partnership=partnership, key=key, words=words, why=why, is_left_out=True, made_by=by
    )
    return _keep(made, by=by)


@transaction.atomic
def take_off(phrase, *, by):
    """An own phrase goes from the list, or one of the house's comes back. It stays on record."""
    partnership = _lock(phrase.partnership)
    phrase = BlamingPhrase.objects.select_for_update(of=("self",)).get(pk=phrase.pk)
    if phrase.is_live:
        remove(phrase, by=by)
        _tell(EventType.PHRASE_REMOVED, phrase, partnership, by=by)
    return phrase


def _lock(partnership):
    return Partnership.objects.select_for_update().get(pk=partnership.pk)


def _made_with(key, partnership):
    found = BlamingPhrase.objects.filter(key=key).first()
    if found and found.partnership_id != partnership.pk:
        raise KeyOfAnother
    return found


def _keep(made, *, by):
    made.full_clean(exclude=["made_by"])
    made.save()
    _tell(EventType.PHRASE_ADDED, made, made.partnership, by=by)
    return made


def _tell(type_, phrase, partnership, *, by):
    record(
        type_,
        by=by,
        target=phrase,
        partnership=partnership.name,
        is_left_out=phrase.is_left_out,
    )
