from reviews.submissions.models.files import SubmissionFile
from reviews.submissions.models.moves import SubmissionMove
from reviews.submissions.models.reading import OwnPoint, Passage
from reviews.submissions.models.submission import Submission

__all__ = ["OwnPoint", "Passage", "Submission", "SubmissionFile", "SubmissionMove"]
