"""Builds the demonstration through the services that the pages and commands use."""

import io
import uuid

from django.db import transaction
from docx import Document

from accounts.models import User
from accounts.services import accept_invitation, invite
from actionplans import services as plan_services
from actionplans.drafting import read_draft
from actionplans.models import Recommendation
from actionplans.progress.models import Answer
from actionplans.progress.services import report
from actionplans.rows.models import PlanRow
from agencies.models import Agency, Partnership
from agencies.services import create_agency, create_partnership, set_successor
from chronologies import services as chronologies
from desk.demo import content
from desk.demo.asking import ask_on_the_day, tell_of_silence
from desk.demo.clock import start_clocks
from desk.demo.delegation import lend_a_role
from desk.demo.editing import work_on_plan
from desk.demo.family import keep_logs
from desk.demo.findings import conclude
from desk.demo.intake import ask_and_act, begin_reviews, tell_of_deaths
from desk.demo.letters import write_letters
from desk.demo.lifecycle import go_through
from desk.demo.marking import mark_entries
from desk.demo.meetings import hold_meetings
from desk.demo.mismatches import disagree
from desk.demo.national import answer_nationally
from desk.demo.panel import seat_panels
from desk.demo.papers import give_papers
from desk.demo.people import keep_register
from desk.demo.proceedings import go_on_beside, keep_schedule
from desk.demo.queries import ask_back
from desk.demo.releasing import release_documents
from desk.demo.remarks import speak_of_report
from desk.demo.reminders import remind_people
from desk.demo.reports import write_report
from desk.demo.requests import answer_some, ask_agencies
from desk.demo.seeing import look_over_plans
from desk.demo.sheets import bring_rows_back
from desk.demo.submissions import hand_in_reports
from desk.demo.terms import agree_terms
from desk.demo.thread import tie_the_thread
from foundations.dates import parse
from foundations.office.writing import Sheet, write_csv, write_workbook
from reviews.lifecycle.services import set_stage
from reviews.models import Participation, Person, Review
from reviews.rules import PARTNERSHIP_ROLES, SITE_ROLES, Material, Role
from reviews.services import (
    add_agency,
    add_person,
    appoint,
    create_review,
    give_role,
    share,
    submit_chronology,
    withdraw_share,
)
from reviews.services import invite as invite_to_review

PASSWORD = "seven calm herons wade"  # noqa: S105  of accounts that only a demonstration has
_SPACE = uuid.UUID("5f0f6a7e-6f0c-4a35-9a8e-7d2c1a0b9d11")
COUNTED = (User, Partnership, Agency, Review, Person, Participation, Recommendation)


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(words))


@transaction.atomic
def make_demo():
    """Returns how many rows of each kind are new. Safe to repeat."""
    before = {model: model.objects.count() for model in COUNTED}
    partnerships = {name: create_partnership(name=name) for name in content.PARTNERSHIPS}
    _make_agencies()
    new = [_make_review(partnerships, *review) for review in content.REVIEWS]
    for role, email, name, places in content.PEOPLE:
        _make_person(Role(role), email, name, places)
    reviews = {review.reference: review for review in Review.objects.all()}
    people = {
        "coordinator": _person(Role.COORDINATOR),
        "chair": _person(Role.CHAIR),
        "author": _person(Role.IMR_AUTHOR),
    }
    _begin(reviews, **people)
    if all(new):
        _fill_gathering(Review.objects.get(reference="DARDR-2026-01"))
        _fill_analysis(Review.objects.get(reference="DHR-2024-02"))
        _fill_monitoring(Review.objects.get(reference="DHR-2022-01"))
    _hear_agencies(reviews, **people)
    _write(reviews["DHR-2024-02"], **people)
    _follow_plan(
        reviews["DHR-2022-01"],
        partnerships[content.PARTNERSHIPS[0]],
        chair=people["chair"],
        coordinator=people["coordinator"],
    )
    remind_people(reviews["DARDR-2026-01"], by=people["coordinator"])
    tell_of_silence()
    return {model._meta.verbose_name: model.objects.count() - before[model] for model in COUNTED}


def _begin(reviews, *, coordinator, chair, author):
    """From the notification to the requests that agencies are sent."""
    newest = reviews["DARDR-2026-01"]
    _invite_who_has_not_come(newest)
    lend_a_role(newest, by=author)
    keep_register(reviews, by=coordinator)
    seat_panels(reviews, by=coordinator)
    begin_reviews(reviews, by=coordinator)
    tell_of_deaths(by=coordinator)
    ask_and_act(newest, _part, coordinator=coordinator, chair=chair, author=author)
    go_on_beside(reviews["DHR-2024-02"], by=chair)
    start_clocks(reviews, by=coordinator)
    go_through(reviews, by=coordinator)
    write_letters(reviews, by=coordinator)
    agree_terms(reviews, by=chair)
    keep_logs(reviews, by=chair)
    hold_meetings(newest, by=chair, secretary=coordinator)
    ask_agencies(reviews, by=coordinator)


