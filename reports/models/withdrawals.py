"""What was entered by mistake of the quality panel's letters. It stays, and no longer counts."""

from django.db import models
from django.db.models import Q

from reports.models.documents import reviews_led
from reports.models.homeoffice import LetterPoint, OfficeLetter, Once


class OfficeWithdrawalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """How a letter is being answered is its answerers' alone, and so are their mistakes."""
        led = reviews_led(user)
        return self.filter(Q(letter__review__any_of=led) | Q(point__letter__review__any_of=led))


class OfficeWithdrawal(Once):
    """That a letter, or one of its points, was entered by mistake. Whoever withdraws the wrong one
    enters it again: a withdrawal is kept like all else that was said."""

    letter = models.OneToOneField(
        OfficeLetter, models.PROTECT, null=True, related_name="withdrawal"
    )
    point = models.OneToOneField(LetterPoint, models.PROTECT, null=True, related_name="withdrawal")
    why = models.CharField(max_length=500)

    objects = OfficeWithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(letter=None, point__isnull=False) | Q(letter__isnull=False, point=None),
                name="a_letter_or_a_point_is_withdrawn",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="a_withdrawal_says_why"),
        ]

    def __str__(self):
        return f"Withdrawal {self.pk}"
