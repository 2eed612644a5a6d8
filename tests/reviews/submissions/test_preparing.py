"""The author's page: each file with its own outcome, what was read in it, and handing it in."""

import io
import uuid
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.services import close_account
from foundations.dates import PartialDate
from foundations.post.models import Message
from foundations.vault.models import StoredFile
from reviews.models import Review
from reviews.people.services import set_identity
from reviews.requests.services import answering, moving
from reviews.rules import Role, State
from reviews.submissions.models import OwnPoint, Submission, SubmissionFile, SubmissionMove
from reviews.submissions.services.handing import return_inside, sign_off
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import appendix, handed_in, prepared, report, sent
from tests.foundations.office import corpus, hostile
from tests.foundations.office.pdf_samples import broken_rules
from tests.foundations.office.reports import printed

pytestmark = pytest.mark.django_db
LIMIT_SAID = "“scan.pdf” is 60 MB. A file may be at most 25 MB"


def url(name, request, *more):
    return reverse(f"reviews:{name}", args=[request.review.reference, request.pk, *more])


def words(response):
    return " ".join(response.content.decode().split())


def file(name="IMR.docx", content=None):
    return SimpleUploadedFile(name, report() if content is None else content)


def upload(client, request, *, key=None, **files):
    form = {"key": key or uuid.uuid4(), **files}
    return client.post(url("submission-prepare", request), form)


def hand_in(client, request, **more):
    """As the page offers it: all ticks as they stand."""
    offered = (client.get(url("submission-prepare", request)).context or {}).get("hand_in")
    form = {"key": uuid.uuid4()} | (offered.initial if offered else {})
    return client.post(url("submission-hand-in", request), form | more)


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def imr(part):
    return asked(part, kind="imr")


@pytest.fixture
def author(part, client):
    user = with_role(Role.IMR_AUTHOR, part.review, part)
    client.force_login(user)
    return user


@pytest.fixture
def officer(part):
    return with_role(Role.SIGN_OFF_OFFICER, part.review, part)


@pytest.fixture
def coordinator(part, client):
    user = with_role(Role.COORDINATOR, part.review)
    client.force_login(user)
    return user


# --- Bringing files -----------------------------------------------------------------------------


def test_the_page_of_the_request_takes_the_files(client, imr, author):
    text = words(client.get(imr.get_absolute_url()))

    assert f'action="{url("submission-prepare", imr)}" enctype="multipart/form-data"' in text
    assert "whoever coordinates the review, the way you agreed" not in text


def test_a_report_with_appendices_comes_in_at_once(client, imr, author):
    letters = [file(f"Letter {n}.docx", appendix(f"Letter {n}")) for n in range(3)]

    response = upload(client, imr, report=file(), appendices=letters)

    assert response.url == url("submission-prepare", imr)
    text = words(client.get(response.url))
    assert "4 files kept." in text
    assert SubmissionFile.objects.filter(read_at=None).count() == 0
    imr.refresh_from_db()
    assert imr.state == "in_progress"


def test_twenty_come_in_at_once_and_the_next_is_told_to_come_again(client, imr, author):
    letters = [file(f"{n}.csv", f"Date,What\n{n} May 2011,Call\n".encode()) for n in range(1, 22)]

    response = upload(client, imr, report=file(), appendices=letters)

    assert response.status_code == 422
    assert "“21.csv” was left: at most 20 at once. Upload it now" in words(response)
    assert SubmissionFile.objects.filter(part="appendix").count() == 20


def test_what_is_good_is_kept_when_another_is_refused(client, imr, author):
    bad = file("Letter.docx", b"MZ\x90\x00")

    response = upload(client, imr, report=file(), appendices=[bad, file("B.docx", appendix())])

    text = words(response)
    assert response.status_code == 422
    assert "“Letter.docx” is a program, although its name ends in .docx." in text
    assert 'Kept: <span class="app-verbatim">IMR.docx</span>' in text
    assert sorted(one.stored.name for one in SubmissionFile.objects.all()) == ["B.docx", "IMR.docx"]


