"""A document drawn in chapters, of which those that did not change are kept."""

import io

import pikepdf
import pytest

from foundations.office.pdf import UnsafeDocument
from foundations.office.pdf_book import Chapter, render_book
from tests.foundations.office.pdf_samples import broken_rules, page_texts, pages_without_tags

COUNT = 3
NEXT = {1: 2, 2: 3, 3: 1}


def sheet(body):
    return f'<html lang="en-GB"><title>A book</title><body>{body}</body></html>'


def chapter(number, words="Words."):
    links = f'<a href="#p-{NEXT[number]}">on</a>, <a href="#p-{number}">here</a>'
    dead = '<a href="#p-99">nowhere</a>'
    table = (
        "<table><thead><tr><th>Who</th></tr></thead><tbody><tr><td>She</td></tr></tbody></table>"
    )
    return Chapter(
        f"c-{number}",
        sheet(
            f'<h2 id="s-{number}">Chapter {number}</h2><p id="p-{number}">{words} {links}, {dead}</p>'
            f'<h3 id="t-{number}" style="break-before: page; bookmark-level: 3">Within</h3>{table}'
        ),
    )


def front(pages):
    lines = "".join(
        f'<li><a href="#{name}">{name}</a> stands on {page}.</li>' for name, page in pages.items()
    )
    return sheet(f"<h1>A book</h1><ul>{lines}</ul>")


def book(*chapters, **more):
    chapters = chapters or [chapter(number) for number in range(1, COUNT + 1)]
    said = {"title": "A book", "marking": "OFFICIAL", "middle": "Version 2", "front_pages": 1}
    return render_book(front, chapters, **(said | more))


@pytest.fixture(scope="module")
def whole():
    return book()


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def test_it_keeps_the_rules_of_accessible_documents(whole):
    assert broken_rules(whole.content) == []
    assert pages_without_tags(whole.content) == []
    assert whole.pages == len(page_texts(whole.content)) == 1 + 2 * COUNT


def test_the_front_names_the_page_of_every_heading(whole):
    (first, *_) = page_texts(whole.content)

    for name, page in {"s-1": 2, "t-1": 3, "s-2": 4, "t-2": 5, "s-3": 6, "t-3": 7}.items():
        assert f"{name} stands on {page}." in first


def test_a_wrong_guess_of_the_pages_in_front_changes_nothing(whole):
    assert book(front_pages=4).content == whole.content


def test_every_page_has_its_footer(whole):
    for number, text in enumerate(page_texts(whole.content), start=1):
        assert "OFFICIAL" in text
        assert "Version 2" in text
        assert f"Page {number} of {whole.pages}" in text


def test_links_lead_to_where_they_lead_in_whichever_chapter_that_is(whole):
    with opened(whole.content) as document:
        names = list(document.Root.Names.Dests.Names)
        places = {str(n): p[0].objgen for n, p in zip(names[::2], names[1::2], strict=True)}
        pages = [page.obj.objgen for page in document.pages]
        links = [
            [
                (str(one.Dest), pages.index(places[str(one.Dest)]) + 1)
                for one in page.obj.get("/Annots", ())
            ]
            for page in document.pages
        ]
        outside = [
            one for page in document.pages for one in page.obj.get("/Annots", ()) if "/A" in one
        ]

    assert links[1] == [("p-2", 4), ("p-1", 2)]
    assert links[3] == [("p-3", 6), ("p-2", 4)]
    assert links[5] == [("p-1", 2), ("p-3", 6)]
    assert ("t-3", 7) in links[0]
    assert outside == []


def test_the_words_of_a_link_that_leads_nowhere_stay(whole):
    assert "nowhere" in page_texts(whole.content)[1]


def test_bookmarks_are_one_tree(whole):
    with opened(whole.content) as document, document.open_outline() as outline:
        found = [
            (one.title, [(each.title, [e.title for e in each.children]) for each in one.children])
            for one in outline.root
        ]

    assert found == [("A book", [(f"Chapter {n}", ["Within"]) for n in (1, 2, 3)])]


def test_header_cells_of_two_chapters_are_told_apart(whole):
    with opened(whole.content) as document:
        ids = [
            str(one.ID)
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH"
        ]

    assert len(ids) == len(set(ids)) == COUNT


def test_what_did_not_change_is_not_drawn_again(whole):
    kept = {}
    first = book(kept=kept)

    again = book(kept=kept)

    assert {"front", "c-1", "c-2", "c-3"} <= set(first.drawn)
    assert again.drawn == ()
    assert again.content == first.content == whole.content


def test_only_the_chapter_that_changed_is_drawn_again():
    kept = {}
    book(kept=kept)
    now = [chapter(1), chapter(2, "Other words."), chapter(3)]

    changed = book(*now, kept=kept)

    assert changed.drawn == ("c-2",)
    assert changed.content == book(*now).content


def test_a_chapter_that_grows_moves_the_pages_that_the_front_names():
    kept = {}
    book(kept=kept)
    longer = chapter(2, "</p><p>".join(["Words to fill a page."] * 60))

    changed = book(chapter(1), longer, chapter(3), kept=kept)

    assert set(changed.drawn) == {"c-2", "front"}
    assert f"s-3 stands on {changed.pages - 1}." in page_texts(changed.content)[0]


def test_chapters_that_change_places_are_not_drawn_again():
    kept = {}
    book(kept=kept)

    moved = book(chapter(2), chapter(1), chapter(3), kept=kept)

    assert moved.drawn == ("front",)
    assert broken_rules(moved.content) == []


def test_an_unsafe_chapter_refuses_the_whole():
    unsafe = Chapter("c-2", sheet('<h2>Two</h2><img alt="x" src="file:///etc/hosts">'))

    with pytest.raises(UnsafeDocument):
        book(chapter(1), unsafe)
