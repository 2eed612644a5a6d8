"""Puts WeasyPrint's structure tree in order before the file is written.

- Running headers and footers become artifacts. WeasyPrint leaves them as marked content that
  belongs to nothing, and some screen readers then read the marking aloud on every page.
- Spans that say nothing are folded into their paragraph: half the objects, so half the memory and
  time when thousands of pages are joined.
- Header cells say whether they head a column or a row.
"""

import pydyf

# Elements that may hold text directly (ISO 32000-1, 14.8.4.3 and 14.8.4.4).
HOLDS_TEXT = frozenset(
    [
        "/P",
        "/H1",
        "/H2",
        "/H3",
        "/H4",
        "/H5",
        "/H6",
        "/TD",
        "/TH",
        "/LBody",
        "/Lbl",
        "/Caption",
        "/Span",
        "/NonStruct",
        "/Link",
    ]
)
SAYS_NOTHING = frozenset(("/Span", "/NonStruct"))
BARE_KEYS = frozenset(("Type", "S", "K", "Pg", "P"))


class _Gone(pydyf.Object):
    data = b"null"


class _Tree:
    def __init__(self, pdf):
        self.pdf = pdf
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        nums = self.at(self.root["ParentTree"])["Nums"]
        self.owners = dict(zip(nums[::2], nums[1::2], strict=True))

    def at(self, reference):
        return self.pdf.objects[int(reference.split()[0])]

    def drop(self, reference):
        number = int(reference.split()[0])
        gone = _Gone()
        gone.number = number
        self.pdf.objects[number] = gone


def tidy(pdf, *, prefix=""):
    tree = _Tree(pdf)
    folded = {}
    reached = set()
    _walk(tree, tree.root["K"][0], folded, reached)
    _settle_owners(tree, folded, reached)
    _describe_header_cells(tree, reached, prefix)
    for reference in folded:
        tree.drop(reference)


def _walk(tree, reference, folded, reached):
    reached.add(reference)
    element = tree.at(reference)
    kids = pydyf.Array()
    for kid in element["K"]:
        if not isinstance(kid, bytes) or tree.at(kid).get("S") is None:
            kids.append(kid)  # marked content, or the annotation of a link
            continue
        _walk(tree, kid, folded, reached)
        if _may_fold(tree.at(kid), element):
            folded[kid] = reference
            kids.extend(tree.at(kid)["K"])
        else:
            kids.append(kid)
    element["K"] = kids


def _may_fold(kid, parent):
    return (
        kid["S"] in SAYS_NOTHING
        and parent["S"] in HOLDS_TEXT
        and kid.get("Pg") == parent.get("Pg")
        and BARE_KEYS.issuperset(kid)
        and all(isinstance(content, int) for content in kid["K"])
    )


def _settle_owners(tree, folded, reached):
    """Every piece of marked content names the element that holds it now, or is an artifact."""
    pages = [tree.pdf.objects[number] for number in tree.pdf.pages["Kids"][::3]]
    for key, owners in tree.owners.items():
        if isinstance(owners, bytes):
            continue  # the element of a link
        strays = set()
        for mcid, owner in enumerate(owners):
            if owner not in reached:
                strays.add(mcid)
                owners[mcid] = b"null"
                continue
            while owner in folded:
                owner = folded[owner]
            owners[mcid] = owner
        _turn_into_artifacts(tree.at(pages[key]["Contents"]).stream, strays)


def _turn_into_artifacts(stream, strays):
    for place, item in enumerate(stream):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in strays:
            stream[place - 1] = "/Artifact"
            stream[place] = pydyf.Dictionary({"Type": "/Pagination"})


def _describe_header_cells(tree, reached, prefix):
    for reference in reached:
        cell = tree.at(reference)
        if cell["S"] != "/TH":
            continue
        row = tree.at(cell["P"])
        in_head = tree.at(row["P"])["S"] == "/THead"
        cell["A"]["Scope"] = "/Column" if in_head else "/Row"
        if "ID" in cell:
            # The same string object stands in the /Headers of the cells below: they follow.
            cell["ID"].string = prefix + cell["ID"].string
