"""The list before submission from the command line: what whoever writes the document reads on its page."""

from accounts.models import User
from reports.checking.values import Result
from reports.checks.answers import Answers
from reports.checks.found import FoundItem
from reports.checks.links import KEY, QUESTION, broken_links
from reports.checks.looking import look
from reviews import rules
from reviews.access import access_of
from reviews.acting import acting
from reviews.models import RoleHolder

_NOBODY = (
    "Nobody writes the documents of this review now, and it is for them alone to see how its findings "
    "hang together. This was not looked at."
)


def lists_of(document):
    """[ItemLines] as on the page."""
    items = [*look(document).items, _links(document.review)]
    return Answers(document).beside(items)


def _links(review):
    """As somebody sees them who writes the documents: each of them sees the same."""
    writer = _writer_of(review)
    if writer:
        return broken_links(review, writer)
    return FoundItem(KEY, QUESTION, _NOBODY, str(Result.TO_JUDGE), "Appoint a chair.")


def _writer_of(review):
    held = acting(RoleHolder.objects.filter(role_group__review=review))
    users = User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")
    return next((one for one in users if rules.can_write_documents(access_of(one), review)), None)


def to_json(one):
    """Of an ItemLines: the item, each finding with what was last said of it, and what is asked."""
    told = one.item.to_json()
    answers = {line.code: _answer(line) for line in one.lines}
    found = [each | {"answer": answers.get(each["code"])} for each in told["found"]]
    questions = [
        {"code": each.code, "words": each.message, "answer": _answer(each)}
        for each in one.questions
    ]
    return told | {"found": found, "questions": questions, "state": one.state[0]}


def _answer(line):
    said = line.answer
    return said and {"says": said.says, "reason": said.reason, "at": said.at.isoformat()}


def in_words(one):
    """The lines of text of an ItemLines."""
    yield f"{one.item.question} {one.state[0]}"
    if one.item.is_for_a_person:
        yield f"  {one.item.looked_at}"
    for line in one.lines:
        where = ", ".join(dict.fromkeys(side.name for side in line.found.sides))
        yield (
            f"  {where}: {line.message}{_said(line)}" if where else f"  {line.message}{_said(line)}"
        )
    for line in one.questions:
        yield f"  {line.message}{_said(line)}"


def _said(line):
    if line.answer is None:
        return ""
    reason = f": {line.answer.reason}" if line.answer.reason else ""
    return f" [{line.answer.get_says_display()}{reason}]"
