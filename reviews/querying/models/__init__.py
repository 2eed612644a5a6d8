from reviews.querying.models.answers import Answer
from reviews.querying.models.moves import QueryMove
from reviews.querying.models.query import Query

__all__ = ["Answer", "Query", "QueryMove"]
