"""How a review went through its stages, and the tasks of each stage."""

from reviews.lifecycle.models.course import LeftOpen, StageMove, StateChange
from reviews.lifecycle.models.tasks import ListedTask, TaskList, TaskMark

__all__ = ["LeftOpen", "ListedTask", "StageMove", "StateChange", "TaskList", "TaskMark"]
