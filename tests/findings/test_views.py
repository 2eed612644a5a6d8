"""The pages of findings and their evidence."""

import re
import uuid

import pytest
from django.urls import reverse

from findings.models import Evidence, Finding
from findings.services import evidence, writing
from reviews.citing import PASSAGE, uses_of
from reviews.models import Review
from reviews.rules import Material, Role, State
from reviews.services import share
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.findings import (
    FindingFactory,
    LessonFindingFactory,
    a_heading,
    a_term,
    contact_in,
    finding_in,
    minutes_in,
)
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_submissions import sent
from tests.factories.reviews_terms import issued_terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def review(part):
    return part.review


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def member(sign_in, review):
    """Of the panel, while the analysis is shared with it and nothing else."""
    share(review, material=Material.ANALYSIS, with_role=Role.PANEL_MEMBER, by=UserFactory())
    return sign_in(Role.PANEL_MEMBER, review)


def page(name, review, *more):
    return reverse(f"findings:{name}", args=[review.reference, *more])


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def put(finding, *rows, **said):
    return evidence.put_under(finding, list(rows), by=UserFactory(), **said)


# --- Findings -----------------------------------------------------------------------------------


def test_a_finding_is_written_and_read(client, review, chair):
    term = a_term(review)

    response = client.post(
        page("finding-create", review),
        {"term": term.pk, "kind": "missed", "text": "Nobody asked why", "key": uuid.uuid4()},
        follow=True,
    )

    finding = Finding.objects.get()
    assert response.redirect_chain == [(f"/reviews/{review.reference}/findings/1/", 302)]
    assert (finding.term, finding.made_by) == (term, chair)
    assert "Nobody asked why" in words(response)
    assert "No evidence yet" in words(response)


def test_a_form_says_what_it_lacks_and_loses_nothing(client, review, chair):
    issued_terms(review)

    response = client.post(page("finding-create", review), {"text": "Kept words"})

    assert response.status_code == 422
    assert "Choose the term that it stands under" in words(response)
    assert "Kept words" in words(response)


def test_without_terms_there_is_a_way_to_them(client, review, chair):
    for name in ("finding-list", "finding-create"):
        assert (
            f"/reviews/{review.reference}/terms/" in client.get(page(name, review)).content.decode()
        )


def test_findings_stand_under_their_terms_with_what_they_rest_on(client, review, part, chair):
    version = issued_terms(review, "Was risk assessed?", "Was it shared?", "Was it heard?")
    terms = [text.term for text in version.texts.order_by("position")]
    bare = finding_in(review, "Bare", term=terms[1])
    resting = finding_in(review, "Resting", term=terms[0])
    put(resting, EntryFactory(participation=part), minutes_in(review))
    tie = LessonFindingFactory(lesson__review=review, finding=resting)

    response = client.get(page("finding-list", review))

    said = words(response)
    assert [line.finding for line in response.context["lines"]] == [resting, bare]
    assert said.index("Was risk assessed?") < said.index("Resting") < said.index("Was it shared?")
    assert "2 pieces of evidence" in said
    assert "2 findings, 1 without evidence" in said
    assert str(tie.lesson) in said
    assert "Term 3 : Was it heard?" in said


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_whatever_its_length(
    client, review, part, chair, count, django_assert_max_num_queries
):
    term = a_term(review)
    for _ in range(count):
        finding = FindingFactory(review=review, term=term)
        put(finding, EntryFactory(participation=part))
        LessonFindingFactory(lesson__review=review, finding=finding)
    client.get(page("finding-list", review))

    with django_assert_max_num_queries(20):
        client.get(page("finding-list", review))


@pytest.mark.parametrize("count", [1, 3])
def test_a_finding_asks_as_much_whatever_rests_under_it(
    client, review, part, chair, count, django_assert_max_num_queries
):
    finding = finding_in(review)
    for _ in range(count):
        put(finding, EntryFactory(participation=part), a_heading(part), minutes_in(review))
    client.get(finding.get_absolute_url())

    with django_assert_max_num_queries(25):
        client.get(finding.get_absolute_url())


def test_all_evidence_is_quoted_in_full(client, review, part, chair):
    finding = finding_in(review)
    entry = EntryFactory(participation=part, text="She rang twice", on="autumn 2013")
    put(finding, entry, note="The second call")
    put(finding, a_heading(part, text="We never asked."))
    put(finding, minutes_in(review, text="The panel heard it."))
    put(finding, contact_in(review, "They told us in June"))

    said = words(client.get(finding.get_absolute_url()))

    for one in (
        *("She rang twice", "autumn 2013", part.agency.name, "The second call"),
        *("Information sharing", "We never asked.", "The panel heard it.", "They told us in June"),
    ):
        assert one in said


