"""Wording around a date: about, by, before, since, ongoing, a time beside a day, a status word."""

import re
from functools import lru_cache

from foundations.dates.bounds import ONE_DAY
from foundations.dates.spans import NO_DATE, Span
from foundations.dates.stretches import read_list, read_stretch
from foundations.dates.times import split_time
from foundations.dates.units import read_unit

LONGEST = 160
_DEEPEST = 5

_NO_DATE = re.compile(
    r"(?:(?:exact |specific |precise |actual )?(?:date|dates|day|timing) (?:is |was |are )?)?"
    r"(?:(?:no|not|un|non)[ -]?(?:(?:specific|exact|precise|known|actual|clear) )?"
    r"(?:dated?s?|known|recorded|stated|given|specified|clear|provided|available|applicable|noted)"
    r"(?: (?:given|known|recorded|stated|provided|specified|available|noted))?"
    r"|n/?k|n/?a|n\.k\.|n\.a\.|n/?d|n\.d\.|tb[cad]|to be (?:confirmed|agreed|determined|decided)|\?+|-+|_+|\.+|nil|none|null|x+"
    r"|insert(?: date)?|date|various(?: dates)?|unknown date|(?:date )?unknown|missing|blank|illegible)"
    r"|(?:on )?(?:one|an|another|a further|several|many|numerous|some|other|various|a number of)(?: other)? occasions?"
    r"|at (?:some|one|an unknown|an unspecified) (?:point|time|stage|date)(?: in time)?|(?:on )?(?:one|some) day"
    r"|discharged|(?:already |fully |now )?(?:completed?|done|closed|in place|implemented|achieved|started)|action complete"
    r"|(?:all )?actions? completed?|(?:not (?:yet )?(?:started|completed?|due|achieved))|outstanding|on target|superseded|in progress"
)
_ONGOING = re.compile(
    r"(?:(?:this is|currently|now|and|still|is|immediate(?:ly)?(?: and| &|/|,)?|annual(?:ly)? and) ?)?(?:on-?going|continuous(?:ly)?|continuing|continues"
    r"|current|rolling(?: programme)?|throughout|indefinite(?:ly)?|open-ended"
    r"|(?:bi-?)?(?:daily|weekly|monthly|quarterly|annual(?:ly)?|yearly)|(?:[0-9]{1,2}|six|three)[ -]?monthly|regular(?:ly)?|every (?:day|week|month|quarter|year)|permanent(?:ly)?)"
    r"(?:(?:/|,? and |, | & )(?:annual(?:ly)?|quarterly|monthly|immediate(?:ly)?|on-?going))?(?: (?:action|basis|work|process))?"
)
_LEAD = re.compile(
    r"(?:date|day|when|year|month|period) ?: ?(?=.)"
    r"|(?:date|dated|when|on|in|at|during|over|for|within|of|throughout|the|this|sometime|some time"
    r"|(?:day|month|year|period|whole|date) of|period|as at|a date in|day in) (?=.)"
)
_ABOUT = re.compile(
    r"(?:circa |circa:|\?+ ?(?=[a-z0-9])|[≈±] ?|ca?\. ?|ca? (?=[0-9a-z])|c(?=[0-9])|approx(?:imately)?\.?[: ] ?|about |around |roughly |~ ?|"
    r"est(?:imated|\.)?[: ] ?|possibly |probably |perhaps |maybe |likely |believed (?:to be )?(?:in )?|"
    r"thought (?:to be )?(?:in )?|(?:on|at|in) or (?:about|around|near) |(?:at|in|on) (?:about|around) |"
    r"some ?time around )"
)
_ABOUT_AFTER = re.compile(
    r"(.{3,}?)[ ,]*(?:\((?:approx(?:\.|imate(?:ly)?)?|circa|about|estimated|est\.?|\?+)\)|approx(?:\.|imately)?"
    r"|or thereabouts|or so|or around then|\?+|-?ish)"
)
_INEXACT = re.compile(
    r"(?P<rest>.{4,}?)[ ,;:(-]{1,3}(?:(?:the )?(?:exact |specific |precise )?(?:date|day|month|time|day and month)s? (?:is |was |are )?"
    r"(?:not |un)(?:known|recorded|clear|stated|given|specified|certain)|no (?:exact |specific |precise )?(?:date|day|month)"
    r"(?: (?:given|recorded|stated|known|specified))?|(?:exact |specific )date unclear)\)?"
)
_STATUS = (
    r"(?:action |actions |now |already |(?:to|will|should) be (?:fully )?|fully |partially |partly |all |work |also )?(?:completed?|completion|done|achieved|implemented|"
    r"closed|in place|in progress|launched|delivered|due|target(?: date)?|deadline|review(?:ed)?(?: date)?|revised(?: date)?|"
    r"started?|updated?|signed off|finalised|actioned|planned|expected|scheduled|proposed)"
)
_STATUS_FIRST = re.compile(rf"{_STATUS}(?: (?:in|on|as of|at|for))?[ .:;,-]+(?P<rest>.+)")
_STATUS_LAST = re.compile(rf"(?P<rest>.+?)[ .:;,(-]+{_STATUS}[ .)]*")

