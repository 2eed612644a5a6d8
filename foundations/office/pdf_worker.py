"""The child process that turns HTML into tagged PDF. Run by `foundations.office.pdf`, over a pipe."""

import gc
import logging
import shutil
import sys
from pathlib import Path

import pydyf
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from foundations.office.pdf_pipe import ChildGone, allow_seconds, confine, receive, send
from foundations.office.pdf_tags import tidy

VARIANT = "pdf/ua-1"
ADDRESS_SPACE = 1024
SECONDS_PER_DOCUMENT = 120
ASSET = "app-static:"
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

    def __init__(self, assets):
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.assets = assets
        self.refused = None

    def fetch(self, url, headers=None):
        name = url.removeprefix(ASSET)
        if not url.startswith(ASSET) or name not in self.assets:
            self.refused = url
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, body=self.assets[name])


def _page_references(pdf):
    if len(pdf.__dict__.setdefault("known_pages", ())) != pdf.pages["Count"]:
        pdf.known_pages = tuple(f"{number} 0 R".encode() for number in pdf.pages["Kids"][::3])
    return pdf.known_pages


# The original makes this list anew for every element on every page: pages times elements.
pydyf.PDF.page_references = property(_page_references)


def draw(html, *, assets, prefix="", has_footer=True):
    fetcher = OnlyOurAssets(assets)
    fonts = FontConfiguration()
    styles = [] if has_footer else [weasyprint.CSS(string=NO_FOOTER, font_config=fonts)]
    document = weasyprint.HTML(string=html, base_url=NOWHERE, url_fetcher=fetcher)
    pdf = document.write_pdf(
        pdf_variant=VARIANT,
        font_config=fonts,
        stylesheets=styles,
        finisher=lambda _document, pdf: tidy(pdf, prefix=prefix),
    )
    if fetcher.refused:
        # Inside a picture the renderer swallows even a fatal error, and leaves a hole.
        raise FatalURLFetchingError(fetcher.refused)
    return pdf


def answer(header, html, assets):
    allow_seconds(SECONDS_PER_DOCUMENT)
    try:
        pdf = draw(
            html.decode(),
            assets=assets,
            prefix=header.get("prefix", ""),
            has_footer=header.get("has_footer", True),
        )
    except FatalURLFetchingError as error:
        # A BaseException: left alone it would end the process instead of one document.
        return {"unsafe": str(error)}, b""
    except Exception as error:  # whatever a strange document sets off, the next one must be drawn
        # Its kind only: the text of an exception may quote the document.
        return {"failed": type(error).__name__}, b""
    return {}, pdf


def main():
    confine(megabytes=ADDRESS_SPACE)
    # Warnings quote the document too.
    logging.disable()
    # A render makes few cycles and many objects: without the collector it is a fifth quicker.
    gc.freeze()
    gc.disable()
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    header, blobs = receive(requests)
    assets = dict(zip(header["assets"], blobs, strict=True))
    while True:
        try:
            header, (html,) = receive(requests)
        except ChildGone:  # the parent has closed its end: no more documents
            shutil.rmtree(Path.cwd(), ignore_errors=True)  # a parent that was killed does not
            return
        reply, pdf = answer(header, html, assets)
        send(replies, reply, pdf)
        gc.collect()


if __name__ == "__main__":
    main()