def _hear_agencies(reviews, **people):
    """What they answer and hand in, what they are asked back, and what is marked in it."""
    answer_some(reviews, **people)
    hand_in_reports(reviews["DHR-2024-02"], officer=_person(Role.SIGN_OFF_OFFICER), **people)
    ask_back(reviews, **people)
    mark_entries(reviews, _part, chair=people["chair"], coordinator=people["coordinator"])


def _write(review, *, coordinator, chair, author):
    """From findings to the draft of the report, what is said of it, and what a court is handed."""
    conclude(review, chair=chair)
    tie_the_thread(review, by=chair)
    write_report(review, chair=chair)
    speak_of_report(
        review,
        _part(review, "Housing"),
        chair=chair,
        member=_person(Role.PANEL_MEMBER),
        author=author,
    )
    disagree(review, coordinator=coordinator, chair=chair, author=author)
    keep_schedule(review, by=coordinator)


def _follow_plan(review, partnership, *, coordinator, chair):
    """What became of the recommendations, the papers about it, and what was released."""
    bring_rows_back(review, by=coordinator)
    answer_nationally(review, by=coordinator)
    work_on_plan(review, by=coordinator)
    look_over_plans(partnership, by=coordinator)
    give_papers(review, by=coordinator)
    release_documents(review, chair=chair, coordinator=coordinator)


def _make_agencies():
    for name, short_name, kind, aliases in content.AGENCIES:
        if not Agency.objects.named(name):
            create_agency(name=name, short_name=short_name, kind=kind, aliases=aliases, by=None)
    old, new = (Agency.objects.named(name)[0] for name in content.SUCCESSION)
    if old.successor_id is None:
        set_successor(old, successor=new, on=None, by=None)


def _make_review(partnerships, reference, partnership, label, stage, scope, people, agencies):
    if Review.objects.filter(reference=reference).exists():
        return False
    start, end, why = scope
    review = create_review(
        partnership=partnerships[partnership],
        reference=reference,
        label=label,
        scope_from=parse(start).value,
        scope_to=parse(end).value,
        scope_reason=why,
        by=None,
    )
    for pseudonym, role in people:
        add_person(review, pseudonym=pseudonym, role=role, by=None)
    for name in agencies:
        add_agency(review, agency=Agency.objects.named(name)[0], by=None)
    set_stage(review, stage=stage, by=None)
    return True


def _make_person(role, email, name, places):
    user, secret = invite(email=email, name=name, by=None)
    if secret:
        user = accept_invitation(secret, name=name, password=PASSWORD)
    if role in SITE_ROLES:
        appoint(user=user, role=role, by=None)
    for place in places:
        if role in PARTNERSHIP_ROLES:
            partnership = Partnership.objects.get(name=place)
            appoint(user=user, role=role, partnership=partnership, by=None)
        else:
            reference, agency = place
            review = Review.objects.get(reference=reference)
            part = _part(review, agency) if agency else None
            give_role(user=user, role=role, review=review, participation=part, by=None)


def _invite_who_has_not_come(review):
    """People of two agencies who have had their link and not used it."""
    for email, name, role, agency in content.NOT_JOINED:
        if not User.objects.filter(email=email).exists():
            part = _part(review, agency)
            invite_to_review(
                email=email, name=name, role=role, review=review, participation=part, by=None
            )


def _part(review, agency):
    return review.participations.get(agency=Agency.objects.named(agency)[0])


def _person(role):
    email = next(email for code, email, *_ in content.PEOPLE if code == role)
    return User.objects.get(email=email)


# --- Three reviews ------------------------------------------------------------------------------


def _fill_gathering(review):
    """Chronologies are coming in: one agency is at work, three have sent theirs, two are silent."""
    coordinator = _person(Role.COORDINATOR)
    _bring(
        review,
        "Police",
        _workbook("Contacts known to the police", content.POLICE_1),
        "police chronology.xlsx",
        coordinator,
        on_behalf=True,
    )
    _bring(
        review,
        "Northgate",
        _workbook("Attendances", content.HOSPITAL_1),
        "hospital attendances.xlsx",
        coordinator,
        on_behalf=True,
    )
    _bring(
        review,
        "IDVA",
        _document("Haven: contacts", content.IDVA_1),
        "haven contacts.docx",
        coordinator,
        on_behalf=True,
    )
    _bring(review, "GP", _csv(content.GP_1), "surgery record.csv", coordinator, on_behalf=True)
    _bring(
        review, "Housing", _csv(content.HOUSING_1), "housing contacts.csv", _person(Role.IMR_AUTHOR)
    )


