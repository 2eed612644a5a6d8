from django.urls import include, path

from reviews import views

app_name = "reviews"

_review = "reviews/<slug:reference>/"

urlpatterns = [
    path("reviews/", views.ReviewListView.as_view(), name="review-list"),
    path("reviews/new/", views.ReviewCreateView.as_view(), name="review-create"),
    path(_review + "particulars/", views.ReviewChangeView.as_view(), name="review-change"),
    path(_review + "subjects/add/", views.PersonAddView.as_view(), name="person-add"),
    path(_review + "agencies/add/", views.ParticipationAddView.as_view(), name="participation-add"),
    path(_review + "access/", views.AccessView.as_view(), name="access"),
    path(_review + "access/invite/", views.InviteView.as_view(), name="invite"),
    path(_review + "access/<int:pk>/end/", views.RoleEndView.as_view(), name="role-end"),
    path(_review + "sharing/", views.ShareListView.as_view(), name="share-list"),
    path(_review + "sharing/new/", views.ShareCreateView.as_view(), name="share-create"),
    path(_review + "sharing/<int:pk>/end/", views.ShareEndView.as_view(), name="share-end"),
    path(_review + "trail/", views.TrailView.as_view(), name="trail"),
    path("", include("reviews.checking.urls")),
    path("", include("reviews.clock.urls")),
    path("", include("reviews.delegation.urls")),
    path("", include("reviews.intake.urls")),
    path("", include("reviews.interviews.urls")),
    path("", include("reviews.inviting.urls")),
    path("", include("reviews.letters.urls")),
    path("", include("reviews.lifecycle.urls")),
    path("", include("reviews.meetings.urls")),
    path("", include("reviews.panel.urls")),
    path("", include("reviews.people.urls")),
    path("", include("reviews.proceedings.urls")),
    path("", include("reviews.proceedings.disclosure.urls")),
    path("", include("reviews.querying.urls")),
    path("", include("reviews.reminders.urls")),
    path("", include("reviews.requests.urls")),
    path("", include("reviews.submissions.urls")),
    path("", include("reviews.terms.urls")),
    path("", include("reviews.family.urls")),
    path("", include("reviews.wording.urls")),
    path("people/", views.AppointmentListView.as_view(), name="appointment-list"),
    path("people/appoint/", views.AppointView.as_view(), name="appoint"),
    path("people/<int:pk>/end/", views.AppointmentEndView.as_view(), name="appointment-end"),
]
