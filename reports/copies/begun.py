"""Answers to an extract that somebody has typed and not saved: handing in must not pass them over."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from foundations.gov.forms import lower_first
from reviews.clock.prose import listed
from reviews.drafts import services as drafts

BEGUN = "Somebody has begun an answer to {which} and has not saved it. Save an answer there first"


def begun_among(round_, lines):
    """Those of its lines to which somebody has begun an answer, an earlier one saved or not."""
    reference = round_.review.reference
    pages = {
        reverse("reports:round-answer", args=[reference, round_.pk, one.position]): one
        for one in lines
    }
    kept = drafts.begun(round_.review, list(pages))
    return [line for page, line in pages.items() if page in kept]


def refuse_begun(round_, lines):
    """Of these nobody says for all of them that they are accurate: what is typed there may say that they are
    not. Whoever may answer goes on by an answer to that line."""
    if found := begun_among(round_, lines):
        which = listed([lower_first(one.called) for one in found])
        raise ValidationError({"others": BEGUN.format(which=which)})
