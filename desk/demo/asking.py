"""Updates that people of the demonstration were asked for, and what silence came of it."""

from django.utils import timezone

from actionplans.asking.daily import ask_for_updates
from actionplans.asking.schedules import Schedules


def ask_on_the_day(partnership):
    """As on the last day on which the schedule asked: before anybody reported anything."""
    if due := Schedules(partnership).due(timezone.localdate()):
        ask_for_updates(on=due.on)


def tell_of_silence():
    """What today brings; safe to repeat."""
    ask_for_updates(on=timezone.localdate())
