"""Versions that were made before the answers that go with them."""

from datetime import datetime

OLDER = (
    "{version} was made on {day}, before {called} was changed, which answers point {point} of letter {letter}: "
    "it does not hold that change."
)


def older_than_answers(renderings, letters, *, titled):
    """Sentences; `letters` is [(OfficeLetter, [Answered])], `titled(rendering)` what a version is called."""
    answered = [
        (letter, one)
        for letter, points in letters
        for one in points
        if one.answer and one.answer.after and not one.is_withdrawn
    ]
    for version in renderings:
        made = datetime.fromisoformat(version.values["made_at"])
        for letter, one in answered:
            paragraph, after = one.answer.paragraph, one.answer.after
            if paragraph.section.document_id == version.document_id and after.at > made:
                yield OLDER.format(
                    version=titled(version),
                    day=f"{made:%-d %B %Y}",
                    called=f"paragraph {one.called}" if one.called else "a paragraph",
                    point=one.point.number,
                    letter=letter.number,
                )
