"""The editor over a text box of Markdown, in a real browser under the policy of its pages."""

import random
import re

import pytest
from django import forms
from playwright.sync_api import expect

from foundations.gov.forms import GovForm
from foundations.gov.prose import html_of
from foundations.gov.rich import POLICY, help_of, rich_text
from tests import axe
from tests.foundations.gov.test_browser import render, site  # noqa: F401

pytestmark = pytest.mark.journey

KEY = "0b9f5a5e-6a0e-4f57-9d7e-3f3a1c0b8a11"
HARD = [
    "Plain words.",
    "She told her **sister** what _had_ happened, ***all*** of it, ~~twice~~.",
    "- one\n- two\n  - within\n    1. deeper\n- three",
    "1. one\n2. two\n\n   and more of it\n3. three",
    "7. seven\n8. eight",
    "> what was said\n> in two lines\n\nand after it",
    "| Agency | Contacts |\n|:--|--:|\n| Police \\| CID | **4** |\n",
    "As told^[In a letter, see **page 4** and [there](https://example.org/a)] then.",
    f"See [[p:{KEY}]] and [[5.3.2]], and [[s:{KEY}]].",
    "1989\\. was a year",
    "# no heading, `no` program, ![no](picture.png)",
    "<b>no</b> &amp; &eacute; a_b_c * x",
    "a **b *c*** d, **a**_b_, un**think**able",
    "* x\n\n\n* y\n\n\n",
    "   before\n\n\n\n after  ",
    "above\n\n***\n\nbelow",
    "a  \nb\\\nc\nd",
    "- \n- x",
    "1. a\n1. b",
    "<https://example.org/z> and <mailto:a@example.org>",
    '[a **b** c](https://example.org "with a name")',
    "**a **b** c**",
    "- > q\n  > r\n- | a |\n  |---|\n  | b |",
    "\ttab",
    "```\nthree signs\n```",
    "[x]: https://example.org\n\n[x]",
    "1) a\n2) b\n\n1. c",
    "- a\n\n* b\n\n+ c",
    "Ends with \\",
    "-",
    ">",
    "> - a\n>   > b\n>\n> c",
    "a \t\n\tb",
    "a\n===",
    "a | b\n--- | ---\n1 | 2",
    "\u00a0a\u00a0",
    "**bold,**x",
    "Llŷn, Łódź, اردو",
    " ".join(["- "] * 40) + "deep",
    "\n\n",
    "",
]

PAGE = """{% extends "base.html" %}{% load static %}
{% block title %}Write{% endblock %}
{% block head %}<script src="/static/dist/js/editor.js" defer></script>{% endblock %}
{% block content %}
  {% gov_error_summary form %}
  <h1 class="govuk-heading-l">Write</h1>
  <form method="post" novalidate>{{ form }}{% govuk_button "Save" %}</form>
  <ul><li data-reference="p:KEY" data-words="5.3.4">5.3.4</li></ul>
{% endblock %}
""".replace("KEY", KEY)


class WriteForm(GovForm):
    text = forms.CharField(
        label="Text",
        help_text=help_of("Name nobody.", "**bold** is bold."),
        max_length=50_000,
        widget=rich_text(),
        error_messages={"required": "Write it"},
    )


@pytest.fixture
def write(site, page):  # noqa: F811
    """write("Markdown") opens the page with it in the box; `.sent()` is what the box would send."""

    def open_(text="", data=None):
        form = WriteForm(data, initial={"text": text})
        site({"/": (200, render(PAGE, form=form))}, update=POLICY)
        return page

    open_.sent = lambda: page.locator("#id_text").input_value()
    open_.trouble = site.trouble
    yield open_
    assert site.trouble == []


def settle(page):
    """By the page's own clock, which a busy machine holds up: until what it put off for a moment is done."""
    page.evaluate("() => new Promise(done => setTimeout(done, 100))")


def box(page):
    return page.get_by_role("textbox", name="Text")


def to_the_end(page):
    """Of the line. No hand types before the browser has told the editor where the cursor went."""
    page.keyboard.press("End")
    page.evaluate("() => new Promise((heard) => requestAnimationFrame(() => setTimeout(heard)))")


def turn(page):
    page.get_by_role("button", name="Plain text").click()


# --- What nobody touches ------------------------------------------------------------------------