@pytest.mark.parametrize(
    "case",
    [one for one in hostile.cases() if one.name.endswith(("docx", "docm", "doc", "pdf"))],
    ids=str,
)
def test_each_bad_report_has_its_sentence_and_leaves_nothing(case, client, imr, author):
    response = upload(client, imr, report=file(case.name, case.content))

    (sentence,) = response.context["form"].errors["report"]
    assert response.status_code == 422
    assert len(sentence) > 30
    assert (StoredFile.objects.count(), Submission.objects.count()) == (0, 0)
    imr.refresh_from_db()
    assert imr.state == "asked"


@pytest.mark.parametrize("case", hostile.cases()[::4], ids=str)
def test_each_bad_appendix_has_its_sentence_and_leaves_nothing(case, client, imr, author):
    response = upload(client, imr, appendices=[file(case.name, case.content)])

    assert response.status_code == 422
    assert [len(one) > 30 for one in response.context["form"].errors["appendices"]] == [True]
    assert StoredFile.objects.count() == 0


def test_a_scan_of_60_mb_is_told_the_limit_and_what_to_do(client, imr, author):
    large = file("scan.pdf", b"%PDF-1.7\n" + bytes(60 * corpus.MEGABYTE - 9))

    response = upload(client, imr, report=large)

    assert LIMIT_SAID in words(response)
    assert "split it into smaller files" in words(response)


def test_a_pdf_with_a_script_is_refused(client, imr, author):
    response = upload(client, imr, report=file("IMR.pdf", scripted()))

    assert "holds a program" in words(response)


def scripted():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed())) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(out)
    return out.getvalue()


def test_a_spreadsheet_is_no_report(client, imr, author):
    response = upload(client, imr, report=file("IMR.xlsx", hostile.GOOD_XLSX))

    assert "“IMR.xlsx” is neither a Word document nor a PDF" in words(response)


def test_nothing_chosen_is_said(client, imr, author):
    assert "Choose the report, or at least one appendix" in words(upload(client, imr))


def test_the_same_file_twice_in_one_form_is_kept_once(client, imr, author):
    same = appendix("The same")

    response = upload(client, imr, appendices=[file("A.docx", same), file("B.docx", same)])

    assert "“B.docx”: This file is here already, as “A.docx”. Nothing was added" in words(response)
    assert SubmissionFile.objects.count() == 1


def test_a_double_click_keeps_each_file_once(client, imr, author):
    key, content, further = uuid.uuid4(), report(), appendix()

    for _ in range(2):
        files = {"report": file(content=content), "appendices": [file("A.docx", further)]}
        response = upload(client, imr, key=key, **files)
        assert response.status_code == 302

    assert SubmissionFile.objects.count() == 2


def test_another_file_with_a_key_that_has_served_is_kept_too(client, imr, author):
    key = uuid.uuid4()
    upload(client, imr, key=key, appendices=[file("A.docx", appendix("A"))])

    upload(client, imr, key=key, appendices=[file("B.docx", appendix("B"))])

    assert SubmissionFile.objects.count() == 2


def test_what_was_taken_out_comes_in_again_by_the_same_form(client, imr, author):
    key, content = uuid.uuid4(), report()
    upload(client, imr, key=key, report=file(content=content))
    kept = SubmissionFile.objects.get()
    client.post(url("submission-file-remove", imr, kept.pk))

    upload(client, imr, key=key, report=file(content=content))

    assert SubmissionFile.objects.filter(removed_at=None).count() == 1


def test_a_form_that_was_cut_off_keeps_nothing(client, imr, author):
    """The files came, and what stands behind them in the form did not."""
    response = client.post(url("submission-prepare", imr), {"report": file()})

    assert "The files did not arrive whole, and none was kept" in words(response)
    assert StoredFile.objects.count() == 0


