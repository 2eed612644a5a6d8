from django.urls import path

from reviews.terms import views

_terms = "reviews/<slug:reference>/terms/"
_version = _terms + "<int:number>/"

urlpatterns = [
    path(_terms, views.TermsView.as_view(), name="terms"),
    path(_terms + "new/", views.TermsBeginView.as_view(), name="terms-begin"),
    path(_terms + "compare/", views.TermsCompareView.as_view(), name="terms-compare"),
    path(_terms + "readers/", views.TermsReadersView.as_view(), name="terms-readers"),
    path(_version, views.TermsVersionView.as_view(), name="terms-version"),
    path(_version + "change/", views.TermsChangeView.as_view(), name="terms-change"),
    path(_version + "add/", views.TermAddView.as_view(), name="term-add"),
    path(_version + "issue/", views.TermsIssueView.as_view(), name="terms-issue"),
    path(_version + "read/", views.TermsConfirmView.as_view(), name="terms-confirm"),
    path(_version + "<int:pk>/change/", views.TermChangeView.as_view(), name="term-change"),
    path(_version + "<int:pk>/withdraw/", views.TermWithdrawView.as_view(), name="term-withdraw"),
]
