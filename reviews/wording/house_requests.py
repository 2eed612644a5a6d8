"""The house's own templates of what agencies write. See house.py: none is an official text."""

IMR_TEMPLATE = """
# Introduction

This individual management review of {{ recipient.name }} is made for the {{ review.label }} {{ review.reference }}, held by {{ partnership.name }}. It is due on {{ reply.by }}.

[What your organisation does, and in which of its services it met the people concerned.]

# The people concerned

{{ subjects }}

Use these pseudonyms throughout. Name nobody else either: write the relationship or the post.

# The author, and independence

- Post of the author:
- The author had no part in the case and has not managed anybody who had:
- Experience of work like this:
- Post of the senior manager who signs this off:

# Family and household

[Who lived together and who is related to whom, as far as your records say.]

# Terms of reference

The timeframe is from {{ timeframe.from }} to {{ timeframe.to }}, with earlier contact where it matters.

{{ terms.list }}

Key lines of enquiry:

{{ lines.list }}

# Methodology

- Systems and paper records searched:
- Records that are missing or were destroyed, when, and under which policy:
- Staff spoken with, by post, and when:
- Policies looked at:

Before you speak with staff while criminal proceedings go on, ask whoever coordinates the review.

# Parallel reviews and proceedings

[Any other review, inquiry or disciplinary matter in your organisation about the same events.]

# Chronology of involvement

[A summary here. The full chronology goes in the Excel file or in the table that you already have.]

# Analysis of involvement

[Contact by contact: what was assessed and decided, why, which services were offered, and how it compares with policy. Where information was shared or should have been. What was missed, and why that made sense to people at the time.]

# Addressing the terms of reference

[Take each in its turn, and say where your organisation has nothing to add.]

{{ terms.list }}

# Equality and diversity

[Age, disability, gender reassignment, marriage and civil partnership, pregnancy and maternity, race, religion or belief, sex, sexual orientation: which of them mattered, and what was done.]

# Effective practice

[What was done well and should be done again.]

# Lessons learnt

1. [One lesson in each number: in your organisation, and between organisations.]

# Recommendations

1. [What is to be done, by which post, by when, and how you will know that it has worked.]

# Already done

[What has been put right since, with the day and the proof.]

# Sign-off by a senior manager

- Post:
- Date:
- This is a full and fair account of the part of {{ recipient.name }}:
"""

REPORT_TEMPLATE = """
# Who writes

{{ recipient.name }}, for the {{ review.label }} {{ review.reference }}, held by {{ partnership.name }}. Due on {{ reply.by }}.

- Post of the author:
- The author had no part in the case and has not managed anybody who had:

# The people concerned

{{ subjects }}

Use these pseudonyms throughout. Name nobody else either: write the relationship or the post.

# What your organisation knew

[From {{ timeframe.from }} to {{ timeframe.to }}: which contact there was, when, and what came of it. Half a page is often enough.]

# What your organisation did with it

[Who was told, and what was offered.]

# What you would do otherwise today

[One or two lessons, if there are any.]

# Records

[Which systems you searched, and whether anything is missing or was destroyed, when, and under which policy.]
"""
