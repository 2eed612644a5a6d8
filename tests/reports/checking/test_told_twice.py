"""One thing told in two short sentences, far apart: what only one of them can have right is found, and what
can both be so is left alone."""

import pytest

from reports.checking import check
from tests.reports.checking.made_up import report

GAINSAID = [
    # what happens once, or not twice within weeks
    ("dates", "A strategy meeting was held on 12 June 2012 at the hospital.", "The strategy meeting took place on 21 June 2012 at the hospital."),
    ("dates", "The case was heard at MARAC on 4 July 2017.", "The MARAC meeting took place on 11 July 2017."),
    ("dates", "A child protection conference was held on 3 May 2016.", "The child protection conference on 10 May 2016 was attended by the school."),
    ("dates", "Adult B was charged with murder on 16 March 2018.", "On 18 March 2018 Adult B was charged with the murder of Adult A."),
    ("dates", "The inquest was opened on 3 April 2018.", "The inquest opened on 13 April 2018."),
    ("dates", "Adult B was remanded in custody on 12 March 2018.", "Adult B was remanded on 21 March 2018."),
    ("dates", "Adult B was released on bail on 5 May 2016.", "Adult B was released on bail on 15 May 2016."),
    ("dates", "Adult B's trial began on 20 August 2018.", "The trial of Adult B began on 27 August 2018."),
    ("dates", "The non-molestation order was granted on 2 February 2016.", "A non-molestation order was made on 12 February 2016."),
    ("dates", "Adult A's tenancy began on 1 October 2014.", "The tenancy of Adult A started on 10 October 2014."),
    ("dates", "Adult A was discharged from hospital on 6 May 2016.", "Adult A was discharged home on 8 May 2016."),
    ("dates", "Adult A and Adult B separated in June 2016.", "Adult A separated from Adult B in November 2016."),
    ("dates", "The review was completed in June 2019.", "The review was completed in October 2019."),
    # counted from another day
    ("dates", "Adult A was assaulted on 12 September 2017. She died four days after the assault on 12 September 2017.", "Adult A died on 14 September 2017."),
    # the time under review
    ("dates", "The review covers the period from 1 January 2010 to 10 March 2018.", "The scope of the review is from 1 January 2009 to 10 March 2018."),
    # of one day
    ("dates", "At 22:15 on 4 May 2016 a neighbour called the police.", "The neighbour rang the police at 21:50 on 4 May 2016."),
    ("dates", "The ambulance arrived at 10.15pm on 9 March 2018.", "The ambulance arrived at 23.05 hours on 9 March 2018."),
    ("counts", "On 4 May 2016 a DASH assessment was completed with a score of 9.", "The DASH of 4 May 2016 scored 14."),
    ("states", "On 4 May 2016 the DASH was graded high risk.", "The risk on 4 May 2016 was assessed as medium."),
    ("counts", "Adult A weighed 48 kg when she was admitted on 3 May 2016.", "On 3 May 2016 Adult A weighed 58 kg."),
    ("counts", "Adult B was fined £120 on 7 July 2016.", "Adult B was fined £210 on 7 July 2016."),
    ("opposites", "The health visitor saw Adult A at home on 6 June 2016.", "The health visitor saw Adult A at the clinic on 6 June 2016."),
    # how somebody was killed
    ("states", "Adult A was killed with a kitchen knife.", "Adult B killed Adult A with a hammer."),
    ("states", "Adult A was strangled with a scarf.", "Adult A was strangled with a belt."),
    ("states", "The cause of death was strangulation.", "The post mortem found that Adult A died of stab wounds."),
    ("states", "Adult A was found dead in the kitchen.", "Her body was found in the bedroom."),
    ("states", "Adult A had 14 stab wounds.", "The post mortem found 17 stab wounds."),
    ("states", "The body of Adult A was found by a neighbour.", "Adult A was found dead by her mother."),
    # alike but for one thing
    ("counts", "Adult B had 23 previous convictions.", "Adult B had 32 previous convictions."),
    ("counts", "Adult A was pregnant with her third child in 2016.", "Adult A was pregnant with her second child in 2016."),
    ("opposites", "The housing application was refused in May 2016.", "The housing application was accepted in May 2016."),
    ("dates", "Adult A took an overdose on 3 May 2016.", "Adult A took an overdose on 5 May 2016."),
    ("dates", "The injunction expired on 3 June 2017.", "The injunction expired on 3 July 2017."),
    ("dates", "Adult A met Adult B in 2012.", "Adult A met Adult B in 2014."),
    ("dates", "The chair was appointed in March 2018.", "The chair was appointed in May 2018."),
    ("denials", "Adult A's family took part in the review.", "Adult A's family did not take part in the review."),
    ("denials", "Adult B had no previous convictions.", "Adult B had 12 previous convictions."),
    ("states", "Adult A's mother lives in Leeds.", "Adult A's mother lives in Hull."),
    ("relations", "Adult C is the brother of Adult B.", "Adult C, a cousin of Adult B, was told."),
    ("outcomes", "Adult B was sentenced to life for the murder of Adult A. He must serve 19 years.", "Adult B must serve at least 17 years for the murder."),
]  # fmt: skip

