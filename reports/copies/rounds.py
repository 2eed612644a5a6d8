"""Rounds of factual accuracy: an extract goes to one agency, comes back with answers, or is withdrawn."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from findings.services.locking import ChangedMeanwhile, KeyOfAnother, need, next_number
from foundations.vault.services import store
from reports.copies import emails
from reports.copies.about import candidates, offered, seen_in
from reports.copies.begun import refuse_begun
from reports.copies.remarking import remark_of_answer
from reports.copies.wording import numbers_in, with_keys_of
from reports.models import AccuracyRound, ExtractAnswer, ExtractLine
from reports.outline import Outline
from reports.real_names import MEANT, meaning, named_among
from reports.services.locking import lock_document, lock_to_take_back
from reports.services.rights import refuse_without
from reviews import rules
from reviews.people.names import names_of
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import refuse_held
from reviews.requests.queries import people_of

NOT_OPEN = "These answers were handed in already, or the extract was withdrawn."
THEIR_OWN = (
    "The agency has begun to answer this itself, and nobody else reads what it says before it hands in. "
    "It has to hand in itself; if it cannot, withdraw the extract and send it again."
)
NOBODY_THERE = "Nobody of that agency has joined this review, so nobody there could read it. Invite somebody first."
OF_OTHERS = "Paragraph {number} is about {others}, and in nothing about {agency}. It cannot go to that agency."


@transaction.atomic
def send_round(document, participation, *, paragraphs, due, seen, by, key, meant=""):
    """The chosen paragraphs as they stand now, to the people of one agency, to be answered by a day.
    The same key again gives the first one's round. A hold that stops sharing refuses it, and so does
    a paragraph that is about other agencies alone. `seen` is what the sender chose from (seen_in):
    raises ChangedMeanwhile where it is not that any more. Raises ValidationError where a chosen one
    holds a real name that nobody has meant (`meant`, as real_names.meaning tells of what is offered),
    and where nobody of the agency could read it."""
    document = lock_document(document)
    if found := _made_with(key, document):
        return found
    refuse_without(rules.can_write_documents, document.review, by)
    if participation.review_id != document.review_id or participation.is_lead_only:
        raise ValidationError("That agency has no part in this review.")
    refuse_held(document.review, Stops.SHARING, by=by)
    if not people_of(participation).exists():
        raise ValidationError(NOBODY_THERE)
    if due < timezone.localdate():
        raise ValidationError({"due": "Enter today’s date or a later one"})
    outline = Outline(document, texts=True)
    found = candidates(outline, participation)
    if seen_in(found) != seen:
        raise ChangedMeanwhile
    chosen = _chosen(found, participation, paragraphs)
    _refuse_real_names(chosen, found, document.review, meant)
    earlier = AccuracyRound.objects.filter(document=document, participation=participation)
    made = AccuracyRound(
        document=document,
        participation=participation,
        number=next_number(earlier),
        key=key,
        due=due,
        sent_by=by,
    )
    made.full_clean(exclude=["document", "participation", "sent_by"])
    made.save()
    ExtractLine.objects.bulk_create(
        _line(made, position, one, outline) for position, one in enumerate(chosen, start=1)
    )
    emails.say_that_it_came(made, n=len(chosen))
    tell(EventType.EXTRACT_SENT, made, by=by, paragraphs=len(chosen), due=due.isoformat())
    return made


def _chosen(found, participation, paragraphs):
    wanted = {one.pk for one in paragraphs}
    if not wanted:
        raise ValidationError({"chosen": "Choose at least one paragraph"})
    found = [one for one in found if one.paragraph.pk in wanted]
    if len(found) < len(wanted):
        raise ValidationError({"chosen": "Some of these are not in the document any more"})
    for one in found:
        if one.is_of_others:
            said = OF_OTHERS.format(
                number=one.number or f"of {one.placed.title}",
                others=", ".join(one.others),
                agency=participation.agency.name,
            )
            raise ValidationError({"chosen": said})
    return found


def _refuse_real_names(chosen, found, review, meant):
    names = names_of(review)
    is_named = named_among([(one.placed, one) for one in chosen], names)
    if is_named and meant != meaning(named_among(offered(found), names)):
        raise ValidationError({"meant": MEANT})


def _line(made, position, one, outline):
    version = one.paragraph.versions.order_by("number").last()
    return ExtractLine(
        round=made,
        position=position,
        paragraph=one.paragraph,
        version=version,
        number=one.number,
        references=numbers_in(version.text, outline),
    )


@transaction.atomic
def answer_line(
    line,
    *,
    verdict,
    by,
    key,
    proposed="",
    because="",
    content=None,
    name="",
    on_behalf=False,
    seen=0,
):
    """One answer more; until all is handed in, the last one counts. Returns the answer. `seen` is the id
    of the last one that its writer had before them, 0 for none: raises ChangedMeanwhile where they could
    read a later one by now. On behalf of the agency nothing takes the place of what it said itself."""
    round_ = _open(line.round)
    line = ExtractLine.objects.get(pk=line.pk)
    if found := ExtractAnswer.objects.filter(key=key).first():
        if found.line_id != line.pk:
            raise KeyOfAnother
        return found
    refuse_without(rules.can_check_extract, round_.participation, by)
    if on_behalf:
        _refuse_their_own(last_answers(round_).get(line.pk))
    if last_read(line, by) != seen:
        raise ChangedMeanwhile
    is_doubt = verdict == ExtractAnswer.Verdict.NOT_ACCURATE
    given = ExtractAnswer(
        line=line,
        key=key,
        verdict=verdict,
        proposed=_proposed(line, proposed) if is_doubt else "",
        because=because.strip() if is_doubt else "",
        on_behalf=on_behalf,
        by=by,
    )
    if is_doubt and content is not None:
        given.stored = store(content, name=name, scope=round_.review.vault_scope)
        given.name = given.stored.name
    given.full_clean(exclude=["line", "by"])
    given.save()
    _tell_of_answer(given, round_)
    return given


def _tell_of_answer(given, round_):
    said = {"by": given.by, "on_behalf": given.on_behalf}
    tell(EventType.EXTRACT_ANSWERED, round_, verdict=str(given.verdict), **said)
    if file := given.stored:
        tell(EventType.FILE_UPLOADED, round_, size=file.size, sha256=file.sha256, **said)


def last_read(line, user):
    """The id of the last answer to a line that this person may read, or 0."""
    rows = ExtractAnswer.objects.visible_to(user).filter(line=line)
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0


def _proposed(line, text):
    """As a paragraph is kept; the same words again propose nothing."""
    text = with_keys_of(text.strip(), line.references)
    return "" if text == line.version.text else text


@transaction.atomic
def hand_in(round_, *, by, on_behalf=False, others_accurate=False):
    """All of it at once. What is not accurate then stands with the remarks on the draft. Handed in
    twice, it stays as it was. `others_accurate`: of what nobody has answered, that it is accurate; refused
    where somebody has begun to answer it."""
    round_ = locked_round(round_)
    if round_.handed_in_at:
        return round_
    refuse_without(rules.can_check_extract, round_.participation, by)
    if not round_.is_open:
        raise ValidationError(NOT_OPEN)
    counted = last_answers(round_)
    if on_behalf:
        _refuse_their_own(*counted.values())
    _answer_others(round_, counted, is_meant=others_accurate, by=by, on_behalf=on_behalf)
    for answer in counted.values():
        if answer.is_doubt:
            remark_of_answer(answer, suggested=answer.proposed)
    round_.handed_in_at, round_.handed_in_by = timezone.now(), by
    round_.on_behalf = on_behalf
    round_.full_clean(exclude=["document", "participation", "sent_by", "handed_in_by"])
    round_.save(update_fields=["handed_in_at", "handed_in_by", "on_behalf"])
    doubts = sum(answer.is_doubt for answer in counted.values())
    tell(EventType.EXTRACT_HANDED_IN, round_, by=by, doubts=doubts, on_behalf=on_behalf)
    return round_


def _answer_others(round_, counted, *, is_meant, by, on_behalf):
    missing = [one for one in round_.lines.order_by("position") if one.pk not in counted]
    if missing and not is_meant:
        n, are = len(missing), "paragraph is" if len(missing) == 1 else "paragraphs are"
        said = f"{n} {are} not answered yet. Answer them, or tick that they are accurate"
        raise ValidationError({"others": said})
    refuse_begun(round_, missing)
    accurate = ExtractAnswer.Verdict.ACCURATE
    for line in missing:
        given = ExtractAnswer(
            line=line, key=uuid.uuid4(), verdict=accurate, on_behalf=on_behalf, by=by
        )
        given.full_clean(exclude=["line", "by"])
        given.save()
        tell(EventType.EXTRACT_ANSWERED, round_, by=by, verdict=accurate.value, on_behalf=on_behalf)


def last_answers(round_):
    """{id of a line: the answer that counts}"""
    rows = ExtractAnswer.objects.filter(line__round=round_).select_related("line__version", "by")
    return {one.line_id: one for one in rows.order_by("pk")}


def _refuse_their_own(*answers):
    """Who acts on behalf of an agency has not read what it said itself, and cannot speak for it."""
    if any(answer and not answer.on_behalf for answer in answers):
        raise ValidationError(THEIR_OWN)


@transaction.atomic
def withdraw_round(round_, *, because, by):
    """The agency no longer finds it from now on, also after the review; it stays on record."""
    need(because, "because")
    round_ = _open(round_, lock=lock_to_take_back)
    refuse_without(rules.can_write_documents, round_.document.review, by)
    round_.withdrawn_at, round_.withdrawn_by = timezone.now(), by
    round_.withdrawn_because = because.strip()
    round_.full_clean(exclude=["document", "participation", "sent_by", "withdrawn_by"])
    round_.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    emails.say_that_it_is_withdrawn(round_)
    tell(EventType.EXTRACT_WITHDRAWN, round_, by=by)
    return round_


def locked_round(round_, *, lock=lock_document):
    """The round as it is now, while nobody else can change anything in its document."""
    document = lock(round_.document)
    rows = AccuracyRound.objects.select_for_update(of=("self",)).select_related(
        "participation__agency", "participation__review"
    )
    round_ = rows.get(pk=round_.pk)
    round_.document = document
    return round_


def _open(round_, **how):
    round_ = locked_round(round_, **how)
    if not round_.is_open:
        raise ValidationError(NOT_OPEN)
    return round_


def _made_with(key, document):
    found = AccuracyRound.objects.filter(key=key).first()
    if found and found.document_id != document.pk:
        raise KeyOfAnother
    return found


def tell(type_, round_, *, by, **data):
    record(
        type_,
        by=by,
        review=round_.document.review,
        target=round_,
        agency=round_.participation.agency.name,
        number=round_.document.number,
        **data,
    )
