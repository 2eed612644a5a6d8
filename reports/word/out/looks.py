from dataclasses import dataclass


@dataclass(frozen=True)
class Looks:
    """What stands around a document. `title_lines` follow the title on its page; `head` and `foot` are
    words beside the marking and the page number. `contents` asks for a table of contents."""

    title_lines: tuple[str, ...] = ()
    marking: str = ""
    version: str = ""
    is_draft: bool = False
    head: str = ""
    foot: str = ""
    contents: bool = True