def test_every_text_goes_through_the_editor_sign_by_sign_and_reads_the_same_when_it_is_written_anew(
    write,
):
    page = write()
    for text in HARD:
        turn(page)
        page.locator("#id_text").fill(text)
        turn(page)
        _type_and_take_away(page)
        assert write.sent() == text
        box(page).press("Control+Home")
        page.keyboard.type("zqzq")
        assert _seen(html_of(write.sent()).replace("zqzq", "", 1)) == _seen(html_of(text))


def _type_and_take_away(page):
    box(page).press("Control+End")
    for key in ("x", "Backspace"):
        page.keyboard.press(key)


def _seen(html):
    """Without what nobody sees: blanks between tags, empty paragraphs, bold within bold."""
    html = re.sub(r"\s+", " ", re.sub(r"<p[^>]*>\s*</p>", "", html))
    html = html.replace("<strong>a <strong>b</strong> c</strong>", "<strong>a b c</strong>")
    html = re.sub(r"> <", "><", re.sub(r" ?<br> ?", "<br>", html)).strip()
    return "" if html == '<p class="govuk-body"></p>' else html


def test_what_is_beside_a_change_stays_as_it_came(write):
    page = write("* one\n* two\n\n_Third._\n\n\n| a |\n|-|\n| b |\n\n_Last._\n")

    box(page).get_by_text("Last.").click()
    to_the_end(page)
    page.keyboard.type(" More")

    assert write.sent() == "* one\n* two\n\n_Third._\n\n\n| a |\n|-|\n| b |\n\n*Last. More*"


def test_what_it_cannot_show_is_kept_and_said(write):
    page = write("caf&eacute;\n\nbelow")

    expect(box(page).get_by_text("This is kept as it is")).to_be_visible()
    box(page).get_by_text("below").click()
    page.keyboard.type("!")

    assert write.sent().startswith("caf&eacute;\n\n")


# --- Writing by keyboard ------------------------------------------------------------------------


def tool(page, name):
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def press(page, name):
    """From the text to a button by the keyboard alone, and back."""
    page.keyboard.press("Alt+F10")
    page.keyboard.press("Home")
    for _ in range(20):
        if tool(page, name).evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("ArrowRight")
    expect(tool(page, name)).to_be_focused()
    page.keyboard.press("Enter")


def back(page):
    page.keyboard.press("Escape")
    expect(box(page)).to_be_focused()


def test_bold_italics_and_undo(write):
    page = write()
    box(page).press("x")
    page.keyboard.press("Backspace")

    page.keyboard.press("Control+b")
    expect(tool(page, "Bold")).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("told")
    page.keyboard.press("Control+b")
    page.keyboard.type(" and ")
    press(page, "Italics")
    back(page)
    page.keyboard.type("heard")
    assert write.sent() == "**told** and *heard*"

    page.wait_for_timeout(600)  # what is done within half a second is undone together
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    assert write.sent() == ""
    page.keyboard.press("Control+z")
    assert write.sent() == "**told** and *heard*"
    press(page, "Redo")
    assert write.sent() == ""


def test_lists_within_lists(write):
    page = write()
    box(page).press("End")

    page.keyboard.type("one")
    press(page, "Bullets")
    back(page)
    page.keyboard.press("Enter")
    page.keyboard.type("two")
    press(page, "Deeper")
    back(page)
    press(page, "Numbers")
    back(page)
    page.keyboard.press("Enter")
    page.keyboard.type("three")

    assert write.sent() == "- one\n  1. two\n  2. three"


def test_table_cell_by_cell(write):
    page = write("Above.")
    box(page).press("Control+End")
    page.keyboard.press("Enter")

    press(page, "Table")
    for words in ("Agency", "Police", "Housing", "Health | GP"):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    press(page, "Column after")
    press(page, "Take row out")

    assert write.sent() == (
        "Above.\n\n| Agency |  |  |\n| --- | --- | --- |\n| Police |  |  |\n| Housing |  |  |\n"
        "| Health \\| GP |  |  |"
    )