_BY = re.compile(r"by (?:the )?(?:very )?(?P<end>end of |close of |end )?(?P<rest>.+)")
_UNTIL = re.compile(
    r"(?:(?:no|not) later than|on ?(?:or|/) ?before|(?:prior to|before) and including|up (?:to|until|till)(?: and including)?|until|till|'?til|"
    r"(?P<before_end>before) the end of|ending|ended) (?:the )?(?P<end>end of |close of |end )?(?P<rest>.+)"
)
_BEFORE = re.compile(
    r"(?P<near>shortly |just |soon |some time |sometime |immediately )?"
    r"(?:before|prior to|pre|earlier than|preceding|predating|pre-dating)(?: |-)(?P<rest>.+)"
)
_AFTER = re.compile(
    r"(?P<near>shortly |just |soon |some time |sometime |immediately |any time |at some point )?"
    r"(?:after|following(?! (?:day|night|morning|afternoon|evening|week|month|year))|later than|post|subsequent to)(?: |-)(?P<rest>.+)"
)
_SINCE = re.compile(
    r"(?:(?:ever )?since|from|as (?:of|from)|with effect from|w\.?e\.?f\.?|"
    r"(?:starting|commencing|beginning)(?: in| on| from)?|on ?(?:or|/) ?after|no(?:t (?:before|earlier than)| earlier than)) (?:the )?(?P<rest>.+)"
)
_ONWARDS = re.compile(
    r"(?P<rest>.+?)(?: |,)(?:and )?(?:onwards?|and after|and since|and thereafter|or later)"
)
_TO_NOW = re.compile(
    r"(?:from |since |between |ongoing (?:since|from) |ongoing,? )?(?P<rest>.+?)"
    r"(?: to (?:the )?(?:present|date|now|current)(?: (?:day|date|time))?| until (?:the )?(?:present|now|today)(?: (?:day|date|time))?"
    r"|[ ,;:(-]{1,3}(?:(?:and|&) (?:is |was )?)?(?:still )?(?:on-?going|continuing|continuous|current|present|(?:to )?date|now)\)?)"
)
_ONGOING_SINCE = re.compile(
    r"(?:on-?going|continuous|continuing|current)[ ,:(-]{1,3}(?:since|from) (?P<rest>.+?)\)?"
)
_ONGOING_UNTIL = re.compile(
    r"(?:on-?going|continuous|continuing)[ ,:(-]{1,3}(?:until|to|till) (?P<rest>.+?)\)?"
)


@lru_cache(maxsize=8192)
def read_phrase(s):
    """The span of a folded text that is a date from end to end, or None."""
    return _read(s, 0)


def _read(s, depth):
    s = _without_brackets(s)
    if not s or len(s) > LONGEST or depth > _DEEPEST:
        return None
    for read in _READERS:
        found = read(s, depth + 1)
        if found is not None:
            return found
    return None


def _read_end(s, depth):
    """One end of a stretch, or one of a list: no stretch in itself."""
    s = _without_brackets(s)
    if not s or depth > _DEEPEST:
        return None
    for read in (_one_unit, _timed, _led, _about):
        found = read(s, depth + 1, then=_read_end)
        if found is not None:
            return found
    return None


def _without_brackets(s):
    s = s.strip(" .,;:*|")
    while len(s) > 2 and s[0] + s[-1] in {"()", "[]", "{}", "''", '""'}:
        s = s[1:-1].strip(" .,;:")
    return s


def _one_unit(s, depth, then=None):
    return read_unit(s)


