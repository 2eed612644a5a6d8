"""Pages of a PDF that somebody brought, made fit to stand in a tagged document.

Whatever structure they had describes the file that they came from and not this one, so it is left
there: here each page is a figure with words of its own. Nothing on a page can be pressed.
"""

import pikepdf
from pikepdf import Array, Dictionary, Name, String

BEGINS, ENDS, POINTS = {"BDC", "BMC"}, "EMC", {"DP", "MP"}
SIZE = 0.94  # of the page as it was
GOES = ("/Annots", "/AA", "/Tabs", "/StructParents", "/PieceInfo")


class SuppliedPages:
    def __init__(self, joined, label, pages):
        self.joined, self.pdf = joined, joined.pdf
        self.label, self.pages = label, list(pages)

    def describe(self):
        part = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Part, P=self.joined.document, K=Array())
        )
        self.joined.document.K.append(part)
        for number, page in enumerate(self.pages, start=1):
            words = f"Page {number} of {len(self.pages)} of “{self.label}”, as it was brought."
            self._describe(page, part, f"{words} Its words are in the paper itself.")

    def _describe(self, page, part, words):
        content = page_without_marks(page)
        for key in GOES:
            if key in page.obj:
                del page.obj[key]
        box = Array([float(edge) for edge in page.mediabox])
        figure = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Figure,
                P=part,
                Pg=page.obj,
                K=0,
                Alt=String(words),
                A=Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block),
            )
        )
        part.K.append(figure)
        smaller = _smaller(*map(float, page.mediabox))
        marked = b"/Figure <</MCID 0>> BDC q\n" + smaller + content + b"\nQ EMC"
        page.obj.Contents = pikepdf.Stream(self.pdf, marked)
        self._give_own_resources(page)
        self.joined.own(page, figure)

    def _give_own_resources(self, page):
        """The footer's font goes in among them, and must not go into those of another file's."""
        resources = page.obj.get("/Resources", Dictionary())
        page.obj.Resources = self.pdf.make_indirect(Dictionary(resources))
        if "/Font" in page.obj.Resources:
            page.obj.Resources.Font = Dictionary(page.obj.Resources.Font)


def _smaller(left, bottom, right, top):
    """Room under the page for the footer of the whole document, beside the page's own."""
    x = left * (1 - SIZE) + (right - left) * (1 - SIZE) / 2
    y = bottom * (1 - SIZE) + (top - bottom) * (1 - SIZE)
    return f"{SIZE} 0 0 {SIZE} {x:.2f} {y:.2f} cm\n".encode()


def page_without_marks(page):
    """The drawing of a page without what ties it to a structure; layers stay."""
    kept, open_marks = [], []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in BEGINS:
            stays = operator == "BDC" and str(instruction.operands[0]) == "/OC"
            open_marks.append(stays)
        elif operator == ENDS:
            stays = bool(open_marks) and open_marks.pop()
        else:
            stays = operator not in POINTS
        if stays:
            kept.append(instruction)
    return pikepdf.unparse_content_stream(kept)
