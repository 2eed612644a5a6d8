"""Drafts become recommendations: every cell parsed, what was written kept beside it."""

from dataclasses import replace

from actionplans.bodies import initials
from actionplans.leads import one_spelling, read_lead
from actionplans.numbering import number_drafts
from actionplans.plan import Action, Lead, Milestone, Recommendation, Remark
from actionplans.statuses import (
    find_legend,
    is_bare_status,
    read_colour,
    read_decision,
    read_status,
    together,
)
from actionplans.targets import dates_mentioned, read_target_cells, without_dates
from actionplans.updates import read_updates
from actionplans.vocabulary import NOTHING, Field, Status
from actionplans.wording import key, said
from foundations.dates import parse

# Columns whose text is kept under its heading when there is nowhere else for it.
KEPT_UNDER_HEADING = {Field.OTHER, Field.EVIDENCE, Field.FINDING}
SHORT_CELL = 8  # words


def heading_place(found, place):
    """A doubt about the whole file stands at its heading, not at the row that raised it."""
    for draft in found.drafts:
        if draft.layout.heading_rows and draft.first.place.part == place.part:
            return replace(place, row=draft.layout.heading_rows[0])
    return next((one.at for one in found.not_rows if one.at.part == place.part), place)


class PlanWriter:
    """Parses the cells of every draft and writes the recommendations of the plan."""

    def __init__(self, found, names, plan):
        self.found, self.names, self.plan = found, names, plan
        self.legend = find_legend(
            [*found.legend_texts, *(text for _, text in _colour_notes(found))]
        )
        self.colours = {}  # colour without a key -> first Place

    def write(self):
        drafts = self.found.drafts
        numbers, doubts = number_drafts(drafts)
        self.plan.doubts += doubts
        self.spellings = one_spelling(self._all_people(drafts))
        ids = {}
        for identifier, (draft, number) in enumerate(zip(drafts, numbers, strict=True), start=1):
            ids[id(draft)] = identifier
            parent = ids.get(id(number.parent)) if number.parent is not None else None
            self.plan.recommendations.append(
                self._recommendation(identifier, draft, number, parent)
            )
        self._doubt_unknown_bodies(self._unknown_bodies())
        self._doubt_colours()

    def _all_people(self, drafts):
        return [
            self.lead(row, draft).people
            for draft in drafts
            for row in (draft.first, *draft.further)
        ]

    def doubt(self, place, column, message):
        self.plan.doubts.append(Remark(place, column, message))

    # --- One recommendation ---------------------------------------------------------------------

    def _recommendation(self, identifier, draft, number, parent):
        rows = [draft.first, *draft.further]
        read = [self._row(row, draft) for row in rows]
        lead = self._whole_lead(draft, [one.lead for one in read])
        actions, milestones = self._actions(rows, read, lead, draft), self._milestones(rows)
        main = read[0]
        decision, condition = read_decision(draft.first.text(Field.DECISION))
        status, status_written = self._whole_status(draft, read)
        outcome = " ".join(filter(None, (one.outcome for one in read)))
        return Recommendation(
            id=identifier,
            at=draft.rows[0] if draft.rows else draft.first.place,
            rows=tuple(draft.rows),
            text=draft.text,
            paragraphs=tuple(item.written for item in draft.text_items),
            number=number.number,
            number_as_written=draft.number,
            parent=parent,
            group=draft.group,
            banner=draft.banner,
            scope=draft.first.text(Field.SCOPE),
            lead=lead,
            actions=tuple(actions),
            milestones=tuple(milestones),
            targets=tuple(target for one in read for target in one.own_targets),
            target_as_written=" / ".join(filter(None, (one.target_as_written for one in read))),
            status=status,
            status_as_written=status_written,
            completed=next(
                (one.completed for one in reversed(read) if one.completed), main.completed
            ),
            outcome=outcome,
            evidence=" ".join(filter(None, (row.text(Field.EVIDENCE) for row in rows))),
            decision=decision,
            decision_as_written=said(draft.first.text(Field.DECISION)) or None,
            decision_condition=condition,
            updates=tuple(update for one in read for update in one.updates),
            other=_kept_under_headings(rows),
        )

    def _row(self, row, draft):
        return ReadRow(row, draft, self)

    def _whole_lead(self, draft, leads):
        """The lead of all its rows; the banner's body where no row names one."""
        agencies = list(dict.fromkeys(name for lead in leads for name in lead.agencies))
        people = list(dict.fromkeys(name for lead in leads for name in lead.people))
        roles = list(dict.fromkeys(lead.role for lead in leads if lead.role))
        written = "; ".join(dict.fromkeys(lead.as_written for lead in leads if lead.as_written))
        source = "cell" if agencies else ""
        if not agencies and draft.banner:
            agencies, source = self._of_banner(draft), "banner"
        people = tuple(dict.fromkeys(self.spellings.get(one, one) for one in people))
        return Lead(tuple(agencies), "; ".join(roles) or None, people, written, source)

    def _of_banner(self, draft):
        """The bodies of a banner; where it names several, those the text speaks to first."""
        lead, _ = read_lead(draft.banner, self.names, kind="agency")
        if len(lead.agencies) < 2:
            return list(lead.agencies)
        opening = draft.text.replace("/", " / ").split()[:8]
        spoken_to = [name for name in lead.agencies if _is_spoken_to(name, opening)]
        return spoken_to or list(lead.agencies)

    def lead(self, row, draft):
        """The Lead of the lead columns of one row."""
        kinds = {
            Field.AGENCY: "agency",
            Field.LEAD: "lead",
            Field.LEAD_AND_TARGET: "lead",
            Field.OFFICER: "officer",
        }
        found = Lead()
        for field, kind in kinds.items():
            for _, one in row.of(field):
                text = "\n".join(cell.text for cell in one.cells)
                text = without_dates(text) if field is Field.LEAD_AND_TARGET else text
                lead, _ = read_lead(text, self.names, kind=kind, banner=draft.banner)
                found = Lead(
                    tuple(dict.fromkeys((*found.agencies, *lead.agencies))),
                    ", ".join(filter(None, (found.role, lead.role))) or None,
                    (*found.people, *lead.people),
                    "; ".join(filter(None, (found.as_written, lead.as_written))),
                    found.source or lead.source,
                )
        return found

    # --- Its parts ------------------------------------------------------------------------------

    def _actions(self, rows, read, lead, draft):
        actions = []
        several = len([row for row in rows if row.has(Field.ACTION)]) > 1
        for row, one in zip(rows, read, strict=True):
            items = [
                item for item in row.items(Field.ACTION) if item.text.casefold() not in NOTHING
            ]
            own_lead = self._own_lead(one.lead, lead) if several else None
            number = said(row.text(Field.ACTION_NUMBER)) or self._number_of_row(row, draft)
            for item in items:
                mine = [t for t in one.targets if t.number is not None and t.number == item.number]
                actions.append(
                    self._action(
                        item,
                        number if len(items) == 1 else "",
                        one,
                        mine,
                        own_lead,
                        several=several,
                    )
                )
        return actions

    def _own_lead(self, own, whole):
        """The lead of one action among several, where it is not that of all of them."""
        if not own.as_written:
            return None
        agencies = own.agencies or (whole.agencies if whole.source == "banner" else ())
        people = tuple(self.spellings.get(one, one) for one in own.people)
        own = replace(own, agencies=agencies, people=people)
        return own if _differs(own, whole) else None

    def _number_of_row(self, row, draft):
        """A further row may carry the number of its action: "1.2" below recommendation 1."""
        number = said(row.text(Field.NUMBER)).strip(" .:)(")
        return number if row is not draft.first and number != (draft.number or "") else ""

    def _action(self, item, number, one, mine, own_lead, *, several):
        target = next((t.date for t in mine if t.date.is_bounded), None)
        status = next((t.status for t in mine if t.status), None)
        written = None
        if several:
            dated = [t.date for t in one.targets if t.date.precision != "none"]
            target = target or (max(dated, key=lambda date: date.sort_key) if dated else None)
            status, written = status or one.status, one.status_as_written
        return Action(
            text=item.text,
            number=number or item.number,
            target=target,
            status=status,
            status_as_written=written,
            target_as_written=one.target_as_written if several else "",
            lead=own_lead,
            outcome=one.outcome if several else "",
            completed=one.completed if several else None,
            at=one.row.place,
        )

    def _milestones(self, rows):
        milestones = []
        for row in rows:
            for item in row.items(Field.MILESTONE):
                if item.text.casefold() in NOTHING:
                    continue
                dates = dates_mentioned(item.text)
                milestones.append(
                    Milestone(item.text, item.number, dates[0] if dates else None, dates)
                )
        return milestones

    def _whole_status(self, draft, read):
        states = draft.layout.has(
            Field.STATUS, Field.TARGET, Field.LEAD_AND_TARGET, Field.COMPLETION, Field.UPDATE
        )
        if not states:
            return None, None
        spoken = [
            one
            for one in read
            if one.row.said and not (draft.named and one is read[0] and not one.status)
        ]
        written = (
            " / ".join(
                dict.fromkeys(one.status_as_written for one in spoken if one.status_as_written)
            )
            or None
        )
        if len(read) == 1:
            written = read[0].status_as_written
        return together(
            [one.status or Status.NOT_STATED for one in spoken] or [Status.NOT_STATED]
        ), written

    # --- Doubts about the whole file --------------------------------------------------------------

    def _unknown_bodies(self):
        """{body: the first place where it leads} of what is no agency of the review."""
        unknown = {}
        for one in self.plan.recommendations:
            own = [action.lead for action in one.actions if action.lead]
            for name in (name for lead in (one.lead, *own) for name in lead.agencies):
                spoken = self.names.find(name)
                if spoken is None or not spoken.known:
                    unknown.setdefault(name, one.at)
        return unknown

    def _doubt_unknown_bodies(self, unknown):
        self.plan.unknown_agencies = list(unknown)
        if not (self.names.known and unknown):
            return
        listed = ", ".join(f"“{body}”" for body in unknown)
        message = f"Not among the agencies of this review, and named to lead here: {listed}."
        self.doubt(heading_place(self.found, next(iter(unknown.values()))), "lead_agency", message)
        for body, place in unknown.items():
            message = f"“{body}” leads, and is not among the agencies of this review."
            self.plan.flags.append(Remark(place, "lead_agency", message, "unknown lead"))

    def _doubt_colours(self):
        if not self.colours:
            return
        meanings = ", ".join(f"{colour} as “{read_status(colour)[0]}”" for colour in self.colours)
        place = heading_place(self.found, next(iter(self.colours.values())))
        self.doubt(
            place, "status", f"The file does not say what its colours mean. Read here: {meanings}."
        )


