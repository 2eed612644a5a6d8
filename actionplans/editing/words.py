"""What can be said of an action, and what is wrong with it. Changes nothing."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from accounts.models import User
from actionplans.drafting import LONGEST_NUMBER
from foundations.dates import PartialDate
from reviews.clock.kinds import Milestone
from reviews.models import Participation

LONGEST_TEXT = 4_000
LONGEST_OWNER = 200
OTHER_REVIEW = "That agency takes no part in this review"
NOT_THEIRS = (
    "The owner has no account with an agency that leads this. Choose somebody who has, or write the "
    "name or post as it is"
)
IN_THE_PAST = "The new date is before today. Give a date that is still to come"
BEFORE_THE_REVIEW = "This date is before the review began. Check the year"
NOT_A_DATE = "Write a date such as 31 March 2027, autumn 2027 or “6 months after publication”"


@dataclass(frozen=True)
class ActionWords:
    """All that somebody can say of an action."""

    text: str
    number: str = ""
    lead: Participation | None = None  # None: whoever leads the recommendation
    joint_leads: tuple[Participation, ...] = ()
    owner: User | None = None
    owner_as_written: str = ""
    target: PartialDate = field(default_factory=PartialDate.none)
    target_as_written: str = ""

    def __post_init__(self):
        """As it is kept: one form of each word, each agency once."""
        joint = {part.pk: part for part in self.joint_leads if part != self.lead}
        tidied = {
            "text": self.text.replace("\r\n", "\n").replace("\x00", "").strip(),
            "number": self.number.replace("\x00", "").strip(),
            "owner_as_written": " ".join(self.owner_as_written.replace("\x00", "").split()),
            "target_as_written": self.target_as_written or self.target.text,
            "joint_leads": tuple(joint[pk] for pk in sorted(joint)),
        }
        for name, value in tidied.items():
            object.__setattr__(self, name, value)

    @property
    def leads(self):
        return (self.lead, *self.joint_leads) if self.lead else self.joint_leads


def words_of(action):
    """As it stands; its owner is that of its row."""
    row = getattr(action, "row", None)
    return ActionWords(
        text=action.text,
        number=action.number,
        lead=action.lead,
        joint_leads=tuple(joint.participation for joint in action.joint_leads.all()),
        owner=row.owner if row else None,
        owner_as_written=row.owner_as_written if row else "",
        target=action.target,
        target_as_written=action.target_as_written,
    )


def snapshot_of(words):
    """As a version keeps it. Agencies and people by number: names change."""
    return {
        "text": words.text,
        "number": words.number,
        "lead": words.lead and words.lead.pk,
        "leads": [part.pk for part in words.leads],
        "owner": words.owner and words.owner.pk,
        "owner_as_written": words.owner_as_written,
        "target": words.target.to_json(),
        "target_as_written": words.target_as_written,
    }


def is_same_target(one, other):
    return _of_target(one) == _of_target(other)


def _of_target(target):
    """Two that are not the same day may still be the same words: "6 months after publication"."""
    bounds = target.earliest, target.latest
    return bounds if target.is_bounded else (target.precision, target.text.casefold())


def people_of(parts):
    """Those who work for these agencies in the review, and have an account."""
    holders = User.objects.filter(roles__role_group__participation__in=parts, is_active=True)
    return holders.distinct().order_by("name", "pk")


def refuse(words, recommendation, *, before=None, on: date):
    """Everything that is wrong at once, beside its field. `before`: the words that it had."""
    problems = {}
    if not words.text:
        problems["text"] = "Write what is to be done"
    elif len(words.text) > LONGEST_TEXT:
        problems["text"] = f"Write {LONGEST_TEXT:,} characters or fewer"
    if len(words.number) > LONGEST_NUMBER:
        problems["number"] = f"The number must be {LONGEST_NUMBER} characters or fewer"
    if words.lead and words.lead.review_id != recommendation.review_id:
        problems["lead"] = OTHER_REVIEW
    if any(part.review_id != recommendation.review_id for part in words.joint_leads):
        problems["joint_leads"] = OTHER_REVIEW
    if not before or (words.owner, words.leads) != (before.owner, before.leads):
        problems |= wrong_with_owner(words, leads_of(words, recommendation))
    if not before or not is_same_target(words.target, before.target):
        problems |= wrong_with_target(words.target, recommendation.review, moves=before, on=on)
    if problems:
        raise ValidationError(problems)


def wrong_with_owner(words, leads):
    problems = {}
    if words.owner and not people_of(leads).filter(pk=words.owner.pk).exists():
        problems["owner"] = NOT_THEIRS
    if len(words.owner_as_written) > LONGEST_OWNER:
        problems["owner_as_written"] = f"Write {LONGEST_OWNER} characters or fewer"
    return problems


def leads_of(words, recommendation):
    """Who leads it in the end: what names nobody is led by whoever leads the recommendation."""
    if words.lead:
        return words.leads
    links = recommendation.lead_links.filter(is_accountable=True).select_related("participation")
    return (*(link.participation for link in links), *words.joint_leads)


def wrong_with_target(target, review, *, moves, on):
    """A plan that is written down late may have a date that has passed; one that moves is to come."""
    if target.precision == "invalid":
        return {"target": NOT_A_DATE}
    if target.latest is None or target.latest >= on:
        return {}
    if moves:
        return {"target": IN_THE_PAST}
    told = review.milestones.filter(milestone=Milestone.NOTIFIED).order_by("pk").last()
    if told and told.on and target.latest < told.on.earliest:
        return {"target": BEFORE_THE_REVIEW}
    return {}
