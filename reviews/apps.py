from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self):
        from reviews.proceedings.disclosure.own import add_to_schedule

        add_to_schedule()
