"""A long document drawn in chapters, each of which is kept until it changes.

Every chapter begins on a page of its own. After a change only the chapters that are no longer what they were
are drawn again, with the pages in front of them that name their pages; then all are joined, with their tags.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from queue import SimpleQueue

from foundations.office.pdf import (
    FONTS,
    SECONDS_PER_DOCUMENT,
    RenderFailed,
    draw_with,
    font_assets,
    renderer_of,
    stamp_sheet,
)
from foundations.office.pdf_pipe import Child, ChildGone

DRAWN_BY = ("weasyprint", "pydyf")
OUR_CODE = (
    *("pdf_worker.py", "pdf_fonts.py", "pdf_tags.py", "pdf_text.py"),
    *("pdf_chapters.py", "pdf_book.py"),
)
FRONT = "front"
SEVERAL = 2  # renderers at once


@dataclass(frozen=True)
class Chapter:
    """A whole HTML document. `name` is its own in the document: letters, digits and hyphens."""

    name: str
    html: str


@dataclass(frozen=True)
class DrawnChapter:
    """`headings` {id: page, from 1 in the chapter}."""

    pdf: bytes
    pages: int
    headings: dict

    def to_bytes(self):
        head = json.dumps({"pages": self.pages, "headings": self.headings}).encode()
        return head + b"\n" + self.pdf

    @classmethod
    def from_bytes(cls, content):
        head, _, pdf = content.partition(b"\n")
        return cls(pdf, **json.loads(head))


@dataclass(frozen=True)
class Book:
    """`drawn` are the names of the chapters that were drawn for it; the others were kept."""

    content: bytes
    pages: int
    drawn: tuple


def render_book(
    front: Callable[[dict], str],
    chapters: Iterable[Chapter],
    *,
    title: str,
    marking: str,
    middle: str = "",
    front_pages: int = 2,
    kept: MutableMapping[str, bytes] | None = None,
    fonts: Path = FONTS,
) -> Book:
    """`front` makes the HTML of what stands before the chapters out of {id of a heading: its page}.

    `front_pages` is how many pages that is likely to be: a wrong guess costs time and nothing else. `kept` gives
    and takes drawn chapters by a digest of all that they were drawn from, and is asked in the caller's
    thread; it must hold nothing that belongs to another document. Raises RenderFailed and UnsafeDocument.
    """
    with ExitStack() as stack:
        joiner = stack.enter_context(
            Child("foundations.office.pdf_book_merge", patience=SECONDS_PER_DOCUMENT)
        )
        studio = stack.enter_context(_Studio(font_assets(fonts), {} if kept is None else kept))
        sheet = Chapter("sheet", stamp_sheet(title, marking + middle))
        sheet, *drawn = studio.have([sheet, *chapters])
        drawn.insert(0, _front(studio, front, drawn, front_pages))
        footer = {"marking": marking, "middle": middle}
        try:
            _, (content,) = joiner.ask(footer, *(one.pdf for one in (sheet, *drawn)))
        except ChildGone as error:
            raise RenderFailed("The parts of the document could not be joined.") from error
        return Book(content, sum(one.pages for one in drawn), tuple(studio.drawn))


def _front(studio, front, chapters, guessed):
    """How long it is does not hang on the numbers in it: a second time is the last."""
    for _ in range(2):
        found, before = {}, guessed
        for one in chapters:
            found |= {name: before + page for name, page in one.headings.items()}
            before += one.pages
        (drawn,) = studio.have([Chapter(FRONT, front(found))])
        if drawn.pages == guessed:
            return drawn
        guessed = drawn.pages
    raise RenderFailed("The pages in front of the document could not be counted.")


class _Studio:
    """Renderers, and what they drew before."""

    def __init__(self, assets, kept):
        self.assets, self.kept = assets, kept
        self.drawn_with = _tools(assets)
        self.drawn = []
        self._stack, self._renderers, self._begun = ExitStack(), SimpleQueue(), 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return self._stack.__exit__(*error)

    def have(self, chapters):
        """[DrawnChapter]; those that nobody kept are drawn side by side, the longest first."""
        digests = [_digest(one, self.drawn_with) for one in chapters]
        found = {}
        for digest in digests:
            if (content := self.kept.get(digest)) is not None:
                found[digest] = DrawnChapter.from_bytes(content)
        missing = {d: one for d, one in zip(digests, chapters, strict=True) if d not in found}
        for digest, drawn in self._draw(missing):
            found[digest] = drawn
            self.kept[digest] = drawn.to_bytes()
        return [found[digest] for digest in digests]

    def _draw(self, missing):
        if not missing:
            return
        self._begin(min(SEVERAL, len(missing)))
        longest = sorted(missing.items(), key=lambda pair: -len(pair[1].html))
        with ThreadPoolExecutor(SEVERAL) as pool:
            yield from zip(
                [digest for digest, _ in longest],
                pool.map(self._one, [one for _, one in longest]),
                strict=True,
            )
        self.drawn += [one.name for one in missing.values()]

    def _begin(self, wanted):
        while self._begun < wanted:
            self._renderers.put(self._stack.enter_context(renderer_of(self.assets)))
            self._begun += 1

    def _one(self, chapter):
        renderer = self._renderers.get()
        try:
            said, pdf = draw_with(
                renderer,
                chapter.html,
                prefix=f"{chapter.name}-",
                has_footer=False,
                is_chapter=True,
            )
        finally:
            self._renderers.put(renderer)
        return DrawnChapter(pdf, said["pages"], said["headings"])


def _digest(chapter, drawn_with):
    """Of all that the drawing of a chapter hangs on: what it says, the fonts, the program."""
    said = hashlib.sha256(drawn_with)
    said.update(json.dumps([chapter.name, chapter.html]).encode())
    return said.hexdigest()


def _tools(assets):
    said = hashlib.sha256(_program())
    for name, content in sorted(assets.items()):
        said.update(json.dumps([name, hashlib.sha256(content).hexdigest()]).encode())
    return said.digest()


@cache
def _program():
    said = hashlib.sha256(json.dumps([version(name) for name in DRAWN_BY]).encode())
    for name in OUR_CODE:
        said.update((Path(__file__).parent / name).read_bytes())
    return said.digest()
