"""What goes into a pack, what is missing from it, and the one file that holds it all."""

import io
import zipfile
from dataclasses import dataclass

from actionplans.papers.kinds import Kind as PaperKind
from actionplans.papers.models import PlanPaper
from reports.homeoffice import drawing
from reports.homeoffice.form import form_of, unknown_in
from reports.homeoffice.older import older_than_answers
from reports.homeoffice.queries import answered_letters
from reports.leaks.deciding import not_kept, scan_of, undecided
from reports.models import Kind, Recipient, Rendering, Variant
from reports.rendering.gathered import said_by
from reports.unready import empty_in
from reviews.letters.models import Letter
from reviews.wording.kinds import Kind as Wording

CONTENTS = "contents.txt"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # so that the same files make the same file
WANTED = (Kind.OVERVIEW, Kind.EXECUTIVE_SUMMARY)


@dataclass(frozen=True)
class Piece:
    """One file: kept already (`stored`), or made for this pack (`content`)."""

    title: str
    ending: str
    stored: object = None
    content: bytes = b""
    rendering: Rendering | None = None

    def name(self, place):
        return f"{place:02} {self.title.lower()}.{self.ending}"


@dataclass(frozen=True)
class Holds:
    """What a pack is made of, all of it as it was at one moment. `letter` is the finished one that goes
    with it, or None; `letters` are those of the Home Office with their answers."""

    to: Recipient
    renderings: list
    papers: list
    form: list
    letters: list
    letter: Letter | None


def holding(review, *, to, renderings, papers):
    """Holds. Within a transaction that locked the review."""
    is_submitted = to == Recipient.HOME_OFFICE
    return Holds(
        to=to,
        renderings=renderings,
        papers=papers,
        form=form_of(review),
        letters=answered_letters(review) if is_submitted else [],
        letter=None if is_submitted else _letter_with_it(review),
    )


def pieces_of(review, holds, *, version, at):
    """[Piece], in the order of reading. Raises RenderFailed where no PDF comes out."""
    pieces = [_of_rendering(one) for one in sorted(holds.renderings, key=_rank)]
    for paper in holds.papers:
        title = f"{paper.title}, as of {paper.as_of:%-d %B %Y}"
        pieces += [Piece(title, ending, paper.files[ending]) for ending in ("pdf", "docx")]
    if holds.to == Recipient.COMMISSIONER:
        return [*pieces, Piece("Letter", "pdf", holds.letter.pdf)] if holds.letter else pieces
    pdf = drawing.form_as_pdf(review, holds.form, version=version, at=at)
    pieces.append(Piece(drawing.FORM, "pdf", content=pdf))
    pieces.append(Piece(drawing.FORM, "xlsx", content=drawing.form_as_workbook(holds.form)))
    if holds.letters:
        for ending in ("pdf", "docx"):
            content = drawing.answers_as(ending, review, holds.letters, version=version, at=at)
            pieces.append(Piece(drawing.ANSWERS, ending, content=content))
    return pieces


def _rank(rendering):
    return WANTED.index(rendering.document.kind), rendering.document.number, rendering.number


def _of_rendering(one):
    kind = one.document.get_kind_display()
    title = f"{kind}, {one.get_variant_display().lower()}, version {one.number}"
    return Piece(title, str(one.format), one.stored, rendering=one)


def _letter_with_it(review):
    """The newest finished letter to the Commissioner with the report, or None."""
    rows = Letter.objects.filter(
        review=review, kind=Wording.COMMISSIONER_REPORT, set_aside_at=None, pdf__isnull=False
    )
    return rows.select_related("pdf").defer("pdf__body").order_by("pk").last()


# --- What is missing ----------------------------------------------------------------------------


