"""A document of the database read by `reports.checking`, once for each state that it and the review are in."""

import hashlib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from django.utils import timezone

import reports.checking as rules
from foundations.vault.keys import digester
from reports.checking import check
from reports.checking.codes import digest_of
from reports.checks.facts import facts_of
from reports.checks.found import FoundItem, shown
from reports.checks.phrases import phrases_for
from reports.models import FoundBefore
from reports.outline import Outline
from reports.values import to_written


@dataclass(frozen=True)
class Looked:
    """What was found, the digest of all that it was read from, and that of what people wrote alone: what
    the review holds, and what is inserted from it, changes by itself, some of it every day."""

    items: tuple[FoundItem, ...]
    digest: str
    text_digest: str = ""


def look(document, outline=None):
    """A Looked: what is kept where nothing has changed since, else found now and kept.

    The document came through visible_to, and whoever asks writes it. `outline`: with texts, where it is
    at hand already. A report of 70 pages is read in a second or two, and what is kept in no time.
    """
    outline = outline or Outline(document, texts=True)
    written = to_written(document, outline, keeps_keys=True)
    facts = facts_of(document.review)
    phrases = phrases_for(document.review.partnership)
    # With a key: days of birth are sealed, and nobody is to find one by trying all of them.
    digest = digester(f"checks of review {document.review_id}")
    of_text = digest(digest_of(_authored(document, outline)))
    read = [_digest_of_rules(), asdict(written), asdict(facts), [asdict(one) for one in phrases]]
    of_all = digest(digest_of(read))
    kept = FoundBefore.objects.filter(document=document, digest=of_all).first()
    if kept:
        kept.document = document
        return Looked(tuple(map(FoundItem.from_json, kept.items)), of_all, of_text)
    checked = check(written, facts, phrases=phrases)
    items = tuple(shown(one, written, outline.refer, digest) for one in checked.items)
    FoundBefore.objects.update_or_create(
        document=document,
        defaults={"digest": of_all, "items": [one.to_json() for one in items]},
    )
    return Looked(items, of_all, of_text)


def _authored(document, outline):
    """What people wrote, in the order of reading."""
    sections = [
        [
            one.section.heading,
            one.level,
            [
                [each.paragraph.kind, each.paragraph.text]
                for each in one.paragraphs
                if not each.paragraph.is_block
            ],
        ]
        for one in outline.sections
    ]
    return [document.title, sections]


def last_look(document):
    """(a Looked, when) of the last time that somebody looked, or None: the text may have changed since."""
    kept = FoundBefore.objects.filter(document=document).first()
    if kept is None:
        return None
    kept.document = document
    looked = Looked(tuple(map(FoundItem.from_json, kept.items)), kept.digest)
    return looked, timezone.localtime(kept.at)


@cache
def _digest_of_rules():
    """So that what was found by earlier rules is found anew once they are better."""
    told = hashlib.sha256()
    for path in sorted(Path(rules.__file__).parent.rglob("*.py")):
        told.update(path.read_bytes())
    return told.hexdigest()
