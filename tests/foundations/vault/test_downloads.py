import pytest

from foundations.vault.downloads import PDF, attachment_of
from foundations.vault.models import FileKey, StoredFile
from foundations.vault.opening import NotReleased
from foundations.vault.sealing import Damaged
from foundations.vault.services import store

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forgetful")]
LONG = 3 * 1024 * 1024


def kept(size, **more):
    file = store(b"%PDF-" + bytes(size), name="plan.pdf", scope="review:1")
    StoredFile.objects.filter(pk=file.pk).update(**more)
    return StoredFile.objects.get(pk=file.pk)


@pytest.mark.parametrize("size", [10, LONG])
def test_a_browser_saves_it_and_shows_it_nowhere(size):
    response = attachment_of(kept(size), name="Letter 3.pdf", media_type=PDF)

    assert response["Content-Disposition"] == 'attachment; filename="Letter 3.pdf"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert (response["Cache-Control"], response["Content-Type"]) == ("no-store, private", PDF)


def test_a_long_file_is_sent_while_it_is_opened():
    response = attachment_of(kept(LONG))

    pieces = list(response.streaming_content)

    assert response["Content-Length"] == str(sum(map(len, pieces))) == str(LONG + 5)
    assert max(map(len, pieces)) < 100_000


@pytest.mark.parametrize("size", [10, LONG])
def test_a_damaged_file_is_refused_before_anything_is_sent(size):
    file = kept(size)
    other = store(b"other", name="other.pdf", scope="review:1")
    key = FileKey.objects.get(file=file)
    key.key = FileKey.objects.get(file=other).key
    key.save()

    with pytest.raises(Damaged):
        attachment_of(StoredFile.objects.get(pk=file.pk))


@pytest.mark.parametrize("state", ["waiting", "infected"])
@pytest.mark.parametrize("size", [10, LONG])
def test_a_file_that_is_not_released_is_not_sent(state, size):
    with pytest.raises(NotReleased):
        attachment_of(kept(size, scan=state))
