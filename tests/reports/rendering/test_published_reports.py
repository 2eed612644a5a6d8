"""A report as long and as mixed as real ones are, drawn as ours are."""

import re

import pytest
from lxml import html

from reports.rendering.files import drawn
from tests.foundations.office.pdf_samples import broken_rules, page_texts, pages_without_tags
from tests.reports.rendering.made_up import gathered, paragraph, section
from tests.reports.word.existing import read
from tests.reports.word.test_existing import published, published_word

pytestmark = [published, pytest.mark.real_documents]


@pytest.fixture(scope="module")
def report():
    written = read(published_word("styled")).document
    sections = (
        section(
            one.number,
            one.heading,
            *(paragraph(each.number, each.text) for each in one.paragraphs),
            level=one.level,
        )
        for one in written.sections
    )
    return gathered(*sections, title="A report that was published", has_chapters=True)


def test_a_long_report_keeps_the_rules_of_accessible_documents(report):
    made = drawn(report, "pdf")

    assert made.pages > 40
    assert broken_rules(made.content) == []
    assert pages_without_tags(made.content) == []


def test_each_numbered_paragraph_stands_in_the_file_with_its_number(report):
    said = html.document_fromstring(drawn(report, "html").content)
    on_paper = "\n".join(page_texts(drawn(report, "pdf").content))

    numbers = [one.number for _, one in report.paragraphs if one.number]
    assert [one.text for one in said.xpath("//p[@class='para-number']")] == numbers
    # The letters of a watermark may be read together with what stands behind them.
    printed = set(re.findall(r"(?<!\d)(?<!\d\.)\d+(?:\.\d+)+(?!\.?\d)", on_paper))
    assert set(numbers) <= printed
