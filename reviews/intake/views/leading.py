"""What the pages of intake inside a review have in common."""

from django.http import Http404

from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.intake.services import AnothersKey
from reviews.views import FormPageMixin, ReviewPageMixin


class IntakePageMixin(ReviewPageMixin, FormPageMixin):
    def tell_of_reading(self):
        record(
            EventType.INTAKE_READ,
            by=self.request.user,
            review=self.review,
            page=self.request.resolver_match.url_name,
        )


class KeyedMixin:
    """A form with a key of its own, which finds nothing in another place."""

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except AnothersKey:
            raise Http404 from None


class LeadIntakeMixin(IntakePageMixin):
    """Pages of the leaders of a review: its coordinator and its chair."""

    def is_allowed(self):
        return rules.can_lead_intake(self.access, self.review)
