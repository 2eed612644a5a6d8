"""Headings that reports of these shapes have, by which a heading is known that nothing else tells."""

import re

KNOWN = frozenset(
    """
    introduction|preface|condolences|tribute|timescales|confidentiality|terms of reference|methodology
    scope of the review|the review process|contributors to the review|the review panel members
    the review panel|panel members|author of the overview report
    parallel reviews|equality and diversity|dissemination|background information|background
    the facts|chronology|summary chronology|overview|analysis|conclusion|conclusions|definitions
    lessons to be learnt|lessons to be learned|lessons learnt|lessons learned|lessons identified
    key findings|key issues|key issues arising from the review|findings|key lines of enquiry|timeline
    recommendations|recommendations from the review|single agency recommendations|good practice
    multi-agency recommendations|predictability and preventability|predictability|preventability
    purpose of the review|purpose of a domestic homicide review|establishing the review
    involvement of family and friends|family involvement|the victim|the perpetrator|action plan|glossary
    """.strip()
    .replace("\n", "|")
    .replace("    ", "")
    .split("|")
)
ENDS = re.compile(r"[\s:.–-]+$|\s*\[[^\]]{1,20}\]\s*$|\s*\([^)]{1,20}\)\s*$")


def is_known(text):
    return ENDS.sub("", ENDS.sub("", text)).replace("/", " and ").casefold() in KNOWN