class ReadRow:
    """The parsed cells of one row of a recommendation."""

    def __init__(self, row, draft, writer):
        self.row, self.draft, self.writer = row, draft, writer
        self.lead = writer.lead(row, draft)
        self.completed = None
        self.outcome = self._outcome()
        self._read_targets()
        self._read_completion()
        self.updates = self._updates()
        self.status, self.status_as_written = self._status()

    def _outcome(self):
        texts = [one.text for _, one in self.row.of(Field.OUTCOME)]
        texts += [
            one.text
            for column, one in self.row.of(Field.COMPLETION)
            if "outcome" in key(column.heading)
        ]
        # “Completed” alone claims a status, and shows no outcome.
        return " ".join(
            text for text in texts if text.casefold() not in NOTHING and not is_bare_status(text)
        )

    def _read_targets(self):
        columns = self.row.of(Field.TARGET, Field.LEAD_AND_TARGET)
        several = len(self.draft.layout.of(Field.TARGET)) > 1
        self.targets, self.own_targets, self.target_cells = [], [], []
        further = self.row is not self.draft.first
        for column, one in columns:
            beside_lead = column.field is Field.LEAD_AND_TARGET
            label = column.heading if several else None
            cell = read_target_cells(one.cells, label=label, only_dates=beside_lead)
            self.targets += cell.targets
            if not (further and one.inherited):
                self.own_targets += cell.targets
            self.target_cells.append((column, cell))
            for doubt in cell.doubts:
                self.writer.doubt(self.row.place, column.heading, doubt)
        self.target_as_written = " / ".join(
            item.written
            for _, one in columns
            if not (further and one.inherited)
            for item in one.items
        )

    def _read_completion(self):
        """A short cell is the date or status itself; a long one reports, and may open with a claim."""
        self.completion_status = self.completion_written = None
        for column, one in self.row.of(Field.COMPLETION):
            short = len(one.text.split()) <= SHORT_CELL
            status, written, different = read_status(one.text, self.writer.legend, whole=short)
            if short:
                self._doubt_several(column, different)
            self.completion_status = self.completion_status or status
            self.completion_written = self.completion_written or written
            dates = [
                target.date
                for target in read_target_cells(one.cells).targets
                if target.date.is_bounded
            ]
            line = one.items[0].written if one.items else ""
            if dates and status is None and (short or _is_date_line(line)):
                self.completion_status, self.completion_written = Status.COMPLETED, line
            if dates and self.completion_status is Status.COMPLETED:
                self.completed = dates[-1] if short else dates[0]

    def _doubt_several(self, column, different):
        settled = [status for status in different if status is not Status.OPEN]
        if len(settled) > 1:
            both = " and ".join(f"“{status}”" for status in settled)
            self.writer.doubt(
                self.row.place,
                column.heading,
                f"The cell says both {both}. It was read as {settled[0]}.",
            )

    def _updates(self):
        columns = [(column, one) for column, one in self.row.of(Field.UPDATE) if one.items]
        several = len(self.draft.layout.of(Field.UPDATE)) > 1
        return tuple(
            update
            for column, one in columns
            for update in read_updates(one.items, label=column.heading if several else None)
        )

    def _status(self):
        """The status column says it; else the completion, the target cell, or how the progress opens."""
        words = self._status_columns()
        if words[0] is not None:
            return words
        if self.completion_status is not None:
            return self.completion_status, self.completion_written
        for column, cell in self.target_cells:
            if cell.statuses:
                self._doubt_several(column, cell.different_statuses)
                return cell.status, cell.status_as_written
        for _, one in self.row.of(Field.UPDATE):
            for item in one.items[:1]:
                status, written, _ = read_status(item.text, whole=False)
                if status is not None:
                    return status, written
        return None, None

    def _status_columns(self):
        best = (None, None)
        for column, one in self.row.of(Field.STATUS):
            text = one.cells[0].text if len(one.cells) == 1 else one.text
            short = len(text.split()) <= SHORT_CELL
            status, written, different = read_status(text, self.writer.legend, whole=short)
            if status is None and not short:
                status, written, different = read_status(text, self.writer.legend)
            if status is None:
                continue
            self._doubt_several(column, different)
            dates = dates_mentioned(text) if short and status is Status.COMPLETED else ()
            self.completed = self.completed or (dates[-1] if dates else None)
            colour = read_colour(text)
            if colour and colour not in self.writer.legend and best[0] is None:
                self.writer.colours.setdefault(colour, self.row.place)
            if best[0] is None or not colour:
                best = (status, written)
        return best


def _is_date_line(line):
    """Whether a paragraph is a date and nothing more, as above a report of what was done."""
    return len(line.split()) <= 3 and parse(line).value.is_bounded


def _colour_notes(found):
    """Headings may carry the key: "RAG (Green: complete, Amber: in progress)"."""
    return [(column, column.heading) for layout in found.layouts for column in layout.columns]


def _differs(lead, other):
    return (lead.agencies, lead.role, lead.people) != (other.agencies, other.role, other.people)


def _is_spoken_to(name, opening):
    """Whether the first words of a text name a body, by name or by its initials."""
    text = key(" ".join(opening))
    if key(name) in text:
        return True
    every, some = initials(name)
    return any(
        word.strip(",.;:’'s").casefold() in every | some
        for word in opening
        if word.isupper() or "&" in word
    )


def _kept_under_headings(rows):
    kept = {}
    for row in rows:
        for column, one in row.said.items():
            if column.field in KEPT_UNDER_HEADING and one.text:
                heading = column.heading or f"Column {column.indexes[0] + 1}"
                kept[heading] = f"{kept[heading]} {one.text}" if heading in kept else one.text
    return kept