def missing_from(review, holds, seen):
    """Sentences, for those who make it, for its reader and for ever. `seen` is what the register as it is now
    finds in the anonymised versions: a release.fitness.Seen."""
    renderings = holds.renderings
    said = [_without(review, kind) for kind in WANTED if kind not in _kinds(renderings)]
    said += [
        f"{_of_rendering(one).title} is marked as a draft."
        for one in renderings
        if one.values["is_draft"]
    ]
    said += [
        f"{_of_rendering(one).title}: {empty}"
        for one in renderings
        if (empty := empty_in(said_by(one.values).sections))
    ]
    for one in renderings:
        if is_confidential(one):
            said.append(f"{in_a_confidential(one)} Whoever made the pack said that it is to go so.")
        elif telling := _left_in(one, seen.sightings[one.pk]):
            said.append(f"{_of_rendering(one).title}: {telling}")
    if not any(one.kind == PaperKind.PLAN for one in holds.papers):
        said.append(_without_plan(review))
    if holds.to == Recipient.COMMISSIONER:
        if not holds.letter:
            said.append("There is no letter: none to the Commissioner has been finished.")
        return said
    unknown, whole = unknown_in(holds.form)
    if unknown:
        said.append(f"The data form says “Unknown” in {unknown} of its {whole} fields.")
    said += older_than_answers(
        renderings, holds.letters, titled=lambda one: _of_rendering(one).title
    )
    open_ = sum(one.is_open for _, points in holds.letters for one in points)
    if open_:
        said.append(f"Points of the Home Office’s letters without an answer: {open_}.")
    return said


def is_confidential(rendering):
    return rendering.variant != Variant.ANONYMISED


def in_a_confidential(rendering):
    """What stands in it, in sentences: nothing was kept back when it was made."""
    said = (
        f"{_of_rendering(rendering).title}, is not anonymised: what the review holds stands in it whatever "
        "may be published of it, and real names were not kept out."
    )
    return f"{said} {_left_in(rendering)}".strip()


def _left_in(rendering, sightings=()):
    """Of what was found when it was made and, in `sightings`, of what is found in its words now."""
    scan = scan_of(rendering)
    if scan is None:
        return "Nobody has looked through it for what tells who somebody is."
    said = ["Part of the file could not be looked through."] if scan.unread else []
    if n := max(undecided(rendering), len(not_kept(rendering.document.review_id, sightings))):
        places = "1 place" if n == 1 else f"{n} places"
        said.append(f"{places} in it may tell who somebody is, and nobody has decided on that.")
    return " ".join(said)


def _kinds(renderings):
    return {one.document.kind for one in renderings}


def _without(review, kind):
    said = f"There is no {kind.label.lower()}"
    rows = Rendering.objects.filter(document__review=review, document__kind=kind)
    last = rows.exclude(at=None).order_by("at").last()
    if last is None:
        return f"{said}: no version of one has been made."
    if last.is_refused:
        n = len(last.places)
        places = "1 place" if n == 1 else f"{n} places"
        return f"{said}: the last version was refused, since {places} may tell who somebody is."
    return f"{said}: a version of one was made, and not chosen."


def _without_plan(review):
    has = PlanPaper.objects.filter(review=review, kind=PaperKind.PLAN).exists()
    return f"There is no action plan: {'one was made, and not chosen' if has else 'no final one has been made'}."


# --- The one file -------------------------------------------------------------------------------


def contents_of(pack, parts):
    """The list that lies on top: each file by the name, the size and the digest of what it holds."""
    lines = [f"{pack.review.reference}, pack {pack.number}, for {_reader(pack)}", ""]
    lines.append("Each line: SHA-256, file, what it is, size in bytes.")
    lines += [f"{one.sha256}  {one.name}  ({one.title}, {one.stored.size})" for one in parts]
    lines += ["", "What it does not hold, and what is to be known of what it holds:"]
    lines += [f"- {one}" for one in pack.missing] or ["- Nothing was found to be missing."]
    return "\n".join(lines) + "\n"


def _reader(pack):
    label = pack.get_to_display()
    return label[0].lower() + label[1:]


def zipped(contents, files):
    """`files`: [(name, bytes)]"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [(CONTENTS, contents.encode()), *files]:
            about = zipfile.ZipInfo(name, _EPOCH)
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, content)
    return out.getvalue()