def _fill_analysis(review):
    """Everything is in. The panel sees two agencies' chronologies; a third share has been ended."""
    coordinator, chair = _person(Role.COORDINATOR), _person(Role.CHAIR)
    for agency, rows in (
        ("Police", content.POLICE_2),
        ("IDVA", content.IDVA_2),
        ("Eastwold Probation Trust", content.PROBATION_2),
    ):
        name = f"{agency.split()[0].lower()} chronology.xlsx"
        _bring(review, agency, _workbook("Chronology", rows), name, coordinator, on_behalf=True)
        submit_chronology(_part(review, agency), by=coordinator, on_behalf=True)
    _bring(
        review, "Housing", _csv(content.HOUSING_2), "housing contacts.csv", _person(Role.IMR_AUTHOR)
    )
    submit_chronology(_part(review, "Housing"), by=_person(Role.SIGN_OFF_OFFICER))
    _bring(review, None, _csv(content.CONTEXT_2), "family context.csv", coordinator)
    for agency in ("Police", "IDVA", "Housing"):
        given = share(
            review,
            material=Material.CHRONOLOGY,
            participation=_part(review, agency),
            with_role=Role.PANEL_MEMBER,
            by=chair,
        )
    withdraw_share(given, by=chair)


def _fill_monitoring(review):
    """The report is out; the plan has overdue rows, and rows that claim to be done."""
    chair, coordinator = _person(Role.CHAIR), _person(Role.COORDINATOR)
    for agency, rows in content.CHRONOLOGIES_3.items():
        _bring(review, agency, _csv(rows), f"{agency} contacts.csv", coordinator, on_behalf=True)
        submit_chronology(_part(review, agency), by=coordinator, on_behalf=True)
    plan = _workbook("Action plan", content.PLAN)
    draft = read_draft(plan, "action plan.xlsx", review)
    plan_services.save_file(
        draft, plan, review, mapping=None, by=chair, key=_key(review.reference, "plan")
    )
    ask_on_the_day(review.partnership)
    lead, part = _person(Role.ACTION_LEAD), _part(review, "IDVA")
    row = PlanRow.objects.filter(review=review).live().led_by(part).order_by("pk").first()
    seen = None
    for number, (answer, words) in enumerate(
        [
            (Answer.ON_TRACK, "The protocol was agreed with the police in July."),
            (Answer.AT_RISK, "The audit has slipped: the post that was to do it is vacant."),
        ]
    ):
        seen = report(
            row,
            answer=answer,
            words=words,
            seen=seen,
            by=lead,
            participation=part,
            key=_key(review.reference, "progress", str(number)),
        ).at
    _report_done(review, row, lead=lead, part=part)


def _report_done(review, row, *, lead, part):
    """Another action of the same agency waits for the coordinator, with what shows it."""
    rows = PlanRow.objects.filter(review=review).live().led_by(part).exclude(pk=row.pk)
    if another := rows.order_by("pk").first():
        report(
            another,
            answer=Answer.REPORTED,
            words="The referral form was changed and every worker told of it.",
            evidence="The form on our intranet, version 4",
            seen=None,
            by=lead,
            participation=part,
            key=_key(review.reference, "done"),
        )


# --- Files --------------------------------------------------------------------------------------


def _bring(review, agency, file, name, by, *, on_behalf=False):
    """The way of a file on the web: upload, the guessed columns, save."""
    part = _part(review, agency) if agency else None
    import_ = chronologies.upload(
        review,
        part,
        content=file,
        name=name,
        by=by,
        key=_key(review.reference, name),
        on_behalf=on_behalf,
    )
    chronologies.run_now(import_)
    chronologies.accept_mapping(import_, by=by)
    import_ = chronologies.begin_saving(import_, by=by, on_behalf=on_behalf)
    chronologies.run_now(import_)


def _workbook(name, rows):
    stream = io.BytesIO()
    write_workbook([Sheet(name, rows[0], rows[1:])], stream)
    return stream.getvalue()


def _csv(rows):
    stream = io.BytesIO()
    write_csv(rows[0], rows[1:], stream)
    return stream.getvalue()


def _document(title, rows):
    document = Document()
    document.add_heading(title)
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
