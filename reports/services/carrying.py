"""Makes a document what was accepted of a file from Word, step by step through the services by which
people write: history, trail and citations are the same as if somebody had typed it."""

import uuid

from django.core.exceptions import ValidationError

from foundations.office.sequences import longest_run
from reports.models import Paragraph, ParagraphVersion
from reports.services import paragraphs as writing
from reports.services import sections as headings
from reports.values import unquoted
from reports.word.back.changes import NUMBERED, UNNUMBERED

WORD = ParagraphVersion.Origin.WORD
Kind = Paragraph.Kind
NO_HEADING = (
    "The first paragraph would stand under no heading. Leave the first heading where it is."
)


class Carrying:
    """`before` and `wanted` are WrittenDocuments, `before` of the outline; `accepted` are the changes that
    lead from one to the other. `key` is what the keys of new rows are made of, so that a second time
    finds them. The document is locked."""

    def __init__(self, outline, before, wanted, accepted, *, key, by):
        self.document, self.wanted, self.key, self.by = outline.document, wanted, key, by
        self.sections = {str(one.section.key): one.section for one in outline.sections}
        self.rows = {str(one.paragraph.key): one.paragraph for _, one in outline.paragraphs}
        self.order = [str(one.paragraph.key) for _, one in outline.paragraphs]
        self.before = {one.key: one for _, one in before.paragraphs}
        self.renumbered = {
            uid.removeprefix("p:"): change.what
            for change in accepted
            for uid in change.uids
            if change.what in (NUMBERED, UNNUMBERED)
        }
        self.made = 0

    def carry_out(self):
        """Raises ValidationError, which names the paragraph that cannot be taken."""
        staying = {one.key for _, one in self.wanted.paragraphs}
        for key in self.before.keys() - staying:
            writing.take_out_paragraph(self.rows[key], by=self.by, origin=WORD)
        placed = self._sections()
        for section, written in placed:
            self._paragraphs(section, written.paragraphs)
        staying = {one.key for one in self.wanted.sections}
        gone = [section for key, section in self.sections.items() if key not in staying]
        for section in reversed(gone):  # those within others first
            headings.take_out_section(section, by=self.by)

    # -- headings ----------------------------------------------------------------------------------

    def _sections(self):
        """[(row, WrittenSection)], each where it is wanted."""
        where, found = self._wanted_places(), []
        settled = self._settled_sections(where)
        rows, last = {}, {}
        for written, above in where:
            parent = rows.get(above)
            row = self._section(written, parent, last.get(above), settled)
            rows[id(written)] = last[above] = row
            found.append((row, written))
        return found

    def _wanted_places(self):
        """[(WrittenSection, id of the one that it stands in)]"""
        open_at, found = {}, []
        for one in self.wanted.sections:
            open_at = {level: at for level, at in open_at.items() if level < one.level}
            found.append((one, open_at[max(open_at)] if open_at else None))
            open_at[one.level] = id(one)
        return found

    def _settled_sections(self, where):
        """Keys of those that stand in the right section, in the right order."""
        keys = {id(one): one.key for one, _ in where}
        groups, settled = {}, set()
        for one, above in where:
            row = self.sections.get(one.key)
            parent = self.sections.get(keys.get(above, ""))
            if row and row.parent_id == (parent.pk if parent else None):
                groups.setdefault(above, []).append(row)
        for rows in groups.values():
            still = longest_run([(row.position, row.pk) for row in rows])
            settled |= {str(row.key) for row in rows if (row.position, row.pk) in still}
        return settled

    def _section(self, written, parent, after, settled):
        row = self.sections.get(written.key)
        if row is None:
            if not written.heading.strip():
                raise ValidationError(NO_HEADING)
            return headings.add_section(
                self.document,
                heading=written.heading,
                is_numbered=bool(written.number),
                parent=parent,
                after=after,
                by=self.by,
                key=self._new_key(),
            )
        if " ".join(written.heading.split()) != row.heading:
            row = headings.change_section(
                row,
                heading=written.heading,
                is_numbered=row.is_numbered,
                seen=row.changes,
                by=self.by,
            )
        if written.key not in settled:
            row = headings.move_section(row, parent=parent, after=after, by=self.by)
        return row

    # -- paragraphs --------------------------------------------------------------------------------

    def _paragraphs(self, section, wanted):
        here = [self.rows[one.key] for one in wanted if one.key in self.rows]
        here = [row for row in here if row.section_id == section.pk]
        places = {str(row.key): self.order.index(str(row.key)) for row in here}
        still = longest_run(list(places.values()))
        after = None
        for written in wanted:
            row = self.rows.get(written.key)
            if row is None:
                row = self._add(section, written, after)
            else:
                if places.get(written.key) not in still:
                    row = writing.move_paragraph(row, section=section, after=after, by=self.by)
                row = self._change(row, written)
            after = row

    def _add(self, section, written, after):
        kind, text = self._as_new(written)
        return self._named(
            "A new paragraph",
            writing.add_paragraph,
            section,
            kind=kind,
            text=text,
            after=after,
            by=self.by,
            key=self._new_key(),
            origin=WORD,
        )

    @staticmethod
    def _as_new(written):
        said = unquoted(written.text)
        if written.number:
            return Kind.NUMBERED, written.text
        return (Kind.CONTINUATION, written.text) if said is None else (Kind.QUOTATION, said)

    def _change(self, row, written):
        before, renumbered = self.before[written.key], self.renumbered.get(written.key)
        if written.text == before.text and not renumbered:
            return row
        kind, text = row.kind, written.text
        if renumbered:
            kind = Kind.NUMBERED if renumbered == NUMBERED else Kind.CONTINUATION
        if kind == Kind.QUOTATION:
            said = unquoted(text)
            kind, text = (Kind.CONTINUATION, text) if said is None else (kind, said)
        return self._named(
            f"Paragraph {before.number}" if before.number else "A paragraph without a number",
            writing.change_paragraph,
            row,
            text=text,
            kind=kind,
            seen=row.changes,
            by=self.by,
            origin=WORD,
        )

    @staticmethod
    def _named(called, service, *args, **said):
        try:
            return service(*args, **said)
        except ValidationError as refusal:
            problems = [f"{called}: {message}" for message in refusal.messages]
            raise ValidationError(problems) from refusal

    def _new_key(self):
        self.made += 1
        return uuid.uuid5(self.key, str(self.made))
