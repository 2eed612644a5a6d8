import io
import uuid
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from foundations.office.pdf import Part, Supplied, render_parts, render_pdf
from foundations.post.jobs import run_job
from foundations.post.models import Job
from foundations.vault.services import store
from reviews.meetings import pack as packs
from reviews.meetings.models import Pack
from reviews.meetings.services.papers import withdraw_paper
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_meetings import (
    AgendaLineFactory,
    MeetingFactory,
    MinutesFactory,
    PaperFactory,
)
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory
from tests.factories.reviews_terms import issued_terms

pytestmark = pytest.mark.django_db


def foreign(words, pages=2):
    """A PDF without tags, with a link, as another program might make it."""
    pdf = pikepdf.new()
    for number in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        text = f"/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td ({words} {number + 1}) Tj ET EMC"
        page.obj.Contents = pikepdf.Stream(pdf, text.encode())
        page.obj.Annots = pikepdf.Array()
    stream = io.BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def paper(meeting, title, content, name, **more):
    return PaperFactory(
        meeting=meeting, title=title, name=name, stored=store(content, name=name), **more
    )


@pytest.fixture
def meeting():
    """The second, with the minutes of the first."""
    second = MeetingFactory(number=2, held=True)
    first = MeetingFactory(
        review=second.review, number=1, held=True, starts_at=second.starts_at - timedelta(days=30)
    )
    MinutesFactory(meeting=first, text="# Welcome\nThe panel met.", sent_at=timezone.now())
    AgendaLineFactory(meeting=second, text="Key lines of enquiry")
    return second


@pytest.fixture
def chair(meeting):
    return with_role(Role.CHAIR, meeting.review)


def text_of(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_a_pack_holds_agenda_minutes_and_papers_and_names_what_it_cannot_hold(meeting, chair):
    issued_terms(meeting.review, "Was risk assessed?")
    terms = meeting.review.terms_versions.get()
    paper(meeting, "Time line", foreign("Of the time line"), "time line.pdf")
    paper(meeting, "Plan", b"Date,Event\n", "plan.csv")
    paper(meeting, "Fees", foreign("Of the fees"), "fees.pdf", audience="leaders")
    PaperFactory(meeting=meeting, title="Terms", stored=None, name="", terms=terms)

    made = packs.make(meeting, chair)

    text = text_of(made.content)
    for words in (
        "Key lines of enquiry",
        "The panel met.",
        "Of the time line 2",
        "Was risk assessed?",
        "travels separately, as the file plan.csv",
    ):
        assert words in text
    assert "fees" not in text.lower()
    assert len(made.papers) == 3


def test_the_joined_document_is_tagged_on_every_page(meeting, chair):
    paper(meeting, "Time line", foreign("Of the time line"), "time line.pdf")

    with pikepdf.open(io.BytesIO(packs.make(meeting, chair).content)) as pdf:
        assert all("/StructParents" in page.obj for page in pdf.pages)
        figures = [
            str(thing.Alt)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
        ]
        assert [bookmark.title for bookmark in pdf.open_outline().root] == [
            "Agenda",
            "Minutes of Panel meeting 1",
            "Time line",
        ]
    assert len(figures) == 2
    assert "Page 1 of 2 of “Time line”" in figures[0]


def test_pages_that_were_tagged_by_us_stay_valid_between_parts():
    html = '<html lang="en-GB"><title>A</title><h1>A</h1><p>Words</p></html>'
    joined = render_parts([Part(html, "A"), Supplied(render_pdf(html), "B")], title="Both")

    with pikepdf.open(io.BytesIO(joined)) as pdf:
        assert len(pdf.pages) == 2


def test_a_member_with_a_conflict_gets_the_pack_without_that_paper(meeting):
    theirs = ParticipationFactory(review=meeting.review)
    about = paper(meeting, "About theirs", foreign("Secret"), "theirs.pdf")
    about.concerns.set([theirs])
    user = with_role(Role.PANEL_MEMBER, meeting.review)
    ConflictFactory(
        member=PanelMemberFactory(review=meeting.review, user=user), participation=theirs
    )

    made = packs.make(meeting, user)

    assert "theirs" not in text_of(made.content)
    assert made.papers == []


# --- The page -----------------------------------------------------------------------------------


def page_of(name, meeting, *more):
    return reverse(f"reviews:{name}", args=[meeting.review.reference, meeting.number, *more])


def test_one_click_makes_the_pack_and_its_maker_downloads_it(client, meeting, chair):
    client.force_login(chair)
    key = uuid.uuid4()
    urls = {client.post(page_of("meeting-pack-create", meeting), {"key": key}).url for _ in "ab"}
    (url,) = urls
    assert "being made" in client.get(url).content.decode()

    run_job(Job.objects.get().pk)

    pack = Pack.objects.get()
    assert "The pack is ready" in client.get(url).content.decode()
    response = client.get(page_of("meeting-pack-file", meeting, pack.pk))
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"].startswith("attachment")
    client.force_login(with_role(Role.COORDINATOR, meeting.review))
    assert client.get(url).status_code == 404


def test_a_pack_with_a_paper_that_was_withdrawn_is_not_handed_out(client, meeting, chair):
    old = paper(meeting, "Old", b"Date,Event\n", "old.csv")
    user = with_role(Role.PANEL_MEMBER, meeting.review)
    client.force_login(user)
    client.post(page_of("meeting-pack-create", meeting), {"key": uuid.uuid4()})
    run_job(Job.objects.get().pk)
    withdraw_paper(old, because="Wrong", by=chair)

    response = client.get(page_of("meeting-pack-file", meeting, Pack.objects.get().pk))

    assert response.status_code == 403
