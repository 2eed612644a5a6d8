"""What a PDF holds and no page shows: pages that were taken out, and drawings that nothing leads to."""

import io

import pikepdf
from pypdf import PdfReader

MOST = 200


def unshown(gathered, pdf, shown):
    """`shown` are the objects, (number, generation), that the pages draw."""
    told = gathered.told()
    pages = {page.obj.objgen for page in pdf.pages}
    with pikepdf.new() as other:
        for thing in pdf.objects:
            if len(other.pages) >= MOST:
                gathered.unread(f"drawings that no page shows, after the {MOST}th")
                break
            if _is_form(thing) and thing.objgen not in shown:
                _put_on_a_page(other, thing)
            elif _is_page(thing) and thing.objgen not in pages:
                other.pages.append(pikepdf.Page(thing))
        if not len(other.pages):
            return
        out = io.BytesIO()
        other.save(out)
    for number, page in enumerate(PdfReader(out).pages, start=1):
        text = page.extract_text()
        if " ".join(text.split()) not in told:
            gathered.add("not shown", f"drawing {number} that no page shows", text)


def _is_form(thing):
    return isinstance(thing, pikepdf.Stream) and str(thing.get("/Subtype", "")) == "/Form"


def _is_page(thing):
    return isinstance(thing, pikepdf.Dictionary) and str(thing.get("/Type", "")) == "/Page"


def _put_on_a_page(other, form):
    page = other.add_blank_page().obj
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=other.copy_foreign(form)))
    page.Contents = pikepdf.Stream(other, b"/X Do")
