"""Entries of different agencies that may tell of one event: their dates overlap, and their words
are alike.

PostgreSQL's full-text search has read every entry into its words already. Two entries are alike by
the share of their words that both have, a rare word counting for more than a common one; words that
stand in very many entries say nothing. Entries are brought together by day and word, so that nothing
grows with the number of all pairs. One query, whatever the number of entries.
"""

import re
from dataclasses import dataclass

from django.db import connection

from chronologies.filtering import visible_entries
from chronologies.models import Entry

WIDEST = 31  # days: a date that is less certain than a month lets anything be the same
MOST = 200
LEAST_SHARE = 0.28
LEAST_WORDS = 3
COMMON = 0.08  # a word in more than this share of the entries says nothing
SHOWN_WORDS = 5
# That the dates are alike is asked apart. The stems of their words, as the full-text search has them.
DATE_WORDS = [
    "januari",
    "februari",
    "march",
    "april",
    "may",
    "june",
    "juli",
    "august",
    "septemb",
    "octob",
    "novemb",
    "decemb",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]

_PAIRS = """
with chosen as materialized (
    select e.id, coalesce(e.participation_id, 0) part, e.date_earliest lo, e.date_latest hi,
           tsvector_to_array(e.search) words
    from chronologies_entry e
    where e.id in ({visible}) and e.date_latest - e.date_earliest <= %s
), word as (
    select w, ln(1 + (select count(*) from chosen)::float / count(*)) weight
    from chosen, unnest(words) w
    where w !~ '[0-9]' and w <> all (%s)
    group by w
    having count(*) <= greatest(4, %s * (select count(*) from chosen))
), token as materialized (
    select c.id, c.part, c.lo, c.hi, w, word.weight
    from chosen c cross join unnest(c.words) w join word using (w)
), whole as (
    select id, sum(weight) weight from token group by id
), dayed as materialized (
    select t.*, d::date as day from token t, generate_series(t.lo, t.hi, interval '1 day') d
), shared as (
    select first, second, sum(weight) weight, array_agg(w order by weight desc, w) words
    from (
        select distinct a.id as first, b.id as second, w, a.weight
        from dayed a join dayed b using (w, day)
        where a.id < b.id and a.part <> b.part
    ) both_have
    group by first, second
    having count(*) >= %s
)
select s.first, s.second, s.words
from shared s
join whole a on a.id = s.first
join whole b on b.id = s.second
left join chronologies_eventaccount g on g.entry_id = s.first and g.removed_at is null
left join chronologies_eventaccount h on h.entry_id = s.second and h.removed_at is null
where s.weight >= %s * least(a.weight, b.weight)
  and (g.id is null or h.id is null)
  and not exists (
      select from chronologies_notoneevent n
      where n.first_id = s.first and n.second_id = s.second
  )
order by s.weight / least(a.weight, b.weight) desc, s.first, s.second
limit %s
"""


def pairs_of(review, user):
    """[(id, id, the words that both have)] of what this person sees, the likeliest first."""
    visible, params = visible_entries(review, user).order_by().values("pk").query.sql_with_params()
    more = [*params, WIDEST, DATE_WORDS, COMMON, LEAST_WORDS, LEAST_SHARE, MOST]
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS.format(visible=visible), more)
        return cursor.fetchall()


@dataclass(frozen=True)
class Pair:
    first: Entry
    second: Entry
    stems: tuple[str, ...]

    @property
    def entries(self):
        return self.first, self.second

    @property
    def why(self):
        """In a sentence, so that whoever decides can judge the reason too."""
        words = [f"“{word}”" for word in self._words()]
        said = " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
        return f"{self._when()}, and both entries have the words {said}."

    def _when(self):
        one, other = str(self.first.date), str(self.second.date)
        if one == other:
            return f"Both are dated {one}"
        return f"One is dated {one}, the other {other}, which can be the same day"

    def _words(self):
        """As the first entry writes them: what is stored are their stems."""
        text = " ".join([self.first.text, self.first.action, self.first.comment])
        written = {}
        for word in re.findall(r"[\w’'-]+", text):
            written.setdefault(word.casefold(), word)
        shown = []
        for stem in self.stems:
            start = stem[:-1] if stem.endswith("i") else stem
            found = next((word for plain, word in written.items() if plain.startswith(start)), stem)
            if found not in shown:
                shown.append(found)
        return shown[:SHOWN_WORDS]


def with_entries(pairs, review, user):
    """The pairs of one page, with their entries: one query."""
    ids = {pk for first, second, _ in pairs for pk in (first, second)}
    rows = visible_entries(review, user).filter(pk__in=ids).for_display().in_bulk()
    return [
        Pair(rows[first], rows[second], tuple(stems))
        for first, second, stems in pairs
        if first in rows and second in rows
    ]
