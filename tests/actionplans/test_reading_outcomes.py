import pytest

from actionplans.statuses import is_bare_status


@pytest.mark.parametrize("text", ["Completed", "Completed.", "In progress", "On track"])
def test_a_bare_status_is_no_outcome(text):
    assert is_bare_status(text)


@pytest.mark.parametrize("text", ["Completed: form in use", "Form in use since January 2025", ""])
def test_what_says_more_than_a_status_is_an_outcome(text):
    assert not is_bare_status(text)
