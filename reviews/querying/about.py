"""What a query is about, and what an answer points at, as pages show them. Rooms above add what is
theirs: a query knows of no entry of a chronology."""

from dataclasses import dataclass

from reviews.querying.models import Query
from reviews.submissions.models import Passage
from reviews.terms.difference import texts_of
from reviews.terms.models import TermsIssue


@dataclass(frozen=True)
class Target:
    label: str
    words: str = ""
    href: str = ""


WHOLE = Target("All of it")
_ABOUT = {}
_POINTED_AT = []
_ORIGINS = []


def register(about, find):
    """`find(queries, user)` gives {query id: Target} in a constant number of queries."""
    _ABOUT[about] = find


def register_answers(find):
    """`find(answers, user)` gives {answer id: [Target]} in a constant number of queries."""
    _POINTED_AT.append(find)


def register_origin(find):
    """`find(query, user)` gives the Targets of which a query came, for those who lead the review;
    nobody else is shown them."""
    _ORIGINS.append(find)


def origins_of(query, user):
    return [target for find in _ORIGINS for target in find(query, user)]


def targets_of(queries, user):
    """{query id: what it is about, as this person may see it}"""
    found = {}
    for about, find in _ABOUT.items():
        if some := [query for query in queries if query.about == about]:
            found |= find(some, user)
    return found


def pointed_at(answers, user):
    found = {}
    for find in _POINTED_AT if answers else ():
        for pk, targets in find(answers, user).items():
            found.setdefault(pk, []).extend(targets)
    return found


def terms(queries, user):
    """In the words of the version that went to the agency last."""
    parts = {query.participation_id for query in queries}
    issues = TermsIssue.objects.filter(participation__in=parts, version__issued_at__isnull=False)
    newest = {
        issue.participation_id: issue.version
        for issue in issues.select_related("version").order_by("version__number")
    }
    texts = texts_of(list({version.pk: version for version in newest.values()}.values()))
    found = {}
    for query in queries:
        version = newest.get(query.participation_id)
        for text in texts.get(version.pk, ()) if version else ():
            if text.term_id == query.term_id:
                label = f"{text.term.get_kind_display()} {text.number} of the terms of reference"
                found[query.pk] = Target(label, text.text)
    return found


def headings(queries, user):
    """Of the version that the query was asked about, where that may still be read."""
    rows = Passage.objects.visible_to(user).filter(queries__in=queries)
    passages = {row.pk: row for row in rows.select_related("file__submission__request")}
    found = {}
    for query in queries:
        if passage := passages.get(query.passage_id):
            version = passage.file.submission.title
            found[query.pk] = Target(f"{passage.title} ({version})", _beginning(passage.text))
        else:
            found[query.pk] = Target(Query.About.HEADING.label)
    return found


def _beginning(text):
    words = text.split()
    return " ".join(words[:60]) + (" …" if len(words) > 60 else "")


register(Query.About.TERM, terms)
register(Query.About.HEADING, headings)
