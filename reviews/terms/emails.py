from reviews.emails import say_something_is_new


def say_that_terms_wait(user, *, because):
    """`because` is the issue, so that issuing again to others repeats no message."""
    about = because.participation or because.version.review
    say_something_is_new(user, key=f"terms:{because.pk}:{user.pk}", about=about)
