"""Somebody on their way through a review: what they click, type and see, and how the pages fit."""

import datetime
import re
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import expect

from tests import axe
from tests.journeys.conftest import tab_to


class Walk:
    """Each page that they meet for the first time is looked at, by rule and by measure."""

    def __init__(self, page, start="/", *, with_rules=True):
        """`with_rules` False: in a browser without scripts, in which the rules cannot be run."""
        self.page, self.start, self.with_rules = page, start, with_rules
        self.seen, self.faults = set(), []
        self._look()

    def begin(self, *links):
        """From where they start each time, by one link after another."""
        self.goto(self.start)
        self.follow(*links)

    def goto(self, address):
        self.page.goto(address)
        self._look()

    def follow(self, *links):
        for name in links:
            self._click("link", name)

    def press(self, *buttons):
        """Buttons, and links that look like one and say that they are."""
        for name in buttons:
            self._click("button", name)

    def follow_by_key(self, *links):
        for name in links:
            self._reach("link", name)

    def press_by_key(self, *buttons):
        for name in buttons:
            self._reach("button", name)

    def fill(self, answers):
        """{"Label of a field": what is typed or chosen}; a date goes into its three boxes."""
        for label, answer in answers.items():
            self._answer(label, answer)

    def sees(self, *texts):
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def _click(self, role, name):
        # Many names go on for those who hear the page: "End it, the pause from 1 June 2026".
        said = re.compile(rf"^{re.escape(name)}(\W|$)")
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=said).first.click()
        self._look()

    def _reach(self, role, name):
        """Along the page with the Tab key, and on with Enter."""
        said = re.compile(rf"^{re.escape(name)}(\W|$)")
        with self.page.expect_navigation():
            tab_to(self.page, self.page.get_by_role(role, name=said).first)
            self.page.keyboard.press("Enter")
        self._look()

    def _answer(self, label, answer):
        group = self.page.get_by_role("group", name=label, exact=True)
        field = group.or_(self.page.get_by_label(label, exact=True)).first
        kind = field.evaluate("one => one.type || one.tagName")
        if isinstance(answer, datetime.date):
            for box, number in zip(("Day", "Month", "Year"), _figures(answer), strict=True):
                group.get_by_label(box, exact=True).fill(number)
        elif kind.lower() == "fieldset":
            group.get_by_label(answer, exact=True).check()
        elif kind == "select-one":
            field.select_option(answer)
        elif kind == "checkbox":
            field.set_checked(answer)
        else:
            field.fill(answer)

    def _look(self):
        name = resolve(urlsplit(self.page.url).path).view_name
        if name in self.seen:
            return
        self.seen.add(name)
        if self.with_rules:
            self._ask_the_rules(name)
        width = self.page.viewport_size["width"]
        if (wide := self.page.evaluate("document.documentElement.scrollWidth")) > width:
            self.faults.append(f"{name}: {wide} wide on a screen of {width}")

    def _ask_the_rules(self, name):
        self.faults += [f"{name}: {axe.said(rule)}" for rule in axe.violations(self.page)]


def _figures(day):
    return str(day.day), str(day.month), str(day.year)
