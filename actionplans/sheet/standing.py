"""How the rows of a plan stand now, cell by cell."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from actionplans.models import Recommendation
from actionplans.rows.models import JointLead, PlanRow, RowLead
from actionplans.sheet import columns


@dataclass
class Standing:
    """One row of the plan, with the texts that its cells would show."""

    row: PlanRow
    texts: dict

    @property
    def told(self):
        return self.row.told_at.isoformat() if self.row.told_at else ""

    @property
    def mark(self):
        return columns.mark_of(self.texts, self.told)


class Plan:
    """The rows of a review's plan that somebody may edit, in the order of the plan."""

    def __init__(self, review, user, *, only=None):
        self.review, self.user = review, user
        rows = PlanRow.objects.visible_to(user).followed().filter(review=review)
        if only is not None:
            rows = rows.filter(pk__in=only)
        self.rows = [_standing(row, review) for row in _with_all(rows)]
        self.by_id = {str(one.row.pk): one for one in self.rows}

    @cached_property
    def by_number(self):
        """{number: [rows]}"""
        found = {}
        for one in self.rows:
            found.setdefault(_number_key(one.texts["number"]), []).append(one)
        return found

    @cached_property
    def recommendations(self):
        """Those in the plan, also such as nobody follows because they only introduce their parts."""
        rows = Recommendation.objects.visible_to(self.user).filter(review=self.review).live()
        return list(rows.filter(is_draft=False).prefetch_related("actions"))

    def numbered(self, number):
        """The rows that go by a number, as people write it."""
        return self.by_number.get(_number_key(number), [])

    def recommendation_for(self, number, text):
        """Under which recommendation a new action belongs: by its words, else by its number. None:
        that cannot be told."""
        if text:
            found = [one for one in self.recommendations if columns.same(one.text, text)]
            if len(found) == 1:
                return found[0]
        wanted = _number_key(number)
        found = [one for one in self.recommendations if _number_key(one.number) == wanted]
        if not found:
            found = [
                one
                for one in self.recommendations
                if one.number and wanted.startswith(_number_key(one.number) + ".")
            ]
            longest = max((len(one.number) for one in found), default=0)
            found = [one for one in found if len(one.number) == longest]
        return found[0] if wanted and len(found) == 1 else None


def _number_key(number):
    return "".join(number.split()).strip(".").casefold()


def _with_all(rows):
    return (
        rows.order_by("recommendation__position", "recommendation", "action__position", "pk")
        .select_related("recommendation__theme", "action", "lead__agency", "owner")
        .prefetch_related(
            Prefetch("lead_links", RowLead.objects.for_display()),
            Prefetch(
                "action__joint_leads", JointLead.objects.select_related("participation__agency")
            ),
        )
    )


def _standing(row, review):
    one = row.recommendation
    row.review = one.review = review
    joint = [link for link in row.lead_links.all() if link.participation_id != row.lead_id]
    texts = {
        "number": row.number,
        "recommendation": one.text,
        "action": row.action.text if row.action else "",
        "lead": row.lead.agency.name if row.lead else "",
        "joint": "\n".join(link.participation.agency.name for link in joint),
        "owner": row.owner.email if row.owner else row.owner_as_written,
        "target": row.target_as_written or str(row.target),
        "status": row.get_status_display(),
        "level": one.get_level_display(),
        "theme": one.theme.name if one.theme else "",
        "addressed_to": one.addressed_to,
    }
    return Standing(row, {name: columns.plain(text) for name, text in texts.items()})
