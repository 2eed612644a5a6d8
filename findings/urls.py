from django.urls import path

from findings.views import counts, evidence, grid, lessons, writing

app_name = "findings"

_review = "reviews/<slug:reference>/"
_findings = _review + "findings/"
_finding = _findings + "<int:number>/"
_cell = _review + "terms-grid/<int:term>/<int:part>/"
_count = _review + "counts/<int:pk>/"
_lessons = _review + "lessons/"
_lesson = _lessons + "<int:number>/"

urlpatterns = [
    path(_findings, writing.FindingListView.as_view(), name="finding-list"),
    path(_findings + "new/", writing.FindingCreateView.as_view(), name="finding-create"),
    path(_finding, writing.FindingDetailView.as_view(), name="finding-detail"),
    path(_finding + "change/", writing.FindingChangeView.as_view(), name="finding-change"),
    path(_finding + "take-away/", writing.FindingRemoveView.as_view(), name="finding-remove"),
    path(_finding + "evidence/", evidence.EvidenceAddView.as_view(), name="evidence-add"),
    path(
        _finding + "evidence/reports/",
        evidence.PassageAddView.as_view(),
        name="evidence-add-passages",
    ),
    path(
        _finding + "evidence/minutes/",
        evidence.MinutesAddView.as_view(),
        name="evidence-add-minutes",
    ),
    path(
        _finding + "evidence/family/",
        evidence.ContactAddView.as_view(),
        name="evidence-add-contacts",
    ),
    path(
        _finding + "evidence/<int:pk>/take-away/",
        evidence.EvidenceRemoveView.as_view(),
        name="evidence-remove",
    ),
    path(
        _finding + "evidence/<int:pk>/note/",
        evidence.EvidenceNoteView.as_view(),
        name="evidence-note",
    ),
    path(
        _review + "entries/<int:pk>/finding/", evidence.CiteEntryView.as_view(), name="cite-entry"
    ),
    path(
        _review + "headings/<int:pk>/finding/",
        evidence.CitePassageView.as_view(),
        name="cite-passage",
    ),
    path(
        _review + "meetings/<int:number>/minutes/<int:version>/finding/",
        evidence.CiteMinutesView.as_view(),
        name="cite-minutes",
    ),
    path(
        _review + "family/contacts/<int:pk>/finding/",
        evidence.CiteContactView.as_view(),
        name="cite-contact",
    ),
    path(_review + "terms-grid/", grid.GridView.as_view(), name="grid"),
    path(_cell, grid.CellView.as_view(), name="cell"),
    path(_cell + "judge/", grid.CellJudgeView.as_view(), name="cell-judge"),
    path(_cell + "headings/", grid.CellTieView.as_view(), name="cell-tie"),
    path(_cell + "headings/<int:pk>/untie/", grid.CellUntieView.as_view(), name="cell-untie"),
    path(_review + "counts/", counts.CountListView.as_view(), name="count-list"),
    path(_review + "counts/new/", counts.CountCreateView.as_view(), name="count-create"),
    path(_count, counts.CountDetailView.as_view(), name="count-detail"),
    path(_count + "take-away/", counts.CountRemoveView.as_view(), name="count-remove"),
    path(_lessons, lessons.LessonListView.as_view(), name="lesson-list"),
    path(_lessons + "new/", lessons.LessonCreateView.as_view(), name="lesson-create"),
    path(_lessons + "own/", lessons.OwnLessonsView.as_view(), name="lesson-own"),
    path(_lesson, lessons.LessonDetailView.as_view(), name="lesson-detail"),
    path(_lesson + "change/", lessons.LessonChangeView.as_view(), name="lesson-change"),
    path(_lesson + "why-none/", lessons.LessonWhyView.as_view(), name="lesson-why"),
    path(_lesson + "take-away/", lessons.LessonRemoveView.as_view(), name="lesson-remove"),
    path(_lesson + "findings/", lessons.LessonRestView.as_view(), name="lesson-rest"),
    path(
        _lesson + "findings/<int:pk>/untie/",
        lessons.LessonUnrestView.as_view(),
        name="lesson-unrest",
    ),
]
