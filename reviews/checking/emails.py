"""What the message says: that there is something to check, and nothing of what or of whom."""

from django.urls import reverse

from reviews.reminders.posting import post
from reviews.requests.emails import mail

TO_CHECK = "There is something for you to check in the reviews system."


def say_that_there_is_something_to_check(asked):
    message = mail(asked.member.user, TO_CHECK, reverse("desk:home"))
    post(
        about=asked.request.participation,
        key=f"check:{asked.pk}",
        to=message.to,
        subject=message.subject,
        body=message.body,
    )