def _bracketed(s, depth):
    """ "2010 (April)": the same without the brackets, where that is one unit."""
    return read_unit(_BRACKETS.sub("", s)) if "(" in s else None


_BRACKETS = re.compile(r"[()]")


def _nothing_said(s, depth):
    return NO_DATE if _NO_DATE.fullmatch(s) else None


def _ongoing(s, depth):
    if _ONGOING.fullmatch(s):
        return Span(None, None, "ongoing")
    for pattern in (_ONGOING_SINCE, _TO_NOW):
        rest = _rest(pattern, s, depth)
        if rest and rest.earliest:
            return _open(rest, "ongoing", rest.earliest, None)
    rest = _rest(_ONGOING_UNTIL, s, depth)
    return _open(rest, "ongoing", None, rest.latest) if rest and rest.latest else None


def _timed(s, depth, then=_read):
    split = split_time(s)
    found = split and then(split[0], depth)
    if not found or not found.is_bounded or found.precision not in _HAS_A_TIME:
        return None
    clock = split[1]
    if clock.is_blank:
        return found
    if found.precision == "day" and clock.is_exact and not found.circa:
        return found._replace(precision="minute", time=clock.text).doubting(*clock.doubts)
    time = f"{found.time} to {clock.text}" if found.time else clock.text
    return found._replace(time=time)


_HAS_A_TIME = {"day", "minute", "range", "invalid"}


def _led(s, depth, then=_read):
    match = _LEAD.match(s)
    return then(s[match.end() :], depth) if match else None


def _about(s, depth, then=_read):
    match = _ABOUT.match(s)
    rest = s[match.end() :] if match else None
    if rest is None:
        match = _ABOUT_AFTER.fullmatch(s)
        rest = match and match[1]
    found = rest and then(rest, depth)
    if not found or not found.is_bounded:
        return None
    precision = "day" if found.precision == "minute" else found.precision
    time = f"about {found.time}" if found.precision == "minute" else found.time
    return found._replace(circa=True, precision=precision, time=time)


def _status(s, depth):
    for pattern in (_INEXACT, _STATUS_FIRST, _STATUS_LAST):
        rest = _rest(pattern, s, depth)
        if rest:
            return rest
    return None


def _rest(pattern, s, depth):
    match = pattern.fullmatch(s)
    return _read(match["rest"], depth) if match else None


def _open(rest, precision, earliest, latest, *, circa=None):
    """The rest with one side open. What was impossible before stays so."""
    return rest._replace(
        earliest=earliest,
        latest=latest,
        precision="invalid" if rest.precision == "invalid" else precision,
        circa=rest.circa if circa is None else circa,
        time=None,
    )


def _by(s, depth):
    """Up to and including. "By" says only that it was not later, so it is never more than about."""
    for pattern, circa in ((_BY, True), (_UNTIL, None)):
        rest = _rest(pattern, s, depth)
        if rest and rest.latest:
            return _open(rest, "by", None, rest.latest, circa=circa)
    return None


def _before(s, depth):
    match = _BEFORE.fullmatch(s)
    rest = match and _read(match["rest"], depth)
    if not rest or not rest.earliest:
        return None
    circa = rest.circa or _is_near(match)
    return _open(rest, "before", None, rest.earliest - ONE_DAY, circa=circa)


def _after(s, depth):
    match = _AFTER.fullmatch(s)
    rest = match and _read(match["rest"], depth)
    if not rest or not rest.latest:
        return None
    circa = rest.circa or _is_near(match)
    return _open(rest, "after", rest.latest + ONE_DAY, None, circa=circa)


def _is_near(match):
    return (match["near"] or "").strip() in {"shortly", "just", "soon", "immediately"}


def _since(s, depth):
    for pattern in (_SINCE, _ONWARDS):
        rest = _rest(pattern, s, depth)
        if rest and rest.earliest:
            return _open(rest, "after", rest.earliest, None)
    return None


def _stretch(s, depth):
    return read_stretch(s, lambda end: _read_end(end, depth))


def _list(s, depth):
    return read_list(s, lambda part: _read_end(part, depth))


# The surest first. A stretch of two ends comes before "from" and "since", which have one.
_READERS = (
    _one_unit,
    _bracketed,
    _nothing_said,
    _timed,
    _about,
    _ongoing,
    _stretch,
    _list,
    _by,
    _before,
    _after,
    _since,
    _led,
    _status,
)
