"""Plain text, Markdown and CSV: one stretch, so that places are those of the file."""

from foundations.office import delimited


def read(gathered, content, name):
    text, encoding, guessed = delimited.decode(content)
    gathered.looked_at("text")
    gathered.add("text", name, text, lines=True)
    if guessed:
        gathered.unread(f"some characters, which are not {encoding}")
