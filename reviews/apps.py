from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self):
        from reviews.proceedings.disclosure.own import add_to_schedule
        from reviews.proceedings.disclosure.requested import add_what_was_requested
        from reviews.reminders.own import remind_of_our_own

        add_to_schedule()
        add_what_was_requested()
        remind_of_our_own()
