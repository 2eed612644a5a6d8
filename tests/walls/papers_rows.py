"""A final paper about one review, given to everybody who reads the plan and to the board: the one-page
summary, so that a board that reads the words of a plan anywhere else is found out."""

from actionplans.papers.kinds import Kind
from tests.factories.actionplans_papers import final_paper


def make_papers(rows):
    rows.plan_paper = final_paper(rows.one, kind=Kind.SUMMARY, by=rows.chair, is_given=True)
