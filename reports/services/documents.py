"""Documents: begun from a layout or from what was written elsewhere, shared with the panel, taken back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from findings.services.locking import ChangedMeanwhile, made_with, next_number
from reports.models import FROM_DATA, Document, Paragraph, ParagraphVersion, Section, State
from reports.outline import Outline
from reports.real_names import MEANT, meaning, named_in
from reports.services.locking import lock_document, lock_shelf, lock_to_take_back, lock_written
from reports.services.referring import refer
from reports.services.rights import refuse_without
from reports.services.taking import source_of_words, take_words
from reports.values import unquoted
from reviews import rules
from reviews.models import Share
from reviews.people.names import names_of
from reviews.rules import Material, Role
from reviews.services import share


@transaction.atomic
def begin_document(review, *, template, title, by, key, words_from=None):
    """The sections of the layout, with what is inserted from the data, and not a word yet but those that
    are taken from another document of the review. The same key again gives the first one's document."""
    review, shelf = lock_shelf(review)
    if found := made_with(Document, key, review):
        return found
    if template.partnership_id not in (None, review.partnership_id):
        raise ValidationError({"template": "That layout is another partnership’s."})
    document = _made(review, shelf, kind=template.document_kind, title=title, by=by, key=key)
    document.template = template
    document.full_clean(exclude=["made_by"])
    document.save()
    _lay_out(document, template, by=by)
    counts = {}
    if words_from:
        source = source_of_words(review, words_from)
        counts = {"source": source.number, **take_words(document, source, by=by)}
    _tell(EventType.DOCUMENT_BEGUN, document, by=by, layout=str(template.kind), **counts)
    return document


@transaction.atomic
def begin_from_data(review, *, kind, title, by, key):
    """The place of the versions of the plan, the statement or the chronology: `kind` is one of FROM_DATA. There is
    one of each. The same key again gives the first one's document."""
    if kind not in FROM_DATA:
        raise ValueError(f"{kind} is written, not made from the data")
    review, shelf = lock_shelf(review)
    if found := made_with(Document, key, review):
        return found
    if shelf.filter(kind=kind, removed_at=None).exists():
        raise ValidationError(
            {"template": "This review has one already. Make a version of that one."}
        )
    document = _made(review, shelf, kind=kind, title=title, by=by, key=key)
    document.full_clean(exclude=["made_by"])
    document.save()
    _tell(EventType.DOCUMENT_BEGUN, document, by=by)
    return document


def _made(review, shelf, *, kind, title, by, key):
    return Document(
        review=review,
        number=next_number(shelf),
        key=key,
        kind=kind,
        title=" ".join(title.split()),
        made_by=by,
    )


def _lay_out(document, template, *, by):
    parent, places = None, {}
    for one in template.sections.all():
        within = parent if one.level > 1 else None
        places[within] = places.get(within, 0) + 1
        section = Section.objects.create(
            document=document,
            parent=within,
            position=places[within],
            heading=one.heading,
            is_numbered=one.is_numbered,
            code=one.code,
            made_by=by,
        )
        if one.level == 1:
            parent = section
        if one.block:
            Paragraph.objects.create(
                section=section,
                position=1,
                kind=Paragraph.Kind.BLOCK,
                block=one.block,
                made_by=by,
            )


@transaction.atomic
def take_document(review, written, *, kind, by, key):
    """A document out of what was written elsewhere (reports.written.WrittenDocument), its sections and
    paragraphs in their order. Numbers are counted anew, and what was typed as the number of one of its
    sections or paragraphs becomes a reference to it. The same key again gives the first one's.

    Raises ValidationError where a heading or a paragraph is empty or too long: nothing is cut off."""
    review, shelf = lock_shelf(review)
    if found := made_with(Document, key, review):
        return found
    document = _made(review, shelf, kind=kind, title=written.title, by=by, key=key)
    document.full_clean(exclude=["made_by"])
    document.save()
    sections, paragraphs = _take_sections(document, written, by=by)
    refer(sections, paragraphs, written)
    for one in paragraphs:
        one.full_clean(
            exclude=["section", "made_by"], validate_unique=False, validate_constraints=False
        )
    Paragraph.objects.bulk_create(paragraphs)
    ParagraphVersion.objects.bulk_create(
        ParagraphVersion(
            paragraph=one,
            number=1,
            what=ParagraphVersion.What.WRITTEN,
            kind=one.kind,
            text=one.text,
            origin=ParagraphVersion.Origin.WORD,
            by=by,
        )
        for one in paragraphs
    )
    _tell(EventType.DOCUMENT_BEGUN, document, by=by, paragraphs=len(paragraphs))
    return document


