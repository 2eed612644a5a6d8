from django.urls import path

from chronologies.marking.views import beside, events, suggestions, themes

_review = "reviews/<slug:reference>/"
_entry = _review + "entries/<int:pk>/"
_event = _review + "events/<int:pk>/"

urlpatterns = [
    path("themes/", themes.ThemeListView.as_view(), name="theme-list"),
    path("themes/<int:pk>/end/", themes.ThemeEndView.as_view(), name="theme-end"),
    path(_entry + "marks/", beside.MarkAddView.as_view(), name="mark-add"),
    path(_entry + "marks/<int:mark>/remove/", beside.MarkRemoveView.as_view(), name="mark-remove"),
    path(_entry + "themes/", beside.TieView.as_view(), name="entry-tie"),
    path(_entry + "comments/", beside.CommentAddView.as_view(), name="comment-add"),
    path(
        _entry + "comments/<int:comment>/remove/",
        beside.CommentRemoveView.as_view(),
        name="comment-remove",
    ),
    path(_entry + "suggestions/take/", beside.SuggestionTakeView.as_view(), name="suggestion-take"),
    path(
        _entry + "suggestions/decline/",
        beside.SuggestionDeclineView.as_view(),
        name="suggestion-decline",
    ),
    path(_entry + "event/", events.EventCreateView.as_view(), name="event-create"),
    path(
        _review + "marks/suggestions/",
        suggestions.SuggestionListView.as_view(),
        name="suggestion-list",
    ),
    path(_review + "events/", events.EventListView.as_view(), name="event-list"),
    path(
        _review + "events/suggestions/",
        events.EventSuggestionsView.as_view(),
        name="event-suggestions",
    ),
    path(
        _review + "events/suggestions/accept/",
        events.PairAcceptView.as_view(),
        name="event-accept",
    ),
    path(
        _review + "events/suggestions/decline/",
        events.PairDeclineView.as_view(),
        name="event-decline",
    ),
    path(_event, events.EventDetailView.as_view(), name="event-detail"),
    path(_event + "dissolve/", events.EventDissolveView.as_view(), name="event-dissolve"),
    path(
        _event + "accounts/<int:account>/remove/",
        events.AccountRemoveView.as_view(),
        name="account-remove",
    ),
]
