"""A report that was read, as the command line tells it (design, section 6)."""


def to_json(read):
    """Sections are those of the first level; a paragraph says by `section` which one below it stands in."""
    sections = read.document.sections
    return {
        "title": read.document.title,
        "sections": _nested(sections[: read.appendix_at]),
        "appendices": _nested(sections[read.appendix_at :]),
        "front": list(read.front),
        "left_out": [{"what": what, "text": text} for what, text in read.left_out],
        "comments": [{"by": by, "text": text} for by, text in read.comments],
        "doubts": [{"message": message} for message in read.doubts],
    }


def _nested(sections):
    found = []
    for section in sections:
        if not found or not _is_below(section, found[-1]["number"]):
            found.append({**_named(section), "paragraphs": [], "sections": []})
        else:
            found[-1]["sections"].append({**_named(section), "level": section.level})
        found[-1]["paragraphs"] += [
            {"number": one.number, "text": one.text, "section": section.number or section.heading}
            for one in section.paragraphs
        ]
    return found


def _is_below(section, top):
    if section.number and top:
        return section.number.startswith(f"{top}.")
    return section.level > 1


def _named(section):
    return {"number": section.number, "heading": section.heading}
