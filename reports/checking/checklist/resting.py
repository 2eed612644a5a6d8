"""Paragraphs that cite what was withdrawn, taken away or changed after they were written."""

from collections import Counter, defaultdict

from reports.checking.values import Item, Remark, Result


def what_stands(reading):
    question = "Does every paragraph rest on what still stands?"
    loose = reading.facts.loose
    if loose is None:
        return Item(
            "evidence-stands",
            question,
            "Nothing is known of what the paragraphs rest on.",
            Result.TO_JUDGE,
            (),
            "Check each paragraph against its sources.",
        )
    remarks = tuple(_remarks(reading, loose))
    is_gone = any(one.since != "changed since" for one in loose)
    return Item(
        "evidence-stands",
        question,
        "Everything that the paragraphs cite, as it is now.",
        Result.NOT_MET if is_gone else Result.TO_JUDGE if loose else Result.MET,
        remarks,
        "Check what each says against its sources, and cite what bears it out now."
        if remarks
        else "",
    )


def _remarks(reading, loose):
    """One for each paragraph and what befell its sources, in the order of reading."""
    of_paragraph = defaultdict(list)
    for one in loose:
        of_paragraph[one.paragraph].append(one)
    for passage in reading.passages:
        several = of_paragraph.get(passage.paragraph.key, ())
        for (what, since), many in Counter((one.what, one.since) for one in several).items():
            of = [one.of for one in several if (one.what, one.since) == (what, since)]
            yield Remark(_said(what, since, many), _first_words(passage), of="; ".join(of))


def _said(what, since, many):
    times = "" if many == 1 else f" ({many} of them)"
    return f"{what} that this paragraph cites was {since}{times}."


def _first_words(passage):
    """The first sentence: enough to know the paragraph by."""
    if not passage.sentences:
        return passage.place(0, len(passage.text))
    return passage.sentences[0].place()
