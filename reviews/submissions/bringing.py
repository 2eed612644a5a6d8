"""Files as they come with a form: each gets an answer of its own, whatever becomes of the others."""

import hashlib
import uuid
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from foundations.office.guard import check_size
from foundations.office.naming import quoted
from foundations.office.tables import Refused
from reviews.submissions.forms import MOST_AT_ONCE
from reviews.submissions.gate import check
from reviews.submissions.models import SubmissionFile
from reviews.submissions.services.writing import add_file, begin

Part = SubmissionFile.Part


@dataclass(frozen=True)
class Outcome:
    """Of one file: kept, or the sentence that says why not."""

    box: str  # of the form
    name: str
    problem: str = ""


def bring(request, form, *, by, on_behalf):
    """Keep what may come in. Returns the outcomes, in the order of the form. Raises NotNow where
    nothing can be added at all; then nothing was."""
    looked_at = [_look(*brought) for brought in _brought(form.cleaned_data)]
    if all(one.problem for one, _ in looked_at):
        return [one for one, _ in looked_at]
    submission = begin(request, by=by, on_behalf=on_behalf)
    keys = _Keys(form.cleaned_data["key"])
    return [
        one if one.problem else _keep(submission, one, content, keys, by=by)
        for one, content in looked_at
    ]


def _brought(data):
    if report := data.get("report"):
        yield "report", report, ""
    for at, file in enumerate(data.get("appendices") or (), start=1):
        late = f"{quoted(file.name)} was left: at most {MOST_AT_ONCE} at once. Upload it now"
        yield "appendices", file, late if at > MOST_AT_ONCE else ""


def _look(box, file, problem):
    """(outcome, content): the bytes are read only once the size is known to be right."""
    if problem:
        return Outcome(box, file.name, problem), b""
    try:
        check_size(file.size, file.name)
        content = file.read()
        check(content, file.name, _part(box))
    except Refused as refusal:
        return Outcome(box, file.name, refusal.message), b""
    return Outcome(box, file.name), content


def _keep(submission, one, content, keys, *, by):
    part = _part(one.box)
    said = {"content": content, "name": one.name, "part": part, "by": by}
    try:
        file = add_file(submission, key=keys.of(part, content), **said)
        if file.removed_at:  # sent again by somebody who went back to the form
            add_file(submission, key=uuid.uuid4(), **said)
    except ValidationError as refusal:
        return Outcome(one.box, one.name, f"{quoted(one.name)}: {refusal.messages[0]}")
    return one


def _part(box):
    return Part.MAIN if box == "report" else Part.APPENDIX


class _Keys:
    """One for each file of a form, the same when the form comes twice. The same file twice in one
    form gets two, so that it is refused rather than said to be kept."""

    def __init__(self, key):
        self.key, self.seen = key, Counter()

    def of(self, part, content):
        digest = hashlib.sha256(content).hexdigest()
        self.seen[digest] += 1
        return uuid.uuid5(self.key, f"{part}:{digest}:{self.seen[digest]}")