def test_another_report_takes_the_place_of_the_first(client, imr, author):
    upload(client, imr, report=file())

    upload(client, imr, report=file("IMR 2.docx", report("Better")))

    version = Submission.objects.get()
    assert version.main.stored.name == "IMR 2.docx"
    assert version.files.count() == 2


def test_a_pdf_is_read_too(client, imr, author):
    upload(client, imr, report=file("IMR.pdf", printed()))

    text = words(client.get(url("submission-prepare", imr)))

    assert "Nothing was left out: all " in text
    assert "A PDF does not say what is a heading" in text


# --- What the page says of them -----------------------------------------------------------------


def test_what_a_file_gives_away_is_said_in_plain_words(client, imr, author):
    body = corpus.paragraph(runs=corpus.inserted(corpus.run("New.")) + corpus.deleted("Old."))
    upload(client, imr, report=file(content=corpus.docx(body)))

    text = words(client.get(url("submission-prepare", imr)))

    assert "2 tracked changes by A: whoever has the file can read what was deleted." in text


def test_a_file_says_when_it_was_made_as_people_write_it(client, imr, author):
    upload(client, imr, report=file())

    assert "Made: 23 December 2013, 23:15" in words(client.get(url("submission-prepare", imr)))


def test_the_author_opens_what_they_uploaded(client, imr, author):
    upload(client, imr, report=file())
    kept = SubmissionFile.objects.get()
    link = url("submission-file", imr, kept.pk)

    assert f'href="{link}"' in words(client.get(url("submission-prepare", imr)))
    assert client.get(link).content == kept.stored.content


def test_the_coordinator_opens_what_they_uploaded_and_reads_whose_points_they_are(
    client, imr, coordinator
):
    upload(client, imr, report=file())
    link = url("submission-file", imr, SubmissionFile.objects.get().pk)
    text = words(client.get(url("submission-prepare", imr)))

    assert f'href="{link}"' in text
    assert client.get(link).status_code == 200
    assert "This is one of the agency’s" in text
    assert "This is one of ours" not in text


def test_its_own_points_are_shown_with_a_tick_each(client, imr, author):
    upload(client, imr, report=file())

    response = client.get(url("submission-prepare", imr))

    assert words(response).count("This is one of ours") == 4
    assert words(response).count(" checked") == 4
    assert "Audit referrals each quarter." in words(response)
    assert "What was passed over there, and why" in words(response)


@pytest.mark.parametrize(
    ("number", "called"),
    [
        ("", "Recommendation"),
        ("3", "Recommendation 3"),
        ("R3", "Recommendation R3"),
        ("Recommendation 3", "Recommendation 3"),
    ],
)
def test_its_own_point_is_called_once_what_it_is(number, called):
    assert OwnPoint(kind="recommendation", number=number).called == called


def test_a_file_that_waits_for_the_scanner_says_so(client, imr, author):
    upload(client, imr, report=file())
    StoredFile.objects.update(scan="waiting")

    text = words(client.get(url("submission-prepare", imr)))

    assert "It waits to be checked for harmful software." in text


def test_what_could_not_be_read_is_said(client, imr, author):
    upload(client, imr, report=file())
    SubmissionFile.objects.update(unread_because="It took too long.", found=None)

    text = words(client.get(url("submission-prepare", imr)))

    assert "It could not be looked into: It took too long." in text
    assert hand_in(client, imr, points=[]).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_whatever_the_number_of_files(
    count, client, imr, author, officer, django_assert_num_queries
):
    letters = [file(f"{n}.docx", appendix(f"Letter {n}")) for n in range(count)]
    upload(client, imr, report=file(), appendices=letters)
    client.get(url("submission-prepare", imr))

    with django_assert_num_queries(19):
        response = client.get(url("submission-prepare", imr))

    assert len(response.context["shown"]) == count + 1


# --- Handing in ---------------------------------------------------------------------------------