def _take_sections(document, written, *, by):
    above, places, sections, paragraphs = {}, {}, [], []
    for one in written.sections:
        above = {level: row for level, row in above.items() if level < one.level}
        parent = above[max(above)] if above else None  # also where a level was left out
        places[parent] = places.get(parent, 0) + 1
        section = Section(
            document=document,
            parent=parent,
            position=places[parent],
            heading=one.heading,
            is_numbered=bool(one.number),
            made_by=by,
        )
        section.full_clean(exclude=["document", "parent", "made_by"], validate_unique=False)
        section.save()
        above[one.level] = section
        sections.append(section)
        paragraphs += [
            _taken(section, position, each, by=by)
            for position, each in enumerate(one.paragraphs, start=1)
        ]
    return sections, paragraphs


def _taken(section, position, written, *, by):
    kind, text = Paragraph.Kind.NUMBERED, written.text.strip()
    if not written.number:
        said = unquoted(text)
        kind = Paragraph.Kind.CONTINUATION if said is None else Paragraph.Kind.QUOTATION
        text = text if said is None else said
    return Paragraph(section=section, position=position, kind=kind, text=text, made_by=by)


# --- What becomes of it -------------------------------------------------------------------------


@transaction.atomic
def rename_document(document, *, title, seen, by):
    document = lock_document(document)
    if document.changes != seen:
        raise ChangedMeanwhile
    document.title = " ".join(title.split())
    document.changes += 1
    document.full_clean(exclude=["made_by"])
    document.save(update_fields=["title", "changes"])
    _tell(EventType.DOCUMENT_CHANGED, document, by=by)
    return document


@transaction.atomic
def share_document(document, *, by, shows_remarks=None, meant=""):
    """The panel reads this one from now on; a hold that stops sharing refuses it. `shows_remarks`:
    its members also read what the others of them say of it from now on; None leaves that as it is.
    Raises ValidationError where it holds real names that nobody has meant (`meant`, as
    real_names.meaning tells), unless the panel reads it already."""
    document = lock_written(document)
    refuse_without(rules.can_write_documents, document.review, by)
    is_read = panel_reads(document)
    if not is_read:
        _refuse_real_names(document, meant)
    if shows_remarks is None:
        shows_remarks = document.shows_remarks
    share(document.review, material=Material.DOCUMENTS, with_role=Role.PANEL_MEMBER, by=by)
    if is_read and document.shows_remarks == shows_remarks:
        return document
    document.state, document.shows_remarks = State.WITH_PANEL, shows_remarks
    if not is_read:
        document.shared_at = timezone.now()
    document.save(update_fields=["state", "shared_at", "shows_remarks"])
    _tell(EventType.DOCUMENT_SHARED, document, by=by, shows_remarks=shows_remarks)
    return document


def panel_reads(document):
    """It was shared, and no one has taken the drafts of the review back since."""
    live = Share.objects.live(at=timezone.localdate())
    shared = live.filter(review_id=document.review_id, material=Material.DOCUMENTS)
    return document.is_shared and shared.exists()


def _refuse_real_names(document, meant):
    named = named_in(Outline(document, texts=True), names_of(document.review))
    if named and meant != meaning(named):
        raise ValidationError({"meant": MEANT})


@transaction.atomic
def unshare_document(document, *, by):
    """It is its authors' again, also after the review; other documents stay where they are."""
    document = lock_to_take_back(document)
    refuse_without(rules.can_write_documents, document.review, by)
    if not document.is_shared:
        return document
    document.state = State.DRAFTING
    document.save(update_fields=["state"])
    _tell(EventType.DOCUMENT_UNSHARED, document, by=by)
    return document


def _tell(type_, document, *, by, **data):
    record(
        type_,
        by=by,
        review=document.review,
        target=document,
        number=document.number,
        kind=str(document.kind),
        **data,
    )
