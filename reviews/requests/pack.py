"""The pack of one request: what is asked, with the terms as issued; and files to start from.

Made when somebody asks for it, so that it says what holds today.
"""

from django.template.loader import render_to_string
from django.utils import timezone

from foundations.office.pdf import MARKING, render_pdf
from reviews.letters.printing import as_word
from reviews.requests.models import Request
from reviews.terms.difference import texts_of
from reviews.terms.models import TermsVersion
from reviews.wording.blocks import blocks_of
from reviews.wording.filling import fill
from reviews.wording.kinds import Kind
from reviews.wording.services import wording_for

TEMPLATES = {
    Request.Kind.IMR: Kind.IMR_TEMPLATE,
    Request.Kind.REPORT: Kind.REPORT_TEMPLATE,
}
# An IMR stands on a chronology.
WITH_CHRONOLOGY = frozenset({Request.Kind.CHRONOLOGY, Request.Kind.IMR})


def terms_of(part):
    """The newest version that went to the agency, or None."""
    issued = TermsVersion.objects.issued().filter(issues__participation=part)
    return issued.order_by("-number").first()


def _texts(version, kind):
    texts = texts_of([version])[version.pk] if version else []
    return [text for text in texts if text.term.kind == kind]


def _numbered(texts):
    return "\n".join(f"{text.number}. {' '.join(text.text.split())}" for text in texts)


def facts_of(request):
    """For the fields of a template. The timeframe is that of the terms, where there are any."""
    part, review = request.participation, request.review
    version = terms_of(part)
    frame = version or review
    subjects = review.people.filter(role__in=["victim", "perpetrator", "child"])
    named = [f"{person.pseudonym} ({person.get_role_display().lower()})" for person in subjects]
    return {
        "review.reference": review.reference,
        "review.label": review.get_label_display(),
        "partnership.name": review.partnership.name,
        "recipient.name": part.agency.name,
        "subjects": " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]])),
        "timeframe.from": str(frame.scope_from),
        "timeframe.to": str(frame.scope_to),
        "reply.by": f"{request.due:%-d %B %Y}",
        "terms.list": _numbered(_texts(version, "term")),
        "lines.list": _numbered(_texts(version, "line"))
        or "No key lines of enquiry have been issued.",
    }


def template_of(request):
    """The Word file that the agency writes in, from the words that its partnership uses today."""
    on = timezone.localdate()
    wording = wording_for(TEMPLATES[request.kind], request.review.partnership, on)
    facts = facts_of(request)
    return as_word(
        fill(wording.title, facts).text,
        blocks_of(fill(wording.text, facts).text),
        above=request.participation.agency.name,
        reference=request.review.reference,
        marking=MARKING,
        made_at=timezone.localtime(),
    )


def asked_pdf(request):
    """What is asked and why, by when, and the terms of reference as they were issued."""
    version = terms_of(request.participation)
    return render_pdf(
        render_to_string(
            "reviews/requests/asked_pdf.html",
            {
                "title": request.get_kind_display(),
                "kind": f"Asked of {request.participation.agency}",
                "reference": request.review.reference,
                "marking": MARKING,
                "asked": request,
                "what": blocks_of(request.what),
                "why": blocks_of(request.why),
                "version": version,
                "purposes": blocks_of(version.purposes) if version else [],
                "terms": _texts(version, "term"),
                "lines": _texts(version, "line"),
            },
        )
    )