def test_handing_in_gives_a_receipt_and_a_message_to_the_officer(client, imr, author, officer):
    upload(client, imr, report=file(), appendices=[file("A.docx", appendix())])

    response = hand_in(client, imr)

    made = SubmissionMove.objects.get()
    assert response.url == made.get_absolute_url()
    text = words(client.get(response.url))
    for one in SubmissionFile.objects.all():
        assert one.stored.sha256 in text
    assert made.receipt_number in text
    assert "It waits for sign-off" in text
    assert [one.to for one in Message.objects.filter(key__startswith="sign-off")] == [officer.email]


def test_the_receipt_is_a_file_too(client, imr, author, officer):
    upload(client, imr, report=file())
    hand_in(client, imr)
    made = SubmissionMove.objects.get()

    response = client.get(url("submission-receipt-file", imr, made.pk))

    assert broken_rules(response.content) == []
    pages = PdfReader(io.BytesIO(response.content)).pages
    text = "".join(page.extract_text() for page in pages)
    assert made.receipt_number in response["Content-Disposition"]
    assert SubmissionFile.objects.get().stored.sha256 in text.replace("\n", "")


def test_a_receipt_keeps_the_files_of_its_moment(client, imr, author, officer):
    upload(client, imr, report=file("First.docx"))
    receipt = hand_in(client, imr).url
    client.post(url("submission-take-back", imr), {"key": uuid.uuid4()})
    upload(client, imr, report=file("Second.docx", report("Better")))

    text = words(client.get(receipt))

    assert "First.docx" in text
    assert "Second.docx" not in text
    assert "It has come back to be changed" in text


def test_what_has_no_tick_is_left_out(client, imr, author, officer):
    upload(client, imr, report=file())
    client.get(url("submission-prepare", imr))
    first, *rest = OwnPoint.objects.values_list("pk", flat=True)

    hand_in(client, imr, points=rest)

    assert list(OwnPoint.objects.filter(is_left_out=True).values_list("pk", flat=True)) == [first]


def test_ticks_can_be_kept_for_later(client, imr, author):
    upload(client, imr, report=file())

    hand_in(client, imr, points=[], save="yes")

    assert OwnPoint.objects.kept().count() == 0
    assert not SubmissionMove.objects.exists()
    assert words(client.get(url("submission-prepare", imr))).count(" checked") == 0


def test_a_second_click_hands_in_once(client, imr, author, officer):
    upload(client, imr, report=file())
    key = uuid.uuid4()

    first, second = (hand_in(client, imr, key=key) for _ in range(2))

    assert first.url == second.url
    assert SubmissionMove.objects.count() == 1


def test_without_a_report_nothing_is_handed_in(client, imr, author):
    upload(client, imr, appendices=[file("A.docx", appendix())])

    response = hand_in(client, imr)

    assert response.status_code == 422
    assert "Upload the report first" in words(response)


def test_files_that_a_colleague_changed_are_looked_at_first(client, imr, author, officer):
    upload(client, imr, report=file())
    seen = str(SubmissionFile.objects.get().pk)
    colleague_adds = {"report": file("Other.docx", report("Other"))}
    upload(client, imr, **colleague_adds)

    response = hand_in(client, imr, files=seen)

    assert response.status_code == 422
    assert "The files have been changed meanwhile. Look at them again" in words(response)
    again = response.context["hand_in"].initial["files"]
    assert hand_in(client, imr, files=again).status_code == 302


def test_rows_that_were_lifted_after_the_page_was_shown_are_not_left_out(
    client, imr, author, officer
):
    upload(client, imr, report=file())
    client.get(url("submission-prepare", imr))

    hand_in(client, imr, offered="", points=[])

    assert OwnPoint.objects.kept().count() == 4


def test_nobody_to_sign_off_is_said_and_stops_nothing(client, imr, author):
    upload(client, imr, report=file())

    text = words(client.get(url("submission-prepare", imr)))

    assert "Nobody of your agency can sign this off yet" in text
    assert hand_in(client, imr).status_code == 302


