"""What was found by rules is found anew as soon as they, or the words that they go by, are others."""

from importlib.util import module_from_spec, spec_from_file_location

import pytest

from reports.rules_digest import digest_of_rules


@pytest.fixture
def rules(tmp_path):
    """A package of rules with a list of words, and a module beside it."""
    (tmp_path / "rules" / "lists").mkdir(parents=True)
    for name in ("rules/__init__.py", "rules/lists/words.txt", "beside_it.py"):
        (tmp_path / name).write_text("# as it was\n")
    return [_module(tmp_path / name) for name in ("rules/__init__.py", "beside_it.py")]


def _module(path):
    return module_from_spec(spec_from_file_location("made_for_a_test", path))


@pytest.mark.parametrize(
    ("name", "is_other"),
    [
        ("rules/__init__.py", True),
        ("rules/lists/words.txt", True),
        ("beside_it.py", True),
        ("rules/notes.md", False),
        ("another.py", False),
    ],
)
def test_it_is_another_once_a_rule_or_a_list_is_and_nothing_else_counts(
    name, is_other, rules, tmp_path
):
    before = digest_of_rules(*rules)

    (tmp_path / name).write_text("# as it is\n")

    assert (digest_of_rules(*rules) != before) is is_other