def test_the_panel_reads_what_is_shared_and_is_told_that_there_is_more(
    client, review, part, member
):
    finding = finding_in(review)
    put(finding, EntryFactory(participation=part, text="She rang twice"))
    put(finding, contact_in(review, "They told us in June"), minutes_in(review))

    said = words(client.get(finding.get_absolute_url()))

    assert "The panel met." in said
    assert "It also rests on evidence that is not shared with you." in said
    assert "She rang twice" not in said
    assert "They told us" not in said
    assert "Family" not in said
    assert "Take away" not in said


def test_a_report_that_was_sent_again_is_told(client, review, part, chair):
    heading = a_heading(part)
    finding = finding_in(review)
    put(finding, heading)
    assert "Not the newest" not in words(client.get(finding.get_absolute_url()))
    old = heading.file.submission
    newer = sent(part)
    newer.request_id, newer.number = old.request_id, 2
    newer.save()

    assert "Version 2 was sent since" in words(client.get(finding.get_absolute_url()))


def test_two_who_change_it_see_both_texts(client, review, chair):
    finding = finding_in(review, "As it was")
    form = {"term": finding.term_id, "kind": "missed", "reason": "Clearer"}
    client.post(page("finding-change", review, 1), form | {"text": "Hers", "seen": 0})

    response = client.post(page("finding-change", review, 1), form | {"text": "His", "seen": 0})

    said = words(response)
    assert response.status_code == 422
    assert "Somebody else has changed this" in said
    assert "Hers" in said
    assert "His" in said
    seen = re.search(r'name="seen" value="(\d+)"', response.content.decode())[1]
    client.post(page("finding-change", review, 1), form | {"text": "Both", "seen": seen})
    finding.refresh_from_db()
    assert finding.text == "Both"
    assert "Hers" in words(client.get(finding.get_absolute_url()))


def test_what_it_said_before_is_for_those_who_lead(client, review, member):
    finding = finding_in(review, "A word too many")
    writing.change_finding(
        finding,
        term=finding.term,
        kind="good",
        text="Better",
        reason="A name",
        seen=0,
        by=UserFactory(),
    )

    said = words(client.get(finding.get_absolute_url()))

    assert "Better" in said
    assert "A word too many" not in said


def test_taking_away_tells_which_lessons_rest_on_it(client, review, chair):
    tie = LessonFindingFactory(lesson__review=review, finding=finding_in(review))

    assert str(tie.lesson) in words(client.get(page("finding-remove", review, 1)))
    client.post(page("finding-remove", review, 1), {"reason": "Twice the same"})

    assert "Twice the same" in words(client.get(page("finding-detail", review, 1)))
    assert "Twice the same" not in words(client.get(page("finding-list", review)))


def test_what_was_taken_away_is_gone_for_the_panel(client, review, member):
    finding = finding_in(review)
    writing.take_away_finding(finding, reason="Twice", by=UserFactory())

    assert client.get(finding.get_absolute_url()).status_code == 404


def test_a_finding_that_is_gone_meanwhile_is_said(client, review, chair):
    finding = finding_in(review)
    form = {"term": finding.term_id, "kind": "missed", "text": "Late", "reason": "x", "seen": 0}
    writing.take_away_finding(finding, reason="Twice", by=UserFactory())

    response = client.post(page("finding-change", review, 1), form, follow=True)

    assert "Somebody has taken this away meanwhile." in words(response)


# --- Evidence -----------------------------------------------------------------------------------


def test_entries_are_looked_for_ticked_and_added_at_once(client, review, part, chair):
    finding = finding_in(review)
    one, two = (EntryFactory(participation=part, text=f"Alcohol again {n}") for n in (1, 2))
    EntryFactory(participation=part, text="Calm")
    url = f"{page('evidence-add', review, 1)}?words=alcohol"

    response = client.get(url)
    assert set(response.context["form"].fields["chosen"].queryset) == {one, two}
    response = client.post(url, {"chosen": [one.pk, two.pk], "note": "Both"}, follow=True)

    assert "2 pieces of evidence put under the finding." in words(response)
    assert set(finding.evidence.values_list("entry", "note")) == {
        (one.pk, "Both"),
        (two.pk, "Both"),
    }
    assert not client.get(url).context["page_obj"].paginator.count


def test_what_was_ticked_under_other_filters_is_taken_too(client, review, part, chair):
    finding_in(review)
    entry = EntryFactory(participation=part, text="Calm")

    client.post(f"{page('evidence-add', review, 1)}?words=alcohol", {"chosen": [entry.pk]})

    assert Evidence.objects.get().entry == entry


def test_nothing_ticked_is_said(client, review, part, chair):
    finding_in(review)
    EntryFactory(participation=part)

    response = client.post(page("evidence-add", review, 1), {"note": "Kept"})

    assert response.status_code == 422
    assert "Tick at least one" in words(response)


