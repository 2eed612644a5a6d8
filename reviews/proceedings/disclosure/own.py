"""What this room adds to a schedule: letters, terms, minutes, papers, notification, actions."""

from django.utils import timezone

from audit.models import Event, EventType
from audit.services import stream_of
from reviews import rules
from reviews.access import access_of
from reviews.intake.models import EarlyAction, Notification
from reviews.letters.models import Letter, RegisterLine
from reviews.letters.printing import as_word
from reviews.meetings.models import Minutes, Paper
from reviews.proceedings.disclosure.sources import Material, register
from reviews.terms.difference import texts_of
from reviews.terms.models import TermsVersion
from reviews.wording.blocks import blocks_of


def _day(moment):
    return timezone.localdate(moment)


def _word(review, title, *paragraphs):
    """The words of one row as a Word file, which is kept with the handing over."""
    return as_word(
        title,
        blocks_of("\n\n".join(filter(None, paragraphs))),
        above=review.partnership.name,
        reference=review.reference,
        made_at=timezone.now(),
    )


# --- Letters ------------------------------------------------------------------------------------


def _letters(user, review):
    rows = Letter.objects.visible_to(user).filter(review=review, set_aside_at=None)
    sent = rows.filter(register__what=RegisterLine.What.SENT).distinct()
    for letter in sent.for_display().select_related("pdf").defer("pdf__body").order_by("pk"):
        if letter.sent is None:
            continue  # the register corrects it
        part = letter.participation
        yield Material(
            source="letter",
            row=letter.pk,
            description=f"Letter {letter.pk}, to: {letter.get_recipient_display()}, sent"
            + (" outside this service" if letter.is_from_elsewhere else ""),
            on=letter.sent.on,
            sha256=letter.pdf.sha256 if letter.pdf_id else "",
            concerns=(part,) if part else (),
        )


def _letter(user, review, row):
    letter = Letter.objects.visible_to(user).filter(review=review).get(pk=row)
    return letter.pdf.content if letter.pdf_id else None


# --- Terms, minutes and papers ------------------------------------------------------------------


def _terms(user, review):
    for version in _issued(user, review).order_by("number"):
        yield Material(
            source="terms",
            row=version.pk,
            description=f"Terms of reference, version {version.number}, issued",
            on=_day(version.issued_at),
        )


def _issued(user, review):
    return TermsVersion.objects.visible_to(user).issued().filter(review=review)


def _terms_words(user, review, row):
    version = _issued(user, review).get(pk=row)
    texts = (text.text for text in texts_of([version])[version.pk])
    return _word(review, str(version), version.timeframe, version.purposes, *texts)


def _minutes(user, review):
    rows = _agreed(user, review).select_related("meeting").order_by("meeting__number", "number")
    for minutes in rows:
        yield Material(
            source="minutes",
            row=minutes.pk,
            description=f"Minutes of meeting {minutes.meeting.number}, "
            f"version {minutes.number}, agreed",
            on=_day(minutes.meeting.starts_at),
        )


def _agreed(user, review):
    rows = Minutes.objects.visible_to(user)
    return rows.filter(meeting__review=review, agreed_in__isnull=False)


def _minutes_words(user, review, row):
    minutes = _agreed(user, review).select_related("meeting").get(pk=row)
    number = minutes.meeting.number
    return _word(review, f"Minutes of meeting {number}", minutes.meeting.when, minutes.text)


def _papers(user, review):
    rows = _kept(user, review).for_display().select_related("meeting")
    for paper in rows.prefetch_related("concerns__agency").order_by("meeting__number", "pk"):
        yield Material(
            source="paper",
            row=paper.pk,
            description=f"Paper of meeting {paper.meeting.number}, for "
            f"{paper.get_audience_display().lower()}",
            name=paper.name,
            on=_day(paper.added_at),
            sha256=paper.stored.sha256,
            concerns=tuple(paper.concerns.all()),
        )


def _kept(user, review):
    """Files alone: a version of the terms is a line of its own."""
    rows = Paper.objects.visible_to(user).standing()
    return rows.filter(meeting__review=review, stored__isnull=False)


def _paper(user, review, row):
    return _kept(user, review).get(pk=row).stored.content


# --- Intake -------------------------------------------------------------------------------------


def _notifications(user, review):
    for one in Notification.objects.visible_to(user).filter(review=review).order_by("pk"):
        yield Material(
            source="notification",
            row=one.pk,
            description=f"Notification of the death, from: {one.get_source_display().lower()}",
            on=one.told_on,
        )


def _notification_words(user, review, row):
    """Without the identity, which stays sealed."""
    one = Notification.objects.visible_to(user).filter(review=review).get(pk=row)
    return _word(
        review,
        "Notification of a death",
        f"From: {one.get_source_display()}, {one.from_whom}",
        f"Told on: {one.told_on:%-d %B %Y}",
        f"Manner: {one.get_manner_display()}",
        f"Charge: {one.get_charge_display()}",
        f"Death: {one.death or 'not known'}",
    )


def _actions(user, review):
    rows = EarlyAction.objects.visible_to(user).filter(review=review).for_display()
    for action in rows.order_by("pk"):
        yield Material(
            source="early_action",
            row=action.pk,
            description=f"Early action {action.pk}, due {action.due:%-d %B %Y}",
            on=_day(action.made_at),
            concerns=(action.owner,),
        )


def _action_words(user, review, row):
    action = EarlyAction.objects.visible_to(user).filter(review=review).get(pk=row)
    return _word(
        review,
        "Early action",
        action.learning,
        action.action,
        f"Due: {action.due:%-d %B %Y}",
        action.done,
    )


# --- Exports, of which the trail alone keeps a record -------------------------------------------


def _exports(user, review):
    """An export holds many agencies' rows: whoever has a conflict with one learns of none."""
    access = access_of(user)
    parts = tuple(review.participations.select_related("agency"))
    if review.pk in access.reviews_in_conflict or not rules.can_lead_proceedings(access, review):
        return
    rows = Event.objects.filter(stream=stream_of(review), type=EventType.EXPORTED)
    for event in rows.order_by("pk"):
        of_rows = f", {event.data['rows']} rows" if "rows" in event.data else ""
        yield Material(
            source="export",
            row=event.pk,
            description=f"Export of {event.data.get('document', 'a chronology')} as "
            f"{event.data.get('format', 'a file')}{of_rows}",
            on=_day(event.at),
            sha256=event.data.get("sha256", ""),
            concerns=parts,
            of_all=True,
        )


def add_to_schedule():
    register(
        "notification",
        label="Notification",
        lines=_notifications,
        content=_notification_words,
        is_made=True,
    )
    register("letter", label="Letter", lines=_letters, content=_letter)
    register("terms", label="Terms of reference", lines=_terms, content=_terms_words, is_made=True)
    register("minutes", label="Minutes", lines=_minutes, content=_minutes_words, is_made=True)
    register("paper", label="Paper", lines=_papers, content=_paper)
    register(
        "early_action", label="Early action", lines=_actions, content=_action_words, is_made=True
    )
    register("export", label="Export", lines=_exports)