def test_quotation_footnote_and_link(write):
    page = write("She told it")
    box(page).press("Control+End")

    press(page, "Footnote")
    page.keyboard.type("A letter [unsigned")
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    settle(page)  # the view puts its cursor back a moment after the focus
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+Shift+ArrowRight")
    settle(page)  # and reads what is selected a moment after the key
    page.keyboard.press("Control+k")
    page.keyboard.type("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(page.get_by_text("An address begins with https:// or mailto:")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("https://example.org")
    page.keyboard.press("Enter")
    press(page, "Quotation")

    assert write.sent() in (
        "> [She](https://example.org) told it^[A letter \\[unsigned]",
        "> [She ](https://example.org)told it^[A letter \\[unsigned]",
    )


def test_signs_that_are_typed_stay_signs(write):
    page = write()

    box(page).press_sequentially("2*3*4 _and_ [x](y) **so** [[5.3.2]]")

    assert "<strong>" not in html_of(write.sent())
    assert "2*3*4 _and_ [x](y) **so** [[5.3.2]]" in html_of(write.sent())
    assert "[[5.3.2]]" in write.sent()  # is looked up when it is saved


def test_footnote_is_opened_with_enter(write):
    page = write("So it was^[A note.]")
    for key in ("Control+End", "ArrowLeft", "Enter"):
        box(page).press(key)

    to_the_end(page)
    page.keyboard.type(" And more.")
    page.keyboard.press("Enter")

    assert write.sent() == "So it was^[A note. And more.]"


def test_empty_items_take_nothing_with_them(write):
    page = write("- one\n- two")
    box(page).press("Control+Home")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    press(page, "Bullets")
    press(page, "Bullets")

    assert "one" in html_of(write.sent())
    assert "two" in html_of(write.sent())


def test_tab_leads_on(write):
    page = write("- one")
    box(page).press("Control+End")

    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Save")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(tool(page, "Bold")).to_be_focused()
    assert "Tab leads on" in page.locator("#id_text-how").inner_text()


def test_tab_goes_through_a_table_cell_by_cell_and_out_of_the_last(write):
    page = write("| A | B |\n| --- | --- |\n|  |  |")
    box(page).press("Control+Home")

    for words in ("1", "2", "3", "4"):
        to_the_end(page)
        page.keyboard.type(words)
        page.keyboard.press("Tab")

    assert write.sent() == "| A1 | B2 |\n| --- | --- |\n| 3 | 4 |"
    expect(page.get_by_role("button", name="Save")).to_be_focused()


# --- Plain text, faults and looks ---------------------------------------------------------------


def test_a_footnote_that_was_not_put_in_yet_is_not_lost_with_the_page(write):
    page = write("Words.")
    box(page).press("Control+End")
    press(page, "Footnote")
    page.keyboard.type("In a letter")

    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("alert")).to_have_text("Put it in first, or cancel")
    expect(page.get_by_label("What the footnote says")).to_be_focused()
    expect(page.get_by_label("What the footnote says")).to_have_value("In a letter")


def test_what_the_editor_shows_is_what_would_be_sent_after_going_back(write):
    page = write("As it stands.")
    box(page).press("Control+End")
    page.keyboard.type(" Typed before")

    page.goto("about:blank")
    page.go_back()

    expect(box(page)).to_have_text(write.sent())


