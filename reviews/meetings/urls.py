from django.urls import path

from reviews.meetings.views import actions, meetings, minutes, packs, papers

_meetings = "reviews/<slug:reference>/meetings/"
_meeting = _meetings + "<int:number>/"
_action = "reviews/<slug:reference>/meeting-actions/"

urlpatterns = [
    path(_meetings, meetings.MeetingListView.as_view(), name="meeting-list"),
    path(_meetings + "new/", meetings.MeetingPlanView.as_view(), name="meeting-plan"),
    path(_meeting, meetings.MeetingDetailView.as_view(), name="meeting-detail"),
    path(_meeting + "change/", meetings.MeetingChangeView.as_view(), name="meeting-change"),
    path(_meeting + "send/", meetings.MeetingSendView.as_view(), name="meeting-send"),
    path(_meeting + "cancel/", meetings.MeetingCancelView.as_view(), name="meeting-cancel"),
    path(_meeting + "held/", meetings.MeetingHoldView.as_view(), name="meeting-hold"),
    path(_meeting + "calendar/", meetings.CalendarFileView.as_view(), name="meeting-calendar"),
    path(
        _meeting + "invitations/<int:pk>/came-back/",
        meetings.InvitationReturnedView.as_view(),
        name="meeting-invitation-returned",
    ),
    path(_meeting + "agenda/add/", meetings.ItemAddView.as_view(), name="agenda-add"),
    path(
        _meeting + "agenda/<int:pk>/change/",
        meetings.ItemChangeView.as_view(),
        name="agenda-change",
    ),
    path(
        _meeting + "agenda/<int:pk>/remove/",
        meetings.ItemRemoveView.as_view(),
        name="agenda-remove",
    ),
    path(_meeting + "papers/add/", papers.PaperAddView.as_view(), name="paper-add"),
    path(_meeting + "papers/<int:pk>/", papers.PaperFileView.as_view(), name="paper-file"),
    path(
        _meeting + "papers/<int:pk>/withdraw/",
        papers.PaperWithdrawView.as_view(),
        name="paper-withdraw",
    ),
    path(_meeting + "pack/", packs.PackCreateView.as_view(), name="meeting-pack-create"),
    path(_meeting + "pack/<int:pk>/", packs.PackView.as_view(), name="meeting-pack"),
    path(_meeting + "pack/<int:pk>/file/", packs.PackFileView.as_view(), name="meeting-pack-file"),
    path(_meeting + "attendance/", minutes.AttendanceView.as_view(), name="meeting-attendance"),
    path(_meeting + "minutes/write/", minutes.MinutesWriteView.as_view(), name="minutes-write"),
    path(_meeting + "minutes/send/", minutes.MinutesSendView.as_view(), name="minutes-send"),
    path(_meeting + "minutes/agree/", minutes.MinutesAgreeView.as_view(), name="minutes-agree"),
    path(
        _meeting + "minutes/<int:version>/",
        minutes.MinutesVersionView.as_view(),
        name="minutes-version",
    ),
    path(_meeting + "decisions/add/", minutes.DecisionAddView.as_view(), name="meeting-decide"),
    path(
        _meeting + "decisions/<int:pk>/withdraw/",
        minutes.DecisionWithdrawView.as_view(),
        name="meeting-decision-withdraw",
    ),
    path(_meeting + "actions/add/", actions.ActionAddView.as_view(), name="meeting-action-add"),
    path(_action, actions.ActionListView.as_view(), name="meeting-actions"),
    path(_action + "<int:pk>/move/", actions.ActionMoveView.as_view(), name="meeting-action-move"),
    path(_action + "<int:pk>/done/", actions.ActionDoneView.as_view(), name="meeting-action-done"),
    path(
        _action + "<int:pk>/chase/", actions.ActionChaseView.as_view(), name="meeting-action-chase"
    ),
]
