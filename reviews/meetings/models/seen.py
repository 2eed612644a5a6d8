from django.db.models import Q

from reviews.access import access_of


def seen_by(user, given, meeting="meeting"):
    """All that hangs on a meeting for those who keep the meetings; of a meeting to which the panel
    was invited, what `given` says it was given."""
    access = access_of(user)
    kept = Q(**{f"{meeting}__review__any_of": access.reviews_with("keep_meetings")})
    read = Q(
        **{
            f"{meeting}__review__any_of": access.reviews_with("read_meetings"),
            f"{meeting}__sent_at__isnull": False,
        }
    )
    return kept | read & given
