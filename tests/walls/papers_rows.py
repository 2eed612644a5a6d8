"""A final paper about one review, given to everybody who reads the plan."""

from tests.factories.actionplans_papers import final_paper


def make_papers(rows):
    rows.plan_paper = final_paper(rows.one, by=rows.chair, is_given=True)
