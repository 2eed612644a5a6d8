from django.db import models

from reviews.access import access_of


class OfTheLogQuerySet(models.QuerySet):
    """Rows that hang on a correspondent; for those who keep the log, and nobody else."""

    way = "correspondent__review"

    def visible_to(self, user):
        return self.filter(
            **{f"{self.way}__any_of": access_of(user).reviews_with("keep_family_log")}
        )
