"""Of the review itself: what it asks, who carries it out, who gave what, whom it is about."""

from django.utils import timezone

from findings.terms import Terms
from foundations.dates import PartialDate
from foundations.gov.prose import escaped, table_of
from reports.checking.unfinished import NOTHING_SO_FAR
from reviews.clock.prose import delay_paragraph
from reviews.clock.queries import clock_of
from reviews.panel.models import AUTHORS, CHAIRS, PanelMember
from reviews.people.models import Identity
from reviews.people.publication import published_facts
from reviews.people.queries import death_reviewed
from reviews.requests.models import Request, RequestAnswer
from reviews.requests.states import State, What

# --- Terms --------------------------------------------------------------------------------------


def terms(document, *, say=str):
    """The newest version that was issued: its timeframe, then each term."""
    known = Terms(document.review)
    version = known.version
    if version is None:
        return ""
    said = [f"The terms of reference were last issued on {_day(version.issued_at)}."]
    if span := _span(version.scope_from, version.scope_to, say):
        said.append(f"They cover {span}.")
    if version.scope_reason.strip():
        said.append(escaped(version.scope_reason))
    asked = [one for one in known.current if not one.is_line]
    lines = [one for one in known.current if one.is_line]
    parts = [" ".join(said), _numbered(asked)]
    if lines:
        parts += ["Lines of enquiry:", _numbered(lines)]
    return "\n\n".join(filter(None, parts))


def _numbered(rows):
    return "\n".join(f"{place}. {escaped(one.text)}" for place, one in enumerate(rows, start=1))


def _span(start, end, say):
    start, end = (escaped(say(one)) if one else "" for one in (start, end))
    if start and end:
        return f"the time from {start} to {end}"
    if start:
        return f"the time from {start}"
    return f"the time until {end}" if end else ""


def _day(moment):
    return f"{timezone.localtime(moment):%-d %B %Y}"


# --- Who carries it out -------------------------------------------------------------------------


def panel(document):
    """Everybody who sits or sat on it; its members are named lawfully."""
    rows = PanelMember.objects.filter(review=document.review).select_related("agency")
    rows = sorted(rows, key=lambda one: (_rank(one), one.name.casefold()))
    return table_of(
        ("Name", "Post", "Agency or body", "On the panel as"),
        [(one.name, one.position or "–", one.agency or one.organisation, _as(one)) for one in rows],
    )


def _rank(member):
    return 0 if member.capacity in CHAIRS else 1 if member.capacity in AUTHORS else 2


def _as(member):
    left = f", until {_on(member.left_on)}" if member.left_on else ""
    return f"{member.get_capacity_display()}{left}"


def _on(day):
    return f"{day:%-d %B %Y}"


# --- Who gave what ------------------------------------------------------------------------------

_GAVE = {
    Request.Kind.CHRONOLOGY: "Chronology",
    Request.Kind.IMR: "Individual management review",
    Request.Kind.REPORT: "Information report",
    Request.Kind.QUESTION: "Answers to questions",
}


_NIL = {
    RequestAnswer.Nil.NOTHING_KNOWN: "nothing known",
    RequestAnswer.Nil.OUT_OF_SCOPE: "known, but outside the timeframe or the questions",
    RequestAnswer.Nil.DESTROYED: "records destroyed under its retention policy",
}


def contributors(document, *, is_final):
    """Each agency with what it sent, or why it had nothing to send; in a final version, that it gave
    nothing."""
    rows = document.review.participations.contributing().select_related("agency")
    gave = _given(document.review)
    none = "Nothing" if is_final else NOTHING_SO_FAR
    lines = [
        (part.agency.name, "; ".join(_of(part, gave.get(part.pk, {}))) or none)
        for part in sorted(rows, key=lambda part: part.agency.name.casefold())
    ]
    return table_of(("Agency", "What it gave"), lines)


def _given(review):
    """{id of the participation: {kind of request: why nothing was sent, "" where something was}}"""
    done = {State.SUBMITTED, State.ACCEPTED, State.RETURNED, State.NIL}
    rows = Request.objects.filter(participation__review=review, state__in=done).order_by("pk")
    sent = set(rows.filter(moves__what=What.SUBMITTED).values_list("pk", flat=True))
    answers = RequestAnswer.objects.filter(request__in=rows).exclude(nil="").order_by("pk")
    nil = {pk: _NIL[said] for pk, said in answers.values_list("request", "nil") if pk not in sent}
    found = {}
    for pk, part, kind in rows.values_list("pk", "participation", "kind"):
        kinds = found.setdefault(part, {})
        kinds[kind] = kinds.get(kind, nil.get(pk, "")) and nil.get(pk, "")
    return found


def _of(part, kinds):
    if part.is_submitted and "chronology" not in kinds:
        yield _GAVE["chronology"]
    for kind in Request.Kind:
        if kind in kinds:
            yield f"{_GAVE[kind]}: {kinds[kind]}" if kinds[kind] else _GAVE[kind]


# --- Whom it is about ---------------------------------------------------------------------------


def pseudonyms(document):
    """What the publication rules let anybody know, and no more."""
    review = document.review
    identities = {one.person_id: one for one in Identity.objects.filter(review=review)}
    death = death_reviewed(review)
    rows = []
    for person in review.people.order_by("pk"):
        facts = {}
        if identity := identities.get(person.pk):
            facts = dict(published_facts(person, identity, death=death or PartialDate.none()))
        rows.append(
            (
                person.pseudonym,
                person.get_role_display(),
                facts.get("Birth or age") or "–",
                facts.get("Death") or "–",
            )
        )
    return table_of(("Pseudonym", "Who they are", "Birth or age", "Death"), rows)


def delay(document):
    clock = clock_of(document.review, timezone.localdate())
    return escaped(delay_paragraph(clock)) if clock.start else ""
