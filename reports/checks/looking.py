"""A document of the database read by `reports.checking`, once for each state that it and the review are in.

Whoever looks changes nothing: what was found is remembered by this process alone. It is kept where
somebody asks for that, or answers what was found."""

from dataclasses import asdict, dataclass, replace

from django.core.cache import caches
from django.utils import timezone

from foundations import dates
from foundations.vault.keys import digester
from reports import checking, empty
from reports.checking import check
from reports.checking.codes import digest_of
from reports.checks.facts import facts_of
from reports.checks.found import FoundItem, shown
from reports.checks.phrases import phrases_for
from reports.models import FoundBefore
from reports.outline import Outline
from reports.rules_digest import digest_of_rules
from reports.standing import loosened_in
from reports.values import to_written
from reviews.people.names import names_of

MEMORY = "memory"  # of this process, and in no file: what is found may come from the register
_RULES = digest_of_rules(checking, dates, empty)


@dataclass(frozen=True)
class Looked:
    """What was found, the digest of all that it was read from, and that of what people wrote alone: what
    the review holds, and what is inserted from it, changes by itself, some of it every day."""

    items: tuple[FoundItem, ...]
    digest: str
    text_digest: str = ""


def look(document, outline=None):
    """A Looked: what is kept or remembered where nothing has changed since, else found now.

    The document came through visible_to, and whoever asks writes it. `outline`: with texts, where it is
    at hand already. A report of 70 pages is read in a second or two, and what is remembered in no time.
    """
    outline = outline or Outline(document, texts=True)
    written = to_written(document, outline, keeps_keys=True)
    facts = replace(facts_of(document.review), loose=tuple(loosened_in(document)))
    phrases = phrases_for(document.review.partnership)
    names = names_of(document.review)
    # With a key: days of birth are sealed, and nobody is to find one by trying all of them.
    digest = digester(f"checks of review {document.review_id}")
    of_text = digest(digest_of(_authored(document, outline)))
    read = [_RULES, asdict(written), asdict(facts), [asdict(one) for one in phrases]]
    read.append(names.named)
    of_all = digest(digest_of(read))
    return Looked(
        _found(document, written, facts, phrases, names, of_all, outline, digest), of_all, of_text
    )


def keep(document):
    """A Looked, kept as how the document stood when somebody looked last. Within a service that locked it."""
    looked = look(document)
    FoundBefore.objects.update_or_create(
        document=document,
        defaults={"digest": looked.digest, "items": [one.to_json() for one in looked.items]},
    )
    return looked


def _found(document, written, facts, phrases, names, of_all, outline, digest):
    kept = FoundBefore.objects.filter(document=document, digest=of_all).first()
    if kept:
        kept.document = document
        return tuple(map(FoundItem.from_json, kept.items))
    memory, key = caches[MEMORY], f"found:{document.pk}:{of_all}"
    items = memory.get(key)
    if items is None:
        checked = check(written, facts, phrases=phrases, names=names)
        items = tuple(shown(one, written, outline.refer, digest) for one in checked.items)
        memory.set(key, items)
    return items


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
    """(a Looked, when) of the last time that it was kept, or None: the text may have changed since."""
    kept = FoundBefore.objects.filter(document=document).first()
    if kept is None:
        return None
    kept.document = document
    looked = Looked(tuple(map(FoundItem.from_json, kept.items)), kept.digest)
    return looked, timezone.localtime(kept.at)
