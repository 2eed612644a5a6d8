"""The words under which agencies head the columns of a chronology, and which column each means.

A heading scores for every column it may mean; what stands beneath it (columns.py) decides between them.
"""

import re

DATE, TIME, PERSON, TEXT, ACTION, COMMENT, SOURCE = COLUMNS = (
    "date",
    "time",
    "person",
    "text",
    "action",
    "comment",
    "source",
)
# A date that its file keeps in more than one column.
DATE_TO, DAY, MONTH, YEAR = DATE_PARTS = ("date to", "day", "month", "year")


def _table(*lines):
    return [(score, re.compile(rf"(?:{words})")) for score, words in lines]


# The first line that fits gives the score; a score of 0 says what it must never be taken for.
_MEANINGS = {
    DATE: _table(
        (0, r"\b(births?|born|dob|d o b|age|target|due|deadline|expir|print|version|approv|signed|signature)"),
        (0, r"\b(next|no|number|unknown)\b|\b(complet|clos)|\bof death\b|\bdate ended\b"),
        (0, r"\b(up ?)?date (to|end|until)\b|\bend date\b|\bto date\b|\bdate to\b|^updated?$"),
        (0, r"\bactions?\b|\bby\b"),
        (0, r"\breview date\b|\bdate of review\b|\bdate (for|of) next\b"),
        (12, r"^dates?( s)?$|^date ?(and|/|&) ?(approx(imate)? )?times?\b|^date time$|^when$"),
        (12, r"^(event|contact|incident|entry|start) date|^date (of|from)\b"),
        (5, r"\bdate (was |of )?(record|receiv|creat|writ|logg|updat|enter|report|add|request)"),
        (5, r"\b(record|receiv|creat|writ|logg|updat|report|request)\w* date\b"),
        (10, r"\bdates?\b"),
        (8, r"^when\b|^(period|month ?/ ?year|month and year|day ?/ ?date|approx(imate)? date)"),
        (5, r"\bwhen\b|^time ?(scale|frame|line)$|^timing$|^year ?/ ?month"),
    ),
    DATE_TO: _table(
        (12, r"^(date to|to date|end date|date end(ed)?|date (un)?til|to|until|date finish(ed)?)$"),
    ),
    DAY: _table((12, r"^(day|dd)$")),
    MONTH: _table((12, r"^(month|mm|mmm)$")),
    YEAR: _table((12, r"^(year|yr|yyyy|yy)$")),
    TIME: _table(
        (0, r"\btime ?(line|scale|frame|s? spent|taken|period)|\b(end|finish|waiting|response) time"),
        (0, r"\bdates?\b|\btime (to|end|out)\b"),
        (12, r"^times?\b|\btime$|^(start|call|contact|event|incident) time\b|\btime of\b"),
        (6, r"^hours?$|^hrs$|\btime\b"),
    ),
    PERSON: _table(
        (12, r"^subject of\b|^persons? present$|\bpseudonyms?\b|^identifier$"),
        (0, r"\b(worker|professional|staff|officer|author|practitioner|completed|agency|organisation)"),
        (0, r"\b(role|respon[sd]|views?|wish|voice|dob|birth|address|ref|id|number|no|presenting|presentation|detail)"),
        (0, r"\b(summary|comments?|outcome|source|contact|event|advice|given|disclos|documents?|records?)"),
        (12, r"^(subjects?|clients?|patients?|service users?|persons?( s)?|people|individuals?)( s)?$"),
        (12, r"\b(seen|spoken|spoke) ?/ ?(spoken|spoke|seen)\b|^who( was)? (seen|involved)|^tenants?$"),
        (10, r"\b(persons?|people|subjects?|clients?|patients?|service users?|individuals?)\b"),
        (9, r"\b(tenants?|residents?|victims?|perpetrators?|offenders?|customers?|occupants?)\b"),
        (9, r"\b(famil(y|ies)|household|child(ren)?|adults?|part(y|ies)|mother|father)\b"),
        (8, r"\b(relat(es|ed|ing) to|in relation to|concern(ed|ing)|regarding|in respect of)\b|^re$"),
        (7, r"^names?$|^who$|\bseen\b|\bspoken to\b|\bdemographic"),
    ),
    TEXT: _table(
        (11, r"\bagency (involvement|contacts?|records?)\b"),
        (0, r"\b(date|time|types?|no|num(ber)?|ref(erence)?|id|source|author|method|mode|location)\b"),
        (0, r"\b(reported|recorded|referred|contacted|completed|made|received) by\b|\brisk\b|\bowner\b"),
        (0, r"\bcontact (with|from)$|\b(name|role|place|venue|job|worker|agency|commentary)\b"),
        (12, r"\bnarrative\b|^(significant |key |relevant )?events?( ?/ ?contacts?)?$|\bwhat happened\b"),
        (12, r"^(brief )?(description|details?|summary|account) of\b|^(details?|description)$"),
        (11, r"\bevents?\b|\bincidents?\b|\bdetails?\b|\bdescription\b|\bhappen|\boccur"),
        (10, r"\bsummary\b|\baccount\b|\binvolvement\b|\bcontact with (the )?(client|patient|service)"),
        (10, r"\bcase notes?\b|\binteractions?\b|\bcircumstances\b|\bcontents?\b|\bfacts?\b"),
        (8, r"\b(entry|entries|record(s|ing)?|contacts?|information|attendances?|admissions?|encounters?)\b"),
        (7, r"\b(episodes?|visits?|observations?|activity|consultations?|reasons?|present|interven)"),
        (6, r"\b(nature|chronology|text|history|involved|concerns?|notes?|allegations?|report(s|ed)?|developments?)\b"),
        (4, r"\b(referrals?|comments?|log|issues?|disclosures?)\b"),
    ),
    ACTION: _table(
        (0, r"\bactions? (by (whom|when|date)|by$|owner|date|no|number|ref)\b|\brisk\b|\b(date|source|by whom)\b"),
        (0, r"\breferral source\b|\b(expected|target|agreed) outcome\b"),
        (13, r"\bactions?\b"),
        (12, r"\b(outcomes?|decisions?)\b|\bwhat (was|did).{0,12}\b(done|do)\b"),
        (10, r"\b(response|respond|disposals?|follow ?up|next steps?|steps? taken|results?)"),
        (9, r"\b(plans?|advice|treatments?|signpost|resolution|disposition|conveyed)\b"),
        (6, r"\b(interventions?|management|services? (provided|offered)|referrals?|offered)\b"),
        (4, r"\bassessments?\b"),
    ),
    COMMENT: _table(
        (0, r"\b(date|time|source|author|name)$"),
        (12, r"\b(comment(s|ary)?|remarks?)\b"),
        (11, r"\b(analysis|reflections?|critique|appraisal)\b"),
        (9, r"^(author s )?notes?$|\b(additional|further|other|supplementary) (info|notes?|detail)"),
        (8, r"\b(learning|good practice|missed|significance|rationale|observations?)\b"),
        (7, r"\b(standards?|practice|issues?|reviewers?|quer(y|ies)|questions?|notes)\b"),
        (6, r"\b(disclos\w+|concerns?|views?|wishes|voice|opinion|evaluation|context)\b"),
    ),
    SOURCE: _table(
        (0, r"\b(date|time|outcome)\b"),
        (12, r"\bsources?\b|\binformation from\b|\b(where )?recorded in\b|\bwhere recorded\b|\bprovenance\b"),
        (10, r"\bhow (do|did) (we|you) know\b"),
        (10, r"\bevidence\b|\b(referred|reported|notified|informed|raised) by\b"),
        (10, r"\b(contact|call|received|referral|information|notification|report) from\b"),
        (9, r"\b(contact with|caller|callers|informant|referrer|referring|contacted by|from whom)\b"),
        (8, r"\b(documents?|documentation|files?|systems?|database|records?) ?"
            r"(type|name|source|used|seen|viewed|reviewed|checked|accessed|searched|ref)"),
        (6, r"^from$|\borigin\b|^(documents?|file|system|database)$|\b(spoke|spoken) (to|with)\b"),
        (5, r"\bwho (contacted|called|reported|referred)\b|\btype of (record|document|source)\b"),
        (4, r"^type$|^records?$"),
    ),
}  # fmt: skip

# The history of a document has dates and texts and yet is no chronology.
_VERSIONS = re.compile(r"^(versions?|revisions?|amendments?)\b|\bversion (no|number)\b")
# "Event (please give the date and who was present)": advice, and not the heading.
_ADVICE = re.compile(r"[(\[][^)\]]{3,}[)\]]?")
_MARKS = re.compile(r"[^\w/&]+")


def plain(heading):
    """The heading without case, marks and doubled space: "Date(s) of contact:" -> "date s of contact"."""
    words = _MARKS.sub(" ", heading.casefold().replace("’", "'").replace("'s", " s"))
    return " ".join(words.split())


def meanings(heading):
    """What a heading may mean: {column: score}, and 0 for what it certainly does not."""
    words = plain(_ADVICE.sub(" ", heading).split("\n")[0]) or plain(heading)
    scores = {}
    if words:
        for column, table in _MEANINGS.items():
            for score, pattern in table:
                if pattern.search(words):
                    scores[column] = score
                    break
    return scores


def heads_a_version_history(headings):
    return any(_VERSIONS.search(plain(heading)) for heading in headings)
