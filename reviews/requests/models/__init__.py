from reviews.requests.models.answers import RequestAnswer, RequestDraft
from reviews.requests.models.moves import RequestMove
from reviews.requests.models.request import Request

__all__ = ["Request", "RequestAnswer", "RequestDraft", "RequestMove"]
