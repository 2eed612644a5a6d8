from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from reviews.lifecycle.enter_forms import EnterForm
from reviews.lifecycle.entering import enter_under_way
from reviews.views import ReviewCreateView


class ReviewEnterView(ReviewCreateView):
    """For a review that began elsewhere: its stage, and when it reached what."""

    form_class = EnterForm
    template_name = "reviews/lifecycle/enter.html"

    def form_valid(self, form):
        try:
            review = enter_under_way(by=self.request.user, **form.entered)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Review entered. Add its subjects and agencies next.")
        return redirect(review)
