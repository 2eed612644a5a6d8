"""HTML in, accessible PDF out (PDF/UA-1). Knows nothing about reviews.

The HTML is drawn by child processes that hold no secrets, can open no file or connection for the
document, and end when they take too much memory or time. A long document comes as parts, drawn side
by side and joined with their tags; the memory it takes does not grow with its length.
"""

import atexit
import html as markup
import os
import threading
import unicodedata
from collections import deque
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from foundations.office import pdf_fonts
from foundations.office.pdf_pipe import PROJECT, Child, ChildGone
from foundations.office.symbols import UNNAMED

FONTS = PROJECT / "static" / "dist" / "fonts"
MARKING = "OFFICIAL-SENSITIVE"
# The clock on the wall; the child's own limit on processor time is in pdf_worker.
SECONDS_PER_DOCUMENT = 300
TOO_MUCH = (
    "The document took too much time or memory to draw. Nothing of it is lost. Make it from fewer rows,"
    " or divide its longest section, paragraph or table."
)
# Starting a renderer takes longer than drawing most documents, so that one waits for the next.
DRAWINGS_EACH = 200
KEPT_WAITING = 2
# No font has a shape for them and no reader misses them; only tab and line ends mean something.
CONTROL_CHARACTERS = dict.fromkeys({*range(32), *range(127, 160)} - {*b"\t\n\r"})
# Bullets and ticks that were copied out of Word without the font of pictures they stood in.
AS_DRAWN = CONTROL_CHARACTERS | {0xF000 + place: sign for place, sign in UNNAMED.items()}


class UnsafeDocument(Exception):
    """The document asked for something that is not one of our own assets."""


class RenderFailed(Exception):
    """No PDF came out; the message is a sentence for the person who asked for it."""


class FontsMissing(Exception):
    """The typeface has not been built. Without a font the renderer would crash, not complain."""


@dataclass(frozen=True)
class Part:
    html: str
    label: str  # its bookmark


@dataclass(frozen=True)
class Supplied:
    """A PDF that somebody brought, put among the parts as it is."""

    pdf: bytes
    label: str  # its bookmark, and what its pages are called for who cannot see them


def font_assets(directory=FONTS):
    directory = Path(directory)
    try:
        return {name: (directory / name).read_bytes() for name in pdf_fonts.NAMES}
    except FileNotFoundError as error:
        raise FontsMissing(
            f"PDFs cannot be made: the font {Path(error.filename).name} is missing from {directory}. "
            "Build the front end first (script/server and script/test do it)."
        ) from error


def render_pdf(html: str, *, fonts: Path = FONTS) -> bytes:
    with renderer_of(font_assets(fonts)) as renderer:
        return _draw(renderer, html)


def render_parts(
    parts: Iterable[Part | Supplied],
    *,
    title: str,
    marking: str = MARKING,
    processes: int = 2,
    fonts: Path = FONTS,
) -> bytes:
    """Parts of about 500 rows, each a whole HTML document, joined under one title.

    `parts` may be a generator: it is read in the caller's thread, a few parts ahead of the drawing.
    The footer of every page is stamped here: the marking, and "Page x of y".
    """
    assets = font_assets(fonts)
    with ExitStack() as stack:
        renderers = SimpleQueue()
        for _ in range(processes):
            renderers.put(stack.enter_context(renderer_of(assets)))
        joiner = stack.enter_context(
            Child("foundations.office.pdf_merge", patience=SECONDS_PER_DOCUMENT)
        )
        pool = stack.enter_context(ThreadPoolExecutor(processes))

        def draw(number, part):
            if isinstance(part, Supplied):
                return part.pdf
            renderer = renderers.get()
            try:
                return _draw(renderer, part.html, prefix=f"{number}-", has_footer=False)
            finally:
                renderers.put(renderer)

        return _join(joiner, pool, draw, parts, title=title, marking=marking, width=processes)