def test_an_officer_who_brought_a_file_is_not_the_one_to_sign(client, imr, officer):
    client.force_login(officer)
    upload(client, imr, report=file())

    text = words(client.get(url("submission-prepare", imr)))

    assert "Nobody of your agency can sign this off yet" in text


def test_it_can_be_taken_back_while_it_waits(client, imr, author, officer):
    upload(client, imr, report=file())
    hand_in(client, imr)

    assert "Take it back to change it" in words(client.get(url("submission-prepare", imr)))
    client.post(url("submission-take-back", imr), {"key": uuid.uuid4()})

    assert Submission.objects.get().state == "draft"


def test_nothing_is_added_while_it_waits(client, imr, author, officer):
    upload(client, imr, report=file())
    hand_in(client, imr)

    response = client.post(
        url("submission-prepare", imr),
        {"key": uuid.uuid4(), "report": file("B.docx", report("B"))},
        follow=True,
    )

    assert "It waits for sign-off. Take it back first." in words(response)
    assert SubmissionFile.objects.count() == 1


def test_what_the_officer_wants_changed_is_shown_to_the_author(client, imr, author, officer):
    upload(client, imr, report=file())
    hand_in(client, imr)
    return_inside(Submission.objects.get(), by=officer, key=uuid.uuid4(), reason="Page 3 is thin")

    text = words(client.get(url("submission-prepare", imr)))

    assert "Page 3 is thin" in text
    assert hand_in(client, imr).status_code == 302


# --- The next version ---------------------------------------------------------------------------


def returned(part, reason="Say more of 2019"):
    version = sent(part)
    moving.return_request(
        version.request,
        by=UserFactory(),
        key=uuid.uuid4(),
        reason=reason,
        due=timezone.localdate() + timedelta(days=14),
    )
    return version.request


def test_the_next_version_says_why_and_what_changed(client, part, author, officer):
    request = returned(part)
    assert "Say more of 2019" in words(client.get(url("submission-prepare", request)))
    upload(client, request, report=file("IMR 2.docx", report("More of 2019")))

    refused = hand_in(client, request)
    assert "Say what changed since version 1" in words(refused)

    assert hand_in(client, request, note="More of 2019").status_code == 302
    version = Submission.objects.get(state="waiting")
    sign_off(version, by=officer, key=uuid.uuid4())
    version.refresh_from_db()
    assert (version.number, version.note) == (2, "More of 2019")


def test_the_same_report_is_no_next_version(client, part, author):
    request = returned(part)
    version = request.submissions.get()

    response = upload(client, request, report=file(content=bytes(version.main.stored.content)))

    assert "This is the same file as in version 1" in words(response)


def test_real_names_in_the_note_are_refused(client, part, author, officer):
    request = returned(part)
    person = PersonFactory(review=part.review)
    nothing = PartialDate.none()
    set_identity(person, names=["Ann Quillfeather"], born=nothing, died=nothing, by=UserFactory())
    upload(client, request, report=file("IMR 2.docx", report("More")))

    response = hand_in(client, request, note="More of Ann Quillfeather")

    assert response.status_code == 422


# --- When it is not the moment ------------------------------------------------------------------


def test_late_is_said_and_taken(client, part, author):
    request = asked(part, kind="imr")
    type(request).objects.filter(pk=request.pk).update(due=timezone.localdate() - timedelta(days=3))

    upload(client, request, report=file())

    assert "It can still be sent." in words(client.get(url("submission-prepare", request)))


def test_a_request_that_was_withdrawn_takes_nothing_and_loses_nothing(client, imr, author):
    upload(client, imr, report=file())
    moving.withdraw(imr, by=UserFactory(), key=uuid.uuid4(), reason="Not needed")

    response = client.post(
        url("submission-prepare", imr),
        {"key": uuid.uuid4(), "appendices": [file("A.docx", appendix())]},
        follow=True,
    )

    assert "The request has been withdrawn." in words(response)
    assert "goes to nobody" in words(response)
    assert SubmissionFile.objects.count() == 1
    hand_in(client, imr)
    assert not SubmissionMove.objects.exists()


