"""What a review that has ended still takes. All else is refused; reading stays as it was.

Named are the pages that still make sense: exporting and revealing are reading; letters, the log of
contact and the clock finish what the ending itself brings about; somebody in danger is in danger
whatever became of the review; who has access is nobody's case work.
"""

from django.core.exceptions import ValidationError

from reviews.rules import State

STILL_WORKS = frozenset(
    {
        "reviews:reopen-review",
        "reviews:role-end",
        "reviews:delegation-end",
        "reviews:share-end",
        "reviews:invite",
        "reviews:invite-many",
        "reviews:invitation-again",
        "reviews:invitation-withdraw",
        "reviews:person-reveal",
        "reviews:concern-raise",
        "reviews:concern-give",
        "reviews:concern-close",
        "reviews:early-action-done",
        "reviews:meeting-cancel",
        "reviews:meeting-send",  # the cancellation, which is all that still goes out
        "reviews:meeting-action-done",
        "reviews:meeting-pack-create",
        "reviews:letter-create",
        "reviews:letter-from-elsewhere",
        "reviews:letter-change",
        "reviews:letter-finish",
        "reviews:letter-set-aside",
        "reviews:letter-register",
        "reviews:letter-correct",
        "reviews:clock-reach",
        "reviews:clock-pause-end",
        "reviews:clock-pause-told",
        "reviews:clock-pause-take-back",
        "reviews:clock-extension-told",
        "reviews:clock-extension-take-back",
        "reviews:panel-declaration-withdraw",
        "reviews:panel-member-leave",
        "reviews:conflict-record",
        "reviews:conflict-end",
        "reviews:contract-day-add",
        "reviews:contract-day-withdraw",
        "chronologies:chronology-export",
        "chronologies:export-create",
        "chronologies:timeline-export",
        "reports:pack-sent",  # taking it back, which is all that it still does
        "reports:release-after",  # what was published is taken down long after the review
        "reports:document-unshare",
        "reports:round-withdraw",
    }
)
# The log of contact with family and friends goes on after the review.
STILL_WORKS_FROM = (
    "reviews:correspondent",
    "reviews:contact-",
    "reviews:engagement-",
    "reviews:wish-",
    # A verdict comes when it comes, and so does whoever asks what the review holds.
    "reviews:proceeding",
    "reviews:disclosure",
    "reviews:hold-",
)

_HOW = {
    State.DISCONTINUED: "was discontinued",
    State.MERGED: "was merged into another review",
    State.CLOSED: "is closed",
}


class ReviewEnded(ValidationError):
    """The review takes no more work; the message says so in a sentence."""


def still_works(page):
    return page in STILL_WORKS or page.startswith(STILL_WORKS_FROM)


def sentence(review):
    """Why nothing can be changed here."""
    return (
        f"{review.reference} {_HOW[State(review.state)]}. It can be read, but not changed. "
        "Its coordinator can open it again."
    )


def refuse_if_ended(review):
    """Services ask this of a review that they have just fetched or locked."""
    if review.has_ended:
        raise ReviewEnded(sentence(review))