def test_plain_text_is_remembered(write):
    page = write("**So** it was")
    turn(page)
    expect(page.get_by_role("button", name="Plain text")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Text", exact=True).fill("*So* it was")

    page.reload()

    expect(page.get_by_label("Text", exact=True)).to_have_value("**So** it was")
    expect(page.get_by_text("**bold** is bold.")).to_be_visible()
    turn(page)
    expect(box(page).locator("strong")).to_have_text("So")
    assert page.evaluate("() => [localStorage.length, sessionStorage.length]") == [0, 0]


def test_without_scripts_it_is_the_text_box(site, browser):  # noqa: F811
    site({"/": (200, render(PAGE, form=WriteForm(initial={"text": "**So**"})))}, update=POLICY)
    plain = browser.new_context(java_script_enabled=False).new_page()

    plain.goto(site.address)

    expect(plain.get_by_label("Text", exact=True)).to_have_value("**So**")


def test_list_of_faults_leads_into_the_editor(write):
    page = write(data={"text": ""})

    page.get_by_role("link", name="Write it").click()

    expect(box(page)).to_be_focused()


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible_and_fits(write, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    write("**So** it was^[A note.]\n\n- one\n\n| a | b |\n|---|---|\n| c | d |\n\ncaf&eacute;")
    box(page).get_by_text("d", exact=True).click()
    tool(page, "Footnote").click()

    assert [axe.said(rule) for rule in axe.violations(page)] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


# --- Pasting ------------------------------------------------------------------------------------

PASTE = """([element, kinds]) => {
  const data = new DataTransfer()
  Object.entries(kinds).forEach(([kind, words]) => data.setData(kind, words))
  element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}"""
FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {color: red}</style></head>
<body><!--StartFragment--><p class=MsoNormal style='color:red'>She <b>told</b> <i>him</i><o:p></o:p>
<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·&nbsp;</span>first</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.&nbsp;</span>within</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·&nbsp;</span>second</p>
<table><tr><td><p>Agency</p></td><td><p>Contacts</p></td></tr><tr><td><p>Police</p></td><td><p>4</p><p>or 5</p></td></tr></table>
<p><img src="https://example.org/spy.png"><script>window.ran = 1</script><a href="javascript:alert(1)">Go</a>
<img src=x onerror="window.ran = 2"></p>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>
<a href="#_ftnref1">[1]</a> A *letter*.</p></div></div><!--EndFragment--></body></html>"""


def paste(page, **kinds):
    names = {"html": "text/html", "text": "text/plain"}
    given = {names[kind]: words for kind, words in kinds.items()}
    box(page).evaluate(f"(element, kinds) => ({PASTE})([element, kinds])", given)


def test_what_comes_from_word_is_taken_without_its_clothes(write, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    write()
    asked.clear()
    box(page).press("End")

    paste(page, html=FROM_WORD, text="She told him")

    assert write.sent() == (
        "She **told** *him* ^[A \\*letter\\*.].\n\n- first\n  1. within\n- second\n\n"
        "| Agency | Contacts |\n| --- | --- |\n| Police | 4 or 5 |\n\nGo"
    )
    expect(page.get_by_text("Pasted without 2 pictures")).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert [url for url in asked if "/static/dist/" not in url] == []


def test_lines_of_plain_text_stay_lines_and_signs_stay_signs(write):
    page = write()
    box(page).press("End")

    paste(page, text="One *line*\r\nand another\r\n\r\n1989. A year")

    assert write.sent() == "One \\*line\\*\nand another\n\n1989\\. A year"


def test_two_million_characters_are_refused_and_nothing_is_lost(write):
    page = write("As it was")
    box(page).press("Control+End")

    paste(page, text="word " * 400_000)

    expect(page.get_by_text("Nothing was pasted: it has 2,000,000 characters")).to_be_visible()
    assert write.sent() == "As it was"


def test_copies_within_the_text_keep_their_looks(write):
    text = f"**So**^[A note.] see [[p:{KEY}]]"
    page = write(text)
    box(page).press("Control+a")
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+v")

    assert write.sent() == text * 2


def test_the_page_makes_no_html_from_strings_but_of_the_clipboard(write):
    page = write()

    refused = page.evaluate(
        """() => ['ProseMirrorClipboard', 'dhr-clipboard', 'other'].map(name => {
          try { window.trustedTypes.createPolicy(name, {}); return name } catch { return 'refused' } })"""
    )

    assert refused == ["refused", "refused", "refused"]
    assert all("TrustedTypePolicy" in said for said in write.trouble)
    write.trouble.clear()


# --- Anything that can be done to it ------------------------------------------------------------


def test_any_keys_leave_a_text_that_reads_as_it_stood_in_the_editor(write):
    page = write("Begin **here** and\n\n- there\n\n| a | b |\n|---|---|\n| c | d |")
    chance = random.Random(7)  # noqa: S311 the same keys each time
    keys = [
        *(
            "a",
            "b",
            " ",
            "*",
            "_",
            "[",
            "]",
            ".",
            "-",
            "1",
            "Enter",
            "Enter",
            "Backspace",
            "Delete",
        ),
        *("Shift+Enter", "Control+b", "Control+i", "Control+]", "Control+[", "Control+z"),
        *(
            "ArrowUp",
            "ArrowDown",
            "ArrowLeft",
            "Home",
            "End",
            "Shift+ArrowLeft",
            "Shift+Control+Home",
        ),
    ]
    tools = ["Bullets", "Numbers", "Quotation", "Table", "Row below", "Take column out"]
    box(page).press("Control+Home")
    for _ in range(12):
        for _ in range(12):
            page.keyboard.press(chance.choice(keys))
        name = chance.choice(tools)
        if tool(page, name).is_visible():
            tool(page, name).click()
            box(page).focus()
        stood, sent = _bare(box(page).inner_text()), write.sent()
        turn(page)
        turn(page)
        assert _bare(box(page).inner_text()) == stood, sent
        assert write.sent() == sent


def _bare(text):
    return "".join(text.split())
