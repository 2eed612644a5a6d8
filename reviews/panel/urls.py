from django.urls import path

from reviews.panel.views import contracts, declaring, handing_over, joint, members

_panel = "reviews/<slug:reference>/panel/"
_joint = "reviews/<slug:reference>/commissioning/"
_member = _panel + "<int:pk>/"

urlpatterns = [
    path(_panel, members.PanelListView.as_view(), name="panel-list"),
    path(_panel + "add/", members.MemberAddView.as_view(), name="panel-member-add"),
    path(_member, members.MemberDetailView.as_view(), name="panel-member-detail"),
    path(_member + "change/", members.MemberChangeView.as_view(), name="panel-member-change"),
    path(_member + "leave/", members.MemberLeaveView.as_view(), name="panel-member-leave"),
    path(_member + "declare/", declaring.DeclareView.as_view(), name="panel-declare"),
    path(
        _panel + "declarations/<int:pk>/withdraw/",
        declaring.DeclarationWithdrawView.as_view(),
        name="panel-declaration-withdraw",
    ),
    path(_member + "conflict/", declaring.ConflictRecordView.as_view(), name="conflict-record"),
    path(
        _panel + "conflicts/<int:pk>/end/",
        declaring.ConflictEndView.as_view(),
        name="conflict-end",
    ),
    path(_member + "contract/", contracts.TermsView.as_view(), name="contract-terms"),
    path(_member + "days/add/", contracts.DayAddView.as_view(), name="contract-day-add"),
    path(
        _panel + "days/<int:pk>/withdraw/",
        contracts.DayWithdrawView.as_view(),
        name="contract-day-withdraw",
    ),
    path(_member + "hand-over/", handing_over.HandOverView.as_view(), name="chair-hand-over"),
    path(_joint, joint.JointListView.as_view(), name="joint-list"),
    path(_joint + "add/", joint.JointBeginView.as_view(), name="joint-begin"),
    path(_joint + "<int:pk>/end/", joint.JointEndView.as_view(), name="joint-end"),
]
