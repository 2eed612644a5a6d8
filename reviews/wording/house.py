"""The house's own texts, used until a partnership has made its own.

Written for this product in its own words. None is copied from guidance, and none has been approved
by anybody: each partnership checks them against the guidance in force and makes its own version.
"""

from datetime import date

from reviews.wording.house_requests import IMR_TEMPLATE, REPORT_TEMPLATE
from reviews.wording.kinds import Kind

HOUSE_SOURCE = "Built into this service, not an official text. To be checked against current guidance before use."
# The first day on which a statutory review could be set up, so that every review finds a text.
SINCE = date(2011, 4, 13)

_HOME_OFFICE_DECISION = """
{{ letter.date }}

To the Home Office

Our reference: {{ review.reference }}

{{ partnership.name }} was told on {{ notification.date }} of a death that appears to be related to domestic abuse. On {{ decision.date }} the partnership decided {{ decision.outcome }}.

# Reasons for the decision

{{ decision.reasons }}

# What happens next

We are appointing an independent chair and a panel. {{ clock.sentence }} If a date has to move, we will write to you with the reasons.

This letter names nobody. If you need particulars of the people concerned, please tell us how you wish to receive them.

Please acknowledge this letter.

Yours faithfully

{{ sender.name }}
{{ sender.role }}, for {{ partnership.name }}
"""

_HOME_OFFICE_NO_REVIEW = """
{{ letter.date }}

To the Home Office

Our reference: {{ review.reference }}

{{ partnership.name }} was told on {{ notification.date }} of a death and considered whether to hold a domestic homicide review. On {{ decision.date }} the partnership decided {{ decision.outcome }}.

# Reasons for the decision

{{ decision.reasons }}

# What we looked at

We asked the agencies that may have known the people concerned what they knew, and considered their answers against our recorded criteria. The record of the decision, with any view that differed, is kept and can be sent to you.

We will look at the decision again if new information comes to light. Please tell us whether you agree with it, and acknowledge this letter.

Yours faithfully

{{ sender.name }}
{{ sender.role }}, for {{ partnership.name }}
"""

_FAMILY_FIRST = """
{{ letter.date }}

Dear {{ recipient.name }}

We are very sorry for your loss. We write to tell you about a review, and to ask whether and how you would like to take part in it. You do not have to decide anything now.

# What the review is

{{ partnership.name }} is holding a {{ review.label }}. It looks at how services worked, separately and together, before the death, so that others can be better protected. It does not blame anyone, and it does not take the place of the police investigation, a trial or an inquest.

# How you can take part

- You can tell us about the person you have lost, and what you would like the review to ask.
- You can meet the chair, {{ chair.name }}, write, telephone, or send somebody to speak for you.
- You can see what the review will look at, and read the report in private before it is finished.
- You can choose how much, when and how, and change your mind at any time.

# Somebody on your side

You may have a specialist advocate, who is independent of us and costs you nothing. With this letter come leaflets about the review and about advocacy. If you would like us to put you in touch with an advocate, please tell us.

If you would like to answer, {{ reply.by }} would help us, but a later answer is just as welcome. If you would rather not hear from us again, tell us and we will respect it.

Yours sincerely

{{ sender.name }}
{{ sender.role }}, {{ partnership.name }}
"""

_AGENCY_SCOPING = """
{{ letter.date }}

To {{ recipient.name }}

Our reference: {{ review.reference }}

{{ partnership.name }} has been told of a death and is considering whether to hold a {{ review.label }}. The people concerned are {{ subjects }}. Their names and dates of birth reach you separately, by a secure way.

# What we ask you to do

1. Search every system and paper record for each of these people, former names and addresses included.
2. Secure what you find now, so that nothing is changed, archived or destroyed.
3. Tell us by {{ reply.by }} whether you knew any of them, from when to when, and in what way. A “not known” is an answer that we need.
4. Tell us of any record that has already been destroyed, and when.
5. If you see that somebody is at risk today, act on it at once in your usual way and then tell us.

Please do not send the records themselves yet, and do not speak about this request outside your organisation.

Yours faithfully

{{ sender.name }}
{{ sender.role }}, for {{ partnership.name }}
"""

