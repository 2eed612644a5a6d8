"""What stands around the text: title page, contents, header, footer and the mark of a draft."""

from reports.word.out.xml import clean, field, part, run, val, w

TAB = w("r", w("tab"))
RIGHT = 11906 - 2 * 1247
# Word's own way of laying letters across a page: a drawing in the header, behind the text.
WATERMARK = (
    '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/>'
    '</v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
    '</v:shapetype><v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" alt="Draft" '
    'style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:160pt;rotation:315;'
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="silver" '
    'stroked="f"><v:fill opacity=".4"/><v:textpath style="font-family:Arial" string="DRAFT"/>'
    "</v:shape></w:pict></w:r>"
)


def front(document, looks):
    """Title page and contents; of what has no contents, what stands above the text."""
    lines = [*looks.title_lines, f"Version {looks.version}" if looks.version else ""]
    lines.append(looks.marking)
    written = [_styled("Title", run(document.title))]
    written += [_styled("Subtitle", run(line)) for line in lines if line]
    if not looks.contents:
        return "".join(written)
    if document.sections:
        written += _contents(document)
    return "".join([*written, _new_page()])


def _styled(style, *inside):
    return w("p", w("pPr", val("pStyle", style)), *inside)


def _new_page():
    return w("p", w("r", w("br", type="page")))


def _contents(document):
    """A field, which Word fills with page numbers when it opens the file; until then, the headings."""
    shown = [section for section in document.sections if section.level <= 3]
    begin = "".join(
        [
            w("r", w("fldChar", fldCharType="begin", dirty="true")),
            w("r", '<w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText>'),
            w("r", w("fldChar", fldCharType="separate")),
        ]
    )
    yield _new_page()
    yield _styled("TOCHeading", run("Contents"))
    for at, section in enumerate(shown):
        number = run(section.number) + TAB if section.number else ""
        last = w("r", w("fldChar", fldCharType="end")) if at == len(shown) - 1 else ""
        inside = [begin if at == 0 else "", number, run(section.heading), last]
        yield _styled(f"TOC{max(1, min(3, section.level))}", *inside)


def header(looks):
    inside = [run(looks.marking), TAB, run(looks.head)] if looks.marking or looks.head else []
    return part("hdr", _line("Header", *inside, WATERMARK if looks.is_draft else ""))


def footer(looks):
    version = f"Version {clean(looks.version)}" if looks.version else ""
    left = ", ".join(filter(None, [looks.foot, version, "Draft" if looks.is_draft else ""]))
    marking = _line("Footer", run(looks.marking)) if looks.marking else ""
    pages = [run("Page "), field("PAGE", "1"), run(" of "), field("NUMPAGES", "1")]
    return part("ftr", _line("Footer", run(left) if left else "", TAB, *pages) + marking)


def _line(style, *inside):
    tabs = w("tabs", w("tab", val="right", pos=RIGHT))
    return w("p", w("pPr", val("pStyle", style), tabs), *inside)