def test_headings_minutes_and_contacts_are_looked_for_too(client, review, part, chair):
    finding_in(review)
    heading = a_heading(part, text="We never asked.")
    minutes = minutes_in(review, text="The panel heard it.")
    minutes_in(review, sent_at=None, text="The panel heard a draft")
    said = contact_in(review, "They told us in June")

    for name, row, looked_for in (
        ("evidence-add-passages", heading, "never asked"),
        ("evidence-add-minutes", minutes, "panel heard"),
        ("evidence-add-contacts", said, "june"),
    ):
        url = f"{page(name, review, 1)}?words={looked_for}"
        assert list(client.get(url).context["form"].fields["chosen"].queryset) == [row]
        client.post(url, {"chosen": [row.pk]})

    assert {one.source for one in Evidence.objects.all()} == {"passage", "minutes", "contact"}


def test_nothing_of_another_review_can_be_ticked(client, review, chair):
    finding_in(review)
    elsewhere = EntryFactory()

    response = client.post(page("evidence-add", review, 1), {"chosen": [elsewhere.pk]})

    assert response.status_code == 422
    assert not Evidence.objects.exists()


def test_the_page_of_each_thing_leads_to_its_findings_and_to_one_more(client, review, part, chair):
    finding = finding_in(review)
    entry, heading = EntryFactory(participation=part), a_heading(part)
    minutes, said = minutes_in(review), contact_in(review)
    put(finding, entry, heading, minutes, said)
    log = reverse("reviews:correspondent", args=[review.reference, said.correspondent_id])

    for url, way in (
        (entry.get_absolute_url(), page("cite-entry", review, entry.pk)),
        (heading.file.submission.get_absolute_url(), page("cite-passage", review, heading.pk)),
        (
            minutes.get_absolute_url(),
            page("cite-minutes", review, minutes.meeting.number, minutes.number),
        ),
        (log, page("cite-contact", review, said.pk)),
    ):
        body = client.get(url).content.decode()
        assert f'href="{finding.get_absolute_url()}"' in body
        assert f'href="{way}"' in body
        assert client.get(way).status_code == 200


def test_an_entry_goes_under_a_finding_or_a_new_one(client, review, part, chair):
    term, entry = a_term(review), EntryFactory(participation=part)
    url = page("cite-entry", review, entry.pk)

    lacking = client.post(url, {"key": uuid.uuid4()})
    assert lacking.status_code == 422
    assert "Write the finding" in words(lacking)
    form = {"term": term.pk, "kind": "good", "text": "They came at once", "key": uuid.uuid4()}
    client.post(url, form)
    client.post(url, form)

    finding = Finding.objects.get()
    assert finding.evidence.get().entry == entry
    other = EntryFactory(participation=part)
    client.post(page("cite-entry", review, other.pk), {"finding": finding.pk, "key": uuid.uuid4()})
    assert finding.evidence.count() == 2


def test_agency_people_see_no_findings_on_their_own_pages(client, sign_in, review, part):
    entry = EntryFactory(participation=part)
    put(finding_in(review), entry)
    sign_in(Role.IMR_AUTHOR, review, part)

    said = words(client.get(entry.get_absolute_url()))

    assert "Finding" not in said
    assert "evidence" not in said


def test_evidence_is_taken_away_and_its_note_changed(client, review, part, chair):
    (one,) = put(finding_in(review), EntryFactory(participation=part), note="First")

    client.post(page("evidence-note", review, 1, one.pk), {"note": "Second"})
    now = Evidence.objects.live().get()
    assert now.note == "Second"
    assert client.get(page("evidence-note", review, 1, one.pk)).status_code == 404
    client.post(page("evidence-remove", review, 1, now.pk))

    assert not Evidence.objects.live().exists()


def test_a_review_that_ended_is_read(client, review, part, chair):
    finding = finding_in(review)
    put(finding, EntryFactory(participation=part))
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    said = words(client.get(finding.get_absolute_url()))

    assert "Take away" not in said
    assert client.post(page("finding-remove", review, 1), {"reason": "x"}).status_code == 409


def test_minutes_are_offered_with_their_headings_and_without_the_signs_of_them(
    client, review, chair
):
    finding = finding_in(review)
    minutes_in(review, text="# Housing\nThe panel asked.\n\n- Locks\n- Keys\n")

    said = words(client.get(page("evidence-add-minutes", review, finding.number)))

    assert "Housing: The panel asked. Locks Keys" in said
    assert "# " not in said


def test_a_heading_with_nothing_under_it_is_no_evidence(client, review, part, chair):
    finding = finding_in(review)
    bare, full = a_heading(part, heading="Zqbare", text=" "), a_heading(part, heading="Zqfull")

    said = words(client.get(page("evidence-add-passages", review, finding.number)))

    assert "Zqfull" in said
    assert "Zqbare" not in said
    found = uses_of(PASSAGE, [bare, full], review, chair)
    assert [bool(one.way) for pk in (bare.pk, full.pk) for one in found.get(pk, [])] == [True]


def test_evidence_that_is_not_the_panels_is_not_told_as_none(client, review, part, member):
    put(finding_in(review), EntryFactory(participation=part))

    said = words(client.get(page("finding-list", review)))

    assert "Evidence that is not shared with you" in said
    assert "0 pieces" not in said