_AGENCY_IMR_REQUEST = """
{{ letter.date }}

To {{ recipient.name }}

Our reference: {{ review.reference }}

{{ partnership.name }} is holding a {{ review.label }}, chaired by {{ chair.name }}. Your organisation knew at least one of the people concerned, {{ subjects }}. We ask you for an individual management review (IMR) and a chronology.

# What we need

- A chronology of every contact from {{ timeframe.from }} to {{ timeframe.to }}, with any earlier contact that matters.
- An account of what was done and why, measured against the terms of reference that come with this letter.
- What was done well, what you have learnt, and what you will change, and which post will do each action.
- Anything that cannot wait for the report: please act on it now and tell us.

# Who should write it

Somebody senior enough to see all records and speak with staff, who had no part in the case and did not manage anybody who had. A senior officer signs it off before it comes to us.

Please send both by {{ reply.by }}. If that cannot be done, tell us early, with the reason and the date that can.

Yours faithfully

{{ sender.name }}
{{ sender.role }}, for {{ partnership.name }}
"""

_COMMISSIONER_REPORT = """
{{ letter.date }}

To the Domestic Abuse Commissioner

Our reference: {{ review.reference }}

{{ partnership.name }} completed the report of this {{ review.label }} on {{ report.completed }}. As the law asks of us, we send you the report with its conclusions. The report uses pseudonyms.

The action plan comes with it. We will tell you when the report is published, and would be glad to hear of anything in it that matters beyond our area.

Please acknowledge this letter.

Yours faithfully

{{ sender.name }}
{{ sender.role }}, for {{ partnership.name }}
"""

_AGENDA = """
1. Welcome, apologies and deputies
2. Conflicts of interest and confidentiality
3. Minutes and actions of the last meeting
4. Criminal proceedings, inquest and other reviews
5. Family and friends: contact, wishes and questions
6. Terms of reference
7. Individual management reviews and chronologies: what has come, what is awaited
8. Combined chronology: gaps and contradictions
9. Key lines of enquiry
10. Equality and diversity
11. Learning that cannot wait for the report
12. Drafting
13. Publication and media
14. Dates and any other business
"""

_TERMS_PURPOSES = """
1. To find out what can be learnt from the death about the way in which professionals and organisations, separately and together, safeguard people who suffer domestic abuse.
2. To say clearly what those lessons are, for each organisation and between them, by when they will be acted upon, and what is expected to change.
3. To apply those lessons to how services respond, and to local and national policies and procedures.
4. To prevent domestic abuse and deaths related to it, and to improve services for everybody affected and their children, by acting early and together.
5. To help everybody understand better the nature of domestic violence and abuse.
6. To show what was done well.
"""

_DECISION_CRITERIA = """
1. Somebody aged 16 or over has died, or appears to have died.
2. The death was, or appears to have been, the result of violence, abuse, neglect or domestic abuse, suicide included.
3. The person who caused it, or whose abuse led to it, was a relative, a present or former intimate partner, or a member of the same household.
4. The person who died lived in the area of this partnership, or another partnership has asked this one to lead.
5. No other review is under way that would bring out the same lessons, or the two can be held together.
"""

HOUSE = {
    Kind.HOME_OFFICE_DECISION: ("Decision to hold a review", _HOME_OFFICE_DECISION),
    Kind.HOME_OFFICE_NO_REVIEW: ("Decision not to hold a review", _HOME_OFFICE_NO_REVIEW),
    Kind.FAMILY_FIRST: ("A review, and your part in it", _FAMILY_FIRST),
    Kind.AGENCY_SCOPING: ("Request to search and secure your records", _AGENCY_SCOPING),
    Kind.AGENCY_IMR_REQUEST: ("Request for an individual management review", _AGENCY_IMR_REQUEST),
    Kind.COMMISSIONER_REPORT: ("Report of a completed review", _COMMISSIONER_REPORT),
    Kind.AGENDA: ("Agenda: {{ meeting.title }}, {{ meeting.date }}", _AGENDA),
    Kind.TERMS_PURPOSES: ("Purposes of the review", _TERMS_PURPOSES),
    Kind.DECISION_CRITERIA: ("Criteria for holding a review", _DECISION_CRITERIA),
    Kind.IMR_TEMPLATE: ("Individual management review (IMR)", IMR_TEMPLATE),
    Kind.REPORT_TEMPLATE: ("Information report", REPORT_TEMPLATE),
}
