"""What can be done with a set: which form asks for it, who may, from which state, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass, field

from reports.models import Released, ReleasedFile, Side
from reports.release import around, forms, publishing, services
from reviews import rules

_OUT = frozenset({Released.PUBLISHED, Released.TAKEN_DOWN})
WAITING = frozenset({Released.PROPOSED, Released.SIGNED_OFF})
_AROUND = WAITING | _OUT | {Released.WITHDRAWN}


@dataclass(frozen=True)
class Step:
    """`act(release, by, said)` does it; `asked(release, user)` is what its form is made with."""

    link: str  # as the page of the set calls it
    heading: str
    button: str
    done: str
    form: type
    allowed: Callable  # (access, review)
    states: frozenset
    act: Callable
    intro: str = ""
    tone: str = ""
    shows_files: bool = False  # whoever does it says that they know them
    signs: bool = False  # and what stands against calling them finished
    asked: Callable = field(default=lambda release, user: {})
    begins: Callable = field(default=lambda release: {})
    waits: Callable = field(default=lambda access, release: True)  # there is something left to do
    is_stopped: bool = False  # by a hold of publication
    shows_plan: bool = False  # and what of it is not done


def side_of(access, review):
    """For which of the two somebody signs, or None."""
    if rules.can_sign_for_partnership(access, review):
        return Side.PARTNERSHIP
    return Side.CHAIR if rules.can_sign_as_chair(access, review) else None


def is_to_sign(access, release):
    """Their side has not signed it, and neither have they."""
    signed = {one.by_id for one in release.sign_offs.all()}
    side = side_of(access, release.review)
    return side in release.sides_to_come and access.user.pk not in signed


def _sign(release, access, said):
    said.pop("has_read")
    services.sign_off(release, side=side_of(access, release.review), by=access.user, **said)


def _with(service):
    def act(release, access, said):
        service(release, by=access.user, **said)

    return act


def _mark(release, access, said):
    around.mark(said.pop("step"), by=access.user, **said)


def _files(release, user):
    rows = ReleasedFile.objects.visible_to(user).filter(release=release)
    return {"files": rows.select_related("rendering__document").defer("rendering__values")}


def _steps(release, user):
    return {"steps": release.plan.all()}


# Before it goes out. A review that has ended takes none of these.
BEFORE = {
    "sign-off": Step(
        link="Sign it off",
        heading="Sign off the set",
        button="Sign off",
        done="Your sign-off is kept with the digest of each file.",
        form=forms.SignOffForm,
        allowed=lambda access, review: side_of(access, review) is not None,
        states=frozenset({Released.PROPOSED}),
        act=_sign,
        waits=is_to_sign,
        is_stopped=True,
        begins=lambda release: {"seen": release.digest},
        shows_files=True,
        signs=True,
        intro="The chair and the partnership each sign off exactly these files: two different people. "
        "A version that is made anew needs a new set.",
    ),
    "first-day": Step(
        link="Change the first day of publication",
        heading="Change the first day of publication",
        button="Change it",
        done="The first day of publication is changed.",
        form=forms.FirstDayForm,
        allowed=rules.can_write_documents,
        states=WAITING,
        act=_with(services.move_first_day),
    ),
    "publish": Step(
        link="Record that it is published",
        heading="Record the publication",
        button="Save",
        done="The publication is in the register.",
        form=forms.PublishForm,
        allowed=rules.can_publish,
        states=frozenset({Released.SIGNED_OFF}),
        act=_with(publishing.publish),
        is_stopped=True,
        shows_plan=True,
        shows_files=True,
        intro="Put the files on the partnership’s site first. The first overview report that is "
        "published sets the clock, and moves the review on to monitoring its action plan.",
    ),
    "call-off": Step(
        link="Call it off",
        heading="Call off this release",
        button="Call it off",
        done="The release is called off. Its files can stand in another set.",
        form=forms.CallOffForm,
        allowed=rules.can_write_documents,
        states=WAITING,
        act=_with(services.call_off),
        tone="warning",
    ),
}
# Around publication day and after it, however long.
AFTER = {
    "given": Step(
        link="Record who was given it",
        heading="Who was given the set?",
        button="Save",
        done="It is kept who was given which files.",
        form=forms.HandOverForm,
        allowed=rules.can_write_documents,
        states=_OUT | {Released.SIGNED_OFF},
        act=_with(around.hand_over),
        asked=_files,
    ),
    "plan": Step(
        link="Add a step to the plan",
        heading="Add a step to the plan for publication day",
        button="Add it",
        done="The step is in the plan.",
        form=forms.PlanForm,
        allowed=rules.can_write_documents,
        states=_AROUND,
        act=_with(around.plan),
    ),
    "mark": Step(
        link="Say what became of a step",
        heading="What became of a step of the plan?",
        button="Save",
        done="It is kept what became of the step.",
        form=forms.MarkForm,
        allowed=rules.can_write_documents,
        states=_AROUND,
        act=_mark,
        asked=_steps,
    ),
    "take-down-day": Step(
        link="Change the day of taking down",
        heading="Change the day on which the set is to be taken down",
        button="Change it",
        done="The day of taking down is changed.",
        form=forms.TakeDownDayForm,
        allowed=rules.can_publish,
        states=frozenset({Released.PUBLISHED}),
        act=_with(publishing.move_take_down),
        begins=lambda release: {"to": release.take_down_on},
    ),
    "take-down": Step(
        link="Record that it was taken down",
        heading="Record that the set was taken down",
        button="Save",
        done="The set is taken down. It stays in the register.",
        form=forms.TakeDownForm,
        allowed=rules.can_publish,
        states=frozenset({Released.PUBLISHED}),
        act=_with(services.take_down),
    ),
    "withdraw": Step(
        link="Withdraw it",
        heading="Withdraw the set",
        button="Withdraw it",
        done="The set is withdrawn. It stays in the register, without its files.",
        form=forms.WithdrawForm,
        allowed=rules.can_publish,
        states=_OUT,
        act=_with(services.withdraw),
        tone="warning",
        intro="For what should not have gone out so. Take it off the site first.",
    ),
}


def open_to(access, release, steps, *, is_held):
    """[(name, link)] of those that this person can take now; `is_held`: a hold stops publication."""
    return [
        (name, step.link)
        for name, step in steps.items()
        if release.state in step.states
        and step.allowed(access, release.review)
        and step.waits(access, release)
        and not (is_held and step.is_stopped)
    ]
