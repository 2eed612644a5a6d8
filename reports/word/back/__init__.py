"""A document that was edited in Word, compared with the document as it stands.

compared = compare(document, marked_of(content, name))
for change in compared.changes: ...
accepted = apply(document, compared, {change.id, ...})
"""

from reports.word.back.applying import apply
from reports.word.back.changes import Change, Comment, Compared
from reports.word.back.comparing import compare

__all__ = ["Change", "Comment", "Compared", "apply", "compare"]
