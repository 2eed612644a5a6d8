"""A corrected file meets a plan that was changed here: what somebody wrote here stays, and is reported."""

from types import SimpleNamespace

from django.utils import timezone

from actionplans.comparing import pair
from actionplans.models import Action
from actionplans.progress.models import DateMove
from foundations.dates import PartialDate

KIND = "changed here"
# What the file claims of an action is the file's to say, however its words were changed here.
_CLAIMS = ("claimed_status", "status_as_written", "claimed_completed", "outcome")


class _Row:
    """An action as `pair` compares things: in the file's own words."""

    group = ""

    def __init__(self, action):
        words = action.file_words or {"number": action.number, "text": action.text}
        self.action, self.number, self.text = action, words["number"], words["text"]


def match_actions(one, row):
    """The file's actions of a recommendation onto those that are there, which are followed."""
    from_file = one.actions.filter(key=None)  # what was added by hand is in no file
    had = [_Row(action) for action in from_file.filter(withdrawn_at=None)]
    gone = [_Row(action) for action in from_file.filter(removed_by__isnull=False)]
    brought = [
        SimpleNamespace(
            number=action["number"], group="", text=action["text"], position=position, values=action
        )
        for position, action in enumerate(row.actions, start=1)
    ]
    pairs = pair([*had, *gone], [], brought)
    told = [text for kept, new in pairs.matched if (text := _take(kept.action, new))]
    for new in pairs.added:
        Action.objects.create(recommendation=one, position=new.position, **new.values)
    told += [text for kept in pairs.removed if (text := _drop(kept.action))]
    _report(one, told)


def _take(action, new):
    """What there is to say of it, where the file and somebody here say different things."""
    values = new.values
    if action.file_words is None:
        for name, value in {"position": new.position, **values}.items():
            setattr(action, name, value)
        action.save()
        return ""
    theirs = {
        name: value for name, value in _file_words(values).items() if _is_news(action, name, value)
    }
    against = [name for name in theirs if action.withdrawn_at or _is_ours(action, name)]
    for name in theirs.keys() - set(against):
        setattr(action, name, values[name])
    for name in _CLAIMS:
        setattr(action, name, values[name])
    action.file_words = _file_words(values)
    action.save()
    if not against:
        return ""
    said = f"The corrected file now says “{_told(values)}”"
    if action.withdrawn_at:
        return f"{_named(action)} was taken away here. {said}. It stays away."
    return f"{_named(action)} was changed here. {said}. What was written here stays."


def _file_words(values):
    return {name: values[name] for name in ("number", "text", "target_as_written")} | {
        "target": (values["target"] or PartialDate.none()).to_json()
    }


def _is_news(action, name, value):
    """The same again is none."""
    return action.file_words[name] != value


def _is_ours(action, name):
    """Whether it was changed here; of a target, either its words or its days."""
    now = _file_words(vars(action) | {"target": action.target})
    names = ("target", "target_as_written") if name.startswith("target") else (name,)
    return any(action.file_words[each] != now[each] for each in names)


def _told(values):
    target = values["target_as_written"] or str(values["target"] or "")
    return ", ".join(text for text in (values["text"], target) if text)


def _drop(action):
    if action.withdrawn_at:
        return ""
    if action.file_words is not None:
        return (
            f"{_named(action)} was changed here, and the corrected file no longer has it. It stays."
        )
    action.withdrawn_at = timezone.now()
    action.save(update_fields=["withdrawn_at"])
    return ""


def _named(action):
    return f"The action “{action.text}”"


def _report(one, told):
    if told:
        one.doubts += [
            {"column": "actions", "message": text, "kind": KIND, "settled": False} for text in told
        ]
        one.save(update_fields=["doubts"])


# --- The recommendation itself ------------------------------------------------------------------


def moved_here(review):
    """{recommendation id: what the file said} of those whose own target was moved here."""
    moves = DateMove.objects.filter(row__review=review, row__action=None).order_by("-pk")
    return dict(moves.values_list("row__recommendation", "old_as_written"))


def keep_target(one, row, file_said):
    """A target that was moved here outlives a corrected file, which may say a third thing."""
    brought = row.values["target_as_written"]
    if brought not in {one.target_as_written, file_said}:
        said = f"The corrected file gives the target date “{brought}”"
        _add_doubt(one, "target", f"{said}, but it was moved here. The date given here stays.")


def _add_doubt(one, column, message):
    if message not in {doubt["message"] for doubt in one.doubts}:
        one.doubts.append({"column": column, "message": message, "kind": KIND, "settled": False})


def keep_milestones(one, row):
    """Whether milestones that were changed here stay; the file's own are then told."""
    if not one.own_milestones:
        return False
    here = {milestone.text for milestone in one.milestones.all()}
    if others := [each["text"] for each in row.milestones if each["text"] not in here]:
        listed = "; ".join(f"“{text}”" for text in others)
        said = "The milestones were changed here, and those stay. The corrected file has"
        _add_doubt(one, "milestones", f"{said}: {listed}.")
        one.save(update_fields=["doubts"])
    return True
