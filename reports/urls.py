from django.urls import path

from reports.homeoffice.views import data_form, packs
from reports.homeoffice.views import letters as office_letters
from reports.homeoffice.views import pages as office
from reports.release import register_views as registers
from reports.release import views as releases
from reports.views import (
    accuracy,
    bringing,
    checks,
    citing,
    days,
    documents,
    family,
    layouts,
    paragraphs,
    previews,
    remarks,
    renderings,
    scans,
    sections,
    sending,
    whole,
    word,
)

app_name = "reports"

_documents = "reviews/<slug:reference>/documents/"
_document = _documents + "<int:number>/"
_section = _document + "sections/<int:pk>/"
_layout = "document-layouts/<slug:partnership>/<slug:layout>/"
_brought = _documents + "brought-in/<int:pk>/"
_word = _document + "word/"
_paragraph = _document + "paragraphs/<int:pk>/"
_round = "reviews/<slug:reference>/extracts/<int:pk>/"
_rendering = _document + "files/<int:pk>/"
_office = "reviews/<slug:reference>/home-office/"
_pack = _office + "packs/<int:pack_number>/"
_letter = _office + "letters/<int:letter>/"
_releases = "reviews/<slug:reference>/releases/"
_release = _releases + "<int:pk>/"

urlpatterns = [
    path(_documents, documents.DocumentListView.as_view(), name="document-list"),
    path(_documents + "new/", documents.DocumentBeginView.as_view(), name="document-begin"),
    path(_documents + "bring-in/", bringing.BroughtUploadView.as_view(), name="brought-upload"),
    path(_brought, bringing.BroughtDetailView.as_view(), name="brought-detail"),
    path(_brought + "discard/", bringing.BroughtDiscardView.as_view(), name="brought-discard"),
    path(_brought + "file/", bringing.BroughtFileView.as_view(), name="brought-file"),
    path(_documents + "scans/", scans.ScanListView.as_view(), name="scan-list"),
    path(_documents + "scans/<uuid:pk>/", scans.ScanDetailView.as_view(), name="scan-detail"),
    path(
        _documents + "scans/<uuid:pk>/decide/", scans.ScanDecideView.as_view(), name="scan-decide"
    ),
    path(_document + "doubts/", bringing.DoubtsView.as_view(), name="doubts"),
    path(_word, word.WordView.as_view(), name="word"),
    path(_word + "take-away/", word.WordTakeAwayView.as_view(), name="word-take-away"),
    path(_word + "taken/<int:pk>/", word.WordCopyView.as_view(), name="word-copy-file"),
    path(_word + "back/<int:pk>/", word.WordReturnView.as_view(), name="word-return"),
    path(
        _word + "back/<int:pk>/discard/",
        word.WordReturnDiscardView.as_view(),
        name="word-return-discard",
    ),
    path(
        _word + "back/<int:pk>/file/",
        word.WordReturnFileView.as_view(),
        name="word-return-file",
    ),
    path(_document, documents.DocumentDetailView.as_view(), name="document-detail"),
    path(_document + "whole/", whole.DocumentWholeView.as_view(), name="document-whole"),
    path(_document + "title/", documents.DocumentRenameView.as_view(), name="document-rename"),
    path(
        _document + "set-aside/",
        documents.DocumentSetAsideView.as_view(),
        name="document-set-aside",
    ),
    path(_document + "share/", documents.DocumentShareView.as_view(), name="document-share"),
    path(
        _document + "take-back/", documents.DocumentUnshareView.as_view(), name="document-unshare"
    ),
    path(_document + "taken-out/", documents.RemovedView.as_view(), name="removed"),
    path(_document + "checks/", checks.ChecksView.as_view(), name="checks"),
    path(_document + "checks/<slug:asked>/", checks.CheckAnswerView.as_view(), name="check-answer"),
    path(
        "blaming-phrases/<slug:partnership>/", checks.PhrasesView.as_view(), name="blaming-phrases"
    ),
    path(_document + "files/", renderings.RenderingListView.as_view(), name="rendering-list"),
    path(_document + "files/new/", renderings.RenderingAskView.as_view(), name="rendering-ask"),
    path(_rendering, renderings.RenderingDetailView.as_view(), name="rendering-detail"),
    path(_rendering + "file/", renderings.RenderingFileView.as_view(), name="rendering-file"),
    path("releases/", registers.RegisterView.as_view(), name="register"),
    path("releases/export/", registers.RegisterExportView.as_view(), name="register-export"),
    path(_releases, releases.ReleaseListView.as_view(), name="release-list"),
    path(_releases + "new/", releases.ReleaseProposeView.as_view(), name="release-propose"),
    path(_release, releases.ReleaseDetailView.as_view(), name="release-detail"),
    path(_release + "files/<int:file>/", releases.ReleaseFileView.as_view(), name="release-file"),
    path(_release + "to/<slug:step>/", releases.StepView.as_view(), name="release-step"),
    path(_release + "then/<slug:step>/", releases.AfterView.as_view(), name="release-after"),
    path(_document + "sections/new/", sections.SectionAddView.as_view(), name="section-add"),
    path(_section, sections.SectionDetailView.as_view(), name="section-detail"),
    path(_section + "heading/", sections.SectionChangeView.as_view(), name="section-change"),
    path(_section + "preview/", previews.SectionPreviewView.as_view(), name="section-preview"),
    path(_section + "move/", sections.SectionMoveView.as_view(), name="section-move"),
    path(_section + "take-out/", sections.SectionRemoveView.as_view(), name="section-remove"),
    path(
        _section + "bring-back/",
        sections.SectionBringBackView.as_view(),
        name="section-bring-back",
    ),
    path(_section + "write/", paragraphs.ParagraphAddView.as_view(), name="paragraph-add"),
    path(_section + "insert/", paragraphs.ParagraphInsertView.as_view(), name="paragraph-insert"),
    path(_paragraph, paragraphs.ParagraphChangeView.as_view(), name="paragraph-change"),
    path(
        _paragraph + "history/",
        paragraphs.ParagraphHistoryView.as_view(),
        name="paragraph-history",
    ),
    path(_paragraph + "move/", paragraphs.ParagraphMoveView.as_view(), name="paragraph-move"),
    path(
        _paragraph + "take-out/", paragraphs.ParagraphRemoveView.as_view(), name="paragraph-remove"
    ),
    path(
        _paragraph + "bring-back/",
        paragraphs.ParagraphBringBackView.as_view(),
        name="paragraph-bring-back",
    ),
    path(_paragraph + "cite/<slug:source>/", citing.CiteView.as_view(), name="paragraph-cite"),
    path(
        _paragraph + "citations/<int:citation>/take-away/",
        citing.UnciteView.as_view(),
        name="uncite",
    ),
    path(_document + "remarks/", remarks.RemarkListView.as_view(), name="remark-list"),
    path(_paragraph + "remark/", remarks.RemarkAddView.as_view(), name="remark-add"),
    path(_document + "remarks/<int:pk>/", remarks.RemarkSettleView.as_view(), name="remark-settle"),
    path(
        _document + "remarks/<int:pk>/withdraw/",
        remarks.RemarkWithdrawView.as_view(),
        name="remark-withdraw",
    ),
    path(_document + "extracts/<int:part>/", sending.RoundSendView.as_view(), name="round-send"),
    path(_document + "family/", family.FamilyCopyView.as_view(), name="family-copy"),
    path(_document + "family/new/", family.FamilyAddView.as_view(), name="family-add"),
    path(_document + "family/<int:pk>/", family.FamilyChangeView.as_view(), name="family-change"),
    path(_round, accuracy.RoundDetailView.as_view(), name="round-detail"),
    path(_round + "hand-in/", accuracy.RoundHandInView.as_view(), name="round-hand-in"),
    path(_round + "day/", days.RoundDayView.as_view(), name="round-day"),
    path(_round + "withdraw/", accuracy.RoundWithdrawView.as_view(), name="round-withdraw"),
    path(_round + "<int:line>/", accuracy.LineAnswerView.as_view(), name="round-answer"),
    path(_round + "<int:line>/file/", accuracy.AnswerFileView.as_view(), name="round-file"),
    path("document-layouts/", layouts.LayoutListView.as_view(), name="layouts"),
    path(_layout, layouts.LayoutDetailView.as_view(), name="layout-detail"),
    path(_layout + "new/", layouts.LayoutCreateView.as_view(), name="layout-create"),
    path(_layout + "versions/<int:pk>/", layouts.LayoutDetailView.as_view(), name="layout-version"),
    path(_office, office.HomeOfficeView.as_view(), name="home-office"),
    path(_office + "form/", data_form.DataFormView.as_view(), name="data-form"),
    path(
        _office + "form/<slug:part_code>/",
        data_form.DataFormChangeView.as_view(),
        name="data-form-change",
    ),
    path(_office + "packs/new/", packs.PackMakeView.as_view(), name="pack-make"),
    path(_pack + "sent/", packs.PackSentView.as_view(), name="pack-sent"),
    path(_pack + "files/<int:place>/", packs.PackFileView.as_view(), name="pack-file"),
    path(
        _office + "letters/new/",
        office_letters.OfficeLetterAddView.as_view(),
        name="office-letter-add",
    ),
    path(_letter, office_letters.OfficeLetterView.as_view(), name="office-letter"),
    path(
        _letter + "file/", office_letters.OfficeLetterFileView.as_view(), name="office-letter-file"
    ),
    path(
        _letter + "answers/", office_letters.OfficeAnswersView.as_view(), name="office-answers-file"
    ),
    path(
        _letter + "withdraw/",
        office_letters.OfficeWithdrawView.as_view(),
        name="office-withdraw",
    ),
    path(
        _letter + "points/<int:point>/",
        office_letters.OfficeAnswerView.as_view(),
        name="office-answer",
    ),
]
