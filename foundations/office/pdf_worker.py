"""The child process that turns HTML into tagged PDF. Run by `foundations.office.pdf`, over a pipe."""

import gc
import html as markup
import logging
import shutil
import sys
from pathlib import Path

import pydyf
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from foundations.office import pdf_fonts
from foundations.office.pdf_chapters import point_elsewhere
from foundations.office.pdf_pipe import ChildGone, allow_seconds, confine, receive, send
from foundations.office.pdf_tags import tidy
from foundations.office.pdf_text import name_every_shape

VARIANT = "pdf/ua-1"
ADDRESS_SPACE = 1024
SECONDS_PER_DOCUMENT = 120
ASSET = "app-static:"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# A relative address must be refused like any other, and without a base it would just be ignored.
NOWHERE = "http://document.invalid/"

# Joined parts get their footer when the number of pages is known.
NO_FOOTER = """
@page {
  @bottom-left { content: none !important }
  @bottom-center { content: none !important }
  @bottom-right { content: none !important }
}
"""


class OnlyOurAssets(URLFetcher):
    """Serves our fonts from memory. Opens no file and no connection, whatever the document asks."""

    def __init__(self, letters):
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.letters = letters
        self.refused = None

    def fetch(self, url, headers=None):
        name = url.removeprefix(ASSET)
        if not url.startswith(ASSET) or name not in self.letters.assets:
            self.refused = url
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, body=self.letters.file(name))


def _page_references(pdf):
    if len(pdf.__dict__.setdefault("known_pages", ())) != pdf.pages["Count"]:
        pdf.known_pages = tuple(f"{number} 0 R".encode() for number in pdf.pages["Kids"][::3])
    return pdf.known_pages


# The original makes this list anew for every element on every page: pages times elements.
pydyf.PDF.page_references = property(_page_references)


def draw(html, *, letters, prefix="", has_footer=True, is_chapter=False):
    """(PDF, {"pages", "headings", "lost"}): how many it has, of each heading with an id, on which it stands,
    and the numbers of the letters that no font had a shape for, which stand in it as empty boxes."""
    fetcher = OnlyOurAssets(letters)
    fonts = FontConfiguration()
    rules = pdf_fonts.declared(letters.faces_for(markup.unescape(html)))
    rules += "" if has_footer else NO_FOOTER
    styles = [weasyprint.CSS(string=rules, font_config=fonts, url_fetcher=fetcher)]
    document = weasyprint.HTML(string=html, base_url=NOWHERE, url_fetcher=fetcher)
    if is_chapter:
        point_elsewhere(document.etree_element)
    laid_out = document.render(fonts, stylesheets=styles, pdf_variant=VARIANT)

    def finish(_document, pdf):
        tidy(pdf, prefix=prefix)
        name_every_shape(pdf)

    pdf = laid_out.write_pdf(pdf_variant=VARIANT, finisher=finish)
    if fetcher.refused:
        # Inside a picture the renderer swallows even a fatal error, and leaves a hole.
        raise FatalURLFetchingError(fetcher.refused)
    lost = set().union(*(font.missing for font in laid_out.fonts.values()))
    found = {"pages": len(laid_out.pages), "lost": sorted(lost)}
    if is_chapter:
        found["headings"] = _headings(document.etree_element, laid_out.pages)
    return pdf, found


def _headings(root, pages):
    ids = {one.get("id") for one in root.iter() if one.tag in HEADINGS}
    found = {}
    for number, page in enumerate(pages, start=1):
        for name in ids.intersection(page.anchors):
            found.setdefault(name, number)
    return found


def answer(header, html, letters):
    allow_seconds(SECONDS_PER_DOCUMENT)
    try:
        pdf, found = draw(
            html.decode(),
            letters=letters,
            prefix=header.get("prefix", ""),
            has_footer=header.get("has_footer", True),
            is_chapter=header.get("is_chapter", False),
        )
    except FatalURLFetchingError as error:
        # A BaseException: left alone it would end the process instead of one document.
        return {"unsafe": str(error)}, b""
    except MemoryError:
        raise  # it ends as if the system had ended it: what it kept may be why, and a fresh one draws on
    except Exception as error:  # whatever a strange document sets off, the next one must be drawn
        # Its kind only: the text of an exception may quote the document.
        return {"failed": type(error).__name__}, b""
    return found, pdf


def main():
    confine(megabytes=ADDRESS_SPACE)
    # Warnings quote the document too.
    logging.disable()
    # A render makes few cycles and many objects: without the collector it is a fifth quicker.
    gc.freeze()
    gc.disable()
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    header, blobs = receive(requests)
    letters = pdf_fonts.Letters(dict(zip(header["assets"], blobs, strict=True)))
    while True:
        try:
            header, (html,) = receive(requests)
        except ChildGone:  # the parent has closed its end: no more documents
            shutil.rmtree(Path.cwd(), ignore_errors=True)  # a parent that was killed does not
            return
        reply, pdf = answer(header, html, letters)
        send(replies, reply, pdf)
        gc.collect()


if __name__ == "__main__":
    main()
