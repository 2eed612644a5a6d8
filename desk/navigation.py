from django.urls import reverse

from reviews import rules
from reviews.access import access_of

# Pages that stand elsewhere, and belong to the one whose address is on the left.
_BELONG_TO = {
    "desk:plans": ("/actions/", "/plan-papers/", "/national/"),
    "reviews:wording-list": ("/document-layouts/", "/blaming-phrases/"),
}


def navigation(request):
    """The links at the top of every page: only those that lead somewhere for this person."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    access = access_of(user)
    links = [("Your work", reverse("desk:home"))]
    if rules.can_see_board(access):
        links.append(("Board", reverse("desk:board")))
    elif rules.can_see_figures(access):
        links.append(("Figures", reverse("desk:figures")))
    if access.reviews_with("read_action_plan"):
        links.append(("Actions", reverse("desk:plans")))
    elif rules.can_read_published(access):
        links.append(("Published", reverse("desk:plans-published")))
    if access.reviews_with("view_review") or access.holds(rules.Role.COORDINATOR):
        links.append(("Reviews", reverse("reviews:review-list")))
    if rules.can_receive_notifications(access):
        links.append(("Notifications", reverse("reviews:notification-list")))
    if rules.can_see_agencies(access):
        links.append(("Agencies", reverse("agencies:agency-list")))
    if access.holds(rules.Role.COORDINATOR) or rules.can_administer(access):
        links.append(("People", reverse("reviews:appointment-list")))
    if rules.can_change_wordings(access):
        links.append(("Templates", reverse("reviews:wording-list")))
    if rules.can_read_messages(access):
        links.append(("Messages", reverse("reviews:message-list")))
    if rules.can_administer(access):
        links.append(("Accounts", reverse("desk:account-list")))
    active = _active(request.path, [href for _, href in links])
    return {
        "navigation": [
            {"text": text, "href": href, "active": href == active} for text, href in links
        ]
    }


def _active(here, addresses):
    for name, others in _BELONG_TO.items():
        if reverse(name) in addresses and here.startswith(others):
            return reverse(name)
    return max((address for address in addresses if here.startswith(address)), key=len, default="")