BOTH_CAN_BE = [
    # held, arrested, referred and seen more than once
    ("The core group meeting was held on 3 May 2016.", "The core group meeting on 14 June 2016 was attended by the school."),
    ("Adult A was discussed at MARAC on 4 July 2016.", "Adult A was discussed at MARAC again on 11 July 2016."),
    ("Adult B was arrested on 3 May 2016 and again on 5 May 2016.", "On 5 May 2016 Adult B was arrested for theft."),
    ("The strategy meeting planned for 3 May 2016 was postponed to 10 May 2016.", "The strategy meeting was held on 10 May 2016."),
    ("Adult A was admitted to hospital on 3 May 2016.", "Adult B was admitted to hospital on 5 May 2016."),
    ("Adult B was charged with theft on 3 May 2014.", "Adult B was charged with assault on 9 August 2016."),
    ("Adult A was referred to the IDVA service on 3 May 2016.", "Adult A was referred to social care on 10 May 2016."),
    ("On 3 May 2016 Adult A saw her nurse.", "On 12 May 2016 Adult A saw her nurse."),
    ("Adult A rang the helpline on 3 May 2016.", "Adult A rang the helpline on 13 May 2016."),
    ("Adult A took medication from 3 May 2016.", "Adult A took medication until 9 May 2016."),
    ("Adult A was offered an advocate in May 2016.", "Adult A was not offered an advocate in June 2017."),
    ("Adult A had no injuries to her face.", "Adult A had injuries to her arms."),
    # other hours, grades and sums
    ("At 22:15 on 11 May 2017 a neighbour called the police.", "At 23:40 on 11 May 2017 Adult B was arrested."),
    ("The risk to Adult A was high on 4 May 2016.", "The risk to Adult A was medium on 9 June 2016."),
    ("Adult B was fined £120 in 2014.", "Adult B was fined £210 in 2016."),
    ("Adult A had two jobs in 2014.", "Adult A had three jobs in 2016."),
    # other deaths and other wounds
    ("Adult A was found in the bedroom asleep.", "Adult A was found dead in the hallway."),
    ("Adult B threatened to kill Adult A with a hammer.", "Adult A was killed with a knife."),
    ("Adult A had 14 stab wounds.", "Adult B had two stab wounds."),
    ("Adult A was killed with a knife and a hammer.", "Adult A was killed with a hammer."),
    ("The cause of death was asphyxia.", "Adult A died of strangulation."),
    # another time under review
    ("The review covers the period from 1 January 2010 to 10 March 2018.", "The IMR of the surgery covers the period from 1 January 2009 to 10 March 2018."),
    # what changes
    ("Adult A lived in Leeds until 2014.", "Adult A's mother lives in Hull."),
    ("Adult C is the brother of Adult B.", "Adult C is the uncle of Adult D. Adult D was told."),
    ("Adult A died two days after the assault.", "Adult A died on 10 March 2018."),
]  # fmt: skip


def _found(first, second):
    return check(report(("3", first), ("6", second))).contradictions


def _planted(found):
    """Those that rest on what was planted."""
    return [one for one in found if {place.name for place in one.places} & {"3.4", "6.3"}]


@pytest.mark.parametrize(("kind", "first", "second"), GAINSAID)
def test_what_cannot_both_be_so_is_found(kind, first, second):
    kinds = [str(one.kind) for one in _planted(_found(first, second))]

    assert kind in kinds


@pytest.mark.parametrize(("first", "second"), BOTH_CAN_BE)
def test_what_can_both_be_so_is_left_alone(first, second):
    assert _found(first, second) == ()


def test_one_thing_that_two_rules_find_is_told_once():
    found = _found(
        "A strategy meeting was held on 12 June 2012 at the hospital.",
        "The strategy meeting took place on 21 June 2012 at the hospital.",
    )

    assert len(found) == 1


def test_a_paragraph_that_gives_both_dates_knows_of_two():
    document = report(
        ("3", "A strategy meeting was held on 12 June 2012."),
        ("4", "There were strategy meetings on 12 June 2012 and 21 June 2012."),
        ("6", "The strategy meeting took place on 21 June 2012."),
    )

    assert check(document).contradictions == ()
