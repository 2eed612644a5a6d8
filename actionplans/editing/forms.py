from actionplans.editing.fields import FollowingFields
from reviews.people.free_text import FreeTextForm


class FollowingForm(FollowingFields, FreeTextForm):
    def __init__(self, *args, recommendation, **kwargs):
        super().__init__(*args, **kwargs)
        self.set_themes(recommendation.review, recommendation.theme)