def _join(joiner, pool, draw, parts, *, title, marking, width):
    stamp = pool.submit(draw, 0, Part(stamp_sheet(title, marking), ""))
    under_way = deque()
    try:
        joiner.tell({"marking": marking}, stamp.result())
        for number, part in enumerate(parts, start=1):
            under_way.append((part, pool.submit(draw, number, part)))
            if len(under_way) > 2 * width:
                _hand_over(joiner, *under_way.popleft())
        if not under_way:
            raise ValueError("A document needs at least one part.")
        while under_way:
            _hand_over(joiner, *under_way.popleft())
        _, (pdf,) = joiner.ask({"end": True})
        return pdf
    except ChildGone as error:
        raise RenderFailed("The parts of the document could not be joined.") from error
    finally:
        for _, drawing in under_way:
            drawing.cancel()


def _hand_over(joiner, part, drawing):
    header = {"label": part.label, "supplied": isinstance(part, Supplied)}
    joiner.tell(header, drawing.result())


class _Waiting:
    """Renderers that have drawn a document well and may draw another. One that failed ends."""

    def __init__(self):
        self._lock = threading.Lock()
        self._renderers = []

    def take(self, assets):
        with self._lock:
            while self._renderers:
                renderer = self._renderers.pop()
                if renderer.assets == assets and renderer.process.poll() is None:
                    return renderer
                renderer.close()
        return None

    def give_back(self, renderer):
        with self._lock:
            if renderer.drawn < DRAWINGS_EACH and len(self._renderers) < KEPT_WAITING:
                self._renderers.append(renderer)
                return
        renderer.close()

    def close(self):
        with self._lock:
            while self._renderers:
                self._renderers.pop().close()

    def forget(self):
        """In a process that was forked from ours: they go on waiting for the parent alone."""
        self._lock = threading.Lock()
        for renderer in self._renderers:
            renderer.disown()
        self._renderers.clear()


_waiting = _Waiting()
atexit.register(_waiting.close)
os.register_at_fork(after_in_child=_waiting.forget)


@contextmanager
def renderer_of(assets):
    renderer = _waiting.take(assets) or _Renderer(assets)
    try:
        yield renderer
    except BaseException:
        renderer.close()
        raise
    _waiting.give_back(renderer)


class _Renderer(Child):
    def __init__(self, assets):
        self.assets = assets
        self._begin()

    def _begin(self):
        super().__init__("foundations.office.pdf_worker", patience=SECONDS_PER_DOCUMENT)
        self.drawn = 0
        try:
            self.tell({"assets": list(self.assets)}, *self.assets.values())
        except ChildGone as error:
            self.close()
            raise RenderFailed("The program that draws PDFs did not start.") from error

    def draw(self, options, text):
        """One that has drawn before may end of what it kept: then a fresh one tries once more."""
        try:
            answer = self.ask(options, text)
        except ChildGone:
            if not self.drawn:
                raise
            self.close()
            self._begin()
            answer = self.ask(options, text)
        self.drawn += 1
        return answer


def _draw(renderer, html, **options):
    return draw_with(renderer, html, **options)[1]


def draw_with(renderer, html, **options):
    """(what the renderer says of it, the PDF)"""
    try:
        # A letter and its accent are one where they can be: the fonts know them so.
        text = unicodedata.normalize("NFC", html.translate(AS_DRAWN)).encode(errors="replace")
        header, (pdf,) = renderer.draw(options, text)
    except ChildGone as error:
        raise RenderFailed(TOO_MUCH) from error
    if "unsafe" in header:
        raise UnsafeDocument(header["unsafe"])
    if header.get("lost"):
        raise RenderFailed(pdf_fonts.told(header["lost"]))
    if "failed" in header:
        raise RenderFailed(f"The document could not be drawn ({header['failed']}).")
    return header, pdf


def stamp_sheet(title, marking):
    """One page that brings the title and every glyph of the footer, in a font we can embed."""
    return f"""<html lang="en-GB"><title>{markup.escape(title)}</title><style>
    {pdf_fonts.declared(pdf_fonts.OURS)}
    p {{ font: 500 8pt {pdf_fonts.STACK}, sans-serif }}</style>
    <p>Page of 0123456789 {markup.escape(marking)}</p>"""