def test_after_a_nil_answer_a_report_can_still_come(client, imr, author):
    answering.give_nil(imr, by=author, key=uuid.uuid4(), nil="nothing_known")

    upload(client, imr, report=file())

    assert Submission.objects.count() == 1


def test_what_was_sent_is_not_prepared_again(client, part, author):
    request = sent(part).request

    response = client.get(url("submission-prepare", request))
    assert response.url == request.get_absolute_url()

    upload(client, request, report=file("B.docx", report("B")))
    assert Submission.objects.count() == 1


def test_an_ended_review_takes_nothing(client, imr, author):
    upload(client, imr, report=file())
    Review.objects.update(state=State.DISCONTINUED)

    for response in (upload(client, imr, report=file()), hand_in(client, imr)):
        assert response.status_code == 409
    assert "IMR.docx" in words(client.get(url("submission-prepare", imr)))


def test_a_request_for_words_has_no_such_page(client, part, author):
    request = asked(part, kind="question", what="Was it decided?")

    assert client.get(url("submission-prepare", request)).status_code == 404


# --- Two of one agency --------------------------------------------------------------------------


def test_a_colleague_goes_on_where_the_author_left(client, part, imr, author):
    upload(client, imr, report=file())
    close_account(author, by=UserFactory())
    client.force_login(with_role(Role.IMR_AUTHOR, part.review, part))

    text = words(client.get(url("submission-prepare", imr)))

    assert "IMR.docx" in text
    assert hand_in(client, imr).status_code == 302


def test_another_agency_sees_nothing_of_it(client, part, imr):
    prepared(part, request=imr)
    other = ParticipationFactory(review=part.review)
    client.force_login(with_role(Role.IMR_AUTHOR, part.review, other))

    assert client.get(url("submission-prepare", imr)).status_code == 404


# --- On the agency's behalf ---------------------------------------------------------------------


def test_the_coordinator_enters_what_came_another_way(client, part, imr, coordinator):
    assert "by secure e-mail" in words(client.get(imr.get_absolute_url()))
    upload(client, imr, report=file())

    wrong = hand_in(client, imr)
    assert "Say which post of the agency signed it off" in words(wrong)

    response = hand_in(
        client, imr, signed_by_words="Head of safeguarding", reason="By secure e-mail on 3 May"
    )
    text = words(client.get(response.url))
    version = Submission.objects.get()
    assert (version.state, version.number, version.on_behalf) == ("sent", 1, True)
    assert "By this post of the agency: Head of safeguarding" in text
    assert version.main.stored.sha256 in text


def test_an_agency_and_the_coordinator_do_not_see_each_others_draft(client, part, imr, author):
    upload(client, imr, report=file("Theirs.docx"))
    client.force_login(with_role(Role.COORDINATOR, part.review))

    assert "Theirs.docx" not in words(client.get(url("submission-prepare", imr)))
    upload(client, imr, report=file("Ours.docx", report("On behalf")))
    client.force_login(author)

    assert "Ours.docx" not in words(client.get(url("submission-prepare", imr)))


def test_a_report_is_not_registered_without_its_files(client, imr, coordinator):
    assert client.get(url("request-register", imr)).status_code == 404


def test_the_reviews_receipt_names_every_file_and_who_signed_it_off(client, part, author):
    officer = UserFactory(name="Officer Pell")
    version = handed_in(part, by=author)
    receipt = sign_off(version, by=officer, key=uuid.uuid4())

    text = words(client.get(receipt.get_absolute_url()))

    assert "By Officer Pell" in text
    assert version.main.stored.sha256 in text
    assert client.get(url("request-receipt-file", version.request, receipt.pk)).status_code == 200
