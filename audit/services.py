import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from audit.models import EventType

SYSTEM = "system"


def stream_of(review):
    return f"review:{review.reference}"


def record(type_, *, by, review=None, target=None, stream="admin", **data):
    """Write to the trail, in the caller's transaction: no event, no change.

    `by` is a user, or None for the system itself. `data` holds ids, codes, counts and digests;
    whoever calls promises that it holds no name of a person and nothing anybody wrote.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select audit_record(%s, %s, %s, %s, %s::jsonb)",
            [
                stream_of(review) if review else stream,
                EventType(type_).value,
                f"user:{by.pk}" if by else SYSTEM,
                f"{target._meta.label_lower}:{target.pk}" if target else "",
                json.dumps(data, cls=DjangoJSONEncoder),
            ],
        )


@dataclass(frozen=True)
class Broken:
    """The first link that does not hold. `kind` is edited, missing, reordered or tail."""

    stream: str
    seq: int
    kind: str


@dataclass(frozen=True)
class Verdict:
    streams: int
    events: int
    broken: Broken | None


_LINKS = """
select stream, seq,
       lag(seq) over chain, lag(hash) over chain, prev,
       hash = sha256(prev || audit_content(stream, seq, at, type, actor, target, data)) as intact,
       hash
from audit_event where %(stream)s = '' or stream = %(stream)s
window chain as (partition by stream order by seq)
order by stream, seq
"""


def verify(stream=""):
    """Walk every link of one stream, or of all, and compare the ends with the heads."""
    ends, events = {}, 0
    with connection.cursor() as cursor:
        cursor.execute("select stream, seq, hash from audit_head")
        heads = {name: (seq, bytes(hash_)) for name, seq, hash_ in cursor.fetchall()}
        if stream:
            heads = {name: head for name, head in heads.items() if name == stream}
        cursor.execute(_LINKS, {"stream": stream})
        for name, seq, before, before_hash, prev, intact, hash_ in cursor:
            events += 1
            if seq != (before or 0) + 1:
                return Verdict(len(heads), events, Broken(name, seq, "missing"))
            if not intact:
                return Verdict(len(heads), events, Broken(name, seq, "edited"))
            if bytes(prev) != bytes(before_hash or b""):
                return Verdict(len(heads), events, Broken(name, seq, "reordered"))
            ends[name] = (seq, bytes(hash_))
    for name, head in heads.items():
        if ends.get(name) != head:
            return Verdict(len(heads), events, Broken(name, head[0], "tail"))
    if unheaded := sorted(set(ends) - set(heads)):
        return Verdict(len(heads), events, Broken(unheaded[0], ends[unheaded[0]][0], "head"))
    return Verdict(len(heads), events, None)
