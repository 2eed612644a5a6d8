"""The list of lessons, one lesson, writing them, and taking over the agencies' own."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.views.generic import FormView, TemplateView

from findings import forms
from findings.grid import parts_of
from findings.learning import PANEL, history_of, lines_of, own_points, ties_of, whose
from findings.models import Lesson, LessonFinding, LessonVersion
from findings.resting import are_used, resting_on
from findings.services import lessons as services
from findings.views.pages import AnalysisMixin, LeadMixin, LessonMixin
from foundations.gov.forms import GovForm
from reviews.submissions.models import OwnPoint, Submission

PAGE = 50


class LessonListView(AnalysisMixin, TemplateView):
    """The panel's first, then each agency's own."""

    template_name = "findings/lesson_list.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        rows = Lesson.objects.visible_to(user).live().filter(review=self.review).for_display()
        rows = sorted(rows, key=lambda one: (whose(one) != PANEL, whose(one), one.number))
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        self.tell_of_reading(rows=len(page.object_list))
        waiting, _ = own_points(self.review, user) if self.may_write else ((), ())
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "lines": lines_of(page.object_list, user),
            "waiting": len(waiting),
        }


class LessonDetailView(LessonMixin, TemplateView):
    template_name = "findings/lesson_detail.html"

    def get_context_data(self, **kwargs):
        lesson, user = self.lesson, self.request.user
        self.tell_of_reading(lesson, number=lesson.number, rows=1)
        ties = list(ties_of([lesson], user))
        versions = LessonVersion.objects.visible_to(user).filter(lesson=lesson)
        return super().get_context_data(**kwargs) | {
            "whose": whose(lesson),
            "ties": ties,
            "rests": any(tie.finding.is_live for tie in ties),
            "resting": resting_on("lesson", [lesson], user).get(lesson.pk, ()),
            "used": are_used("lesson", lesson, user),
            "from_report": self.from_report(),
            "history": list(history_of(lesson)) if versions.exists() else (),
        }

    def from_report(self):
        """The version of the report that it was taken over from, where this person may read that."""
        rows = Submission.objects.visible_to(self.request.user).sent().for_display()
        return rows.filter(files__points=self.lesson.own_point).first()


class LessonCreateView(LeadMixin, AnalysisMixin, FormView):
    form_class = forms.LessonForm
    heading, button, done = "Write a lesson", "Save the lesson", "Lesson saved."

    def back(self):
        return self.to("lesson-list"), "Back to the lessons"

    def get_initial(self):
        """The page of a finding leads here with it."""
        asked = self.request.GET.get("finding", "")
        known = asked.isdecimal() and len(asked) < 9
        return {"findings": self.findings().filter(number=asked)} if known else {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "parts": parts_of(self.review, self.request.user),
            "findings": self.findings().order_by("number"),
        }

    def save(self, form):
        said = form.cleaned_data
        lesson = services.make_lesson(self.review, by=self.request.user, **said)
        return lesson.get_absolute_url()


class _OfLessonMixin(LeadMixin, LessonMixin):
    def back(self):
        return self.lesson.get_absolute_url(), str(self.lesson)

    def after_it_is_gone(self):
        return self.to("lesson-list")

    def as_it_is(self):
        now = self.find_one(Lesson)
        return now.changes, (
            ("Lesson", now.text),
            ("Why no recommendation", now.why_no_recommendation),
        )


class LessonChangeView(_OfLessonMixin, FormView):
    form_class = forms.LessonChangeForm
    heading, done = "Change the lesson", "Saved. What it said before is kept with the reason."

    def get_initial(self):
        return {"text": self.lesson.text, "seen": self.lesson.changes}

    def save(self, form):
        services.change_lesson(self.lesson, by=self.request.user, **form.cleaned_data)


class LessonWhyView(_OfLessonMixin, FormView):
    form_class = forms.WhyNoneForm
    heading = "Why no recommendation"

    def get_initial(self):
        return {"why": self.lesson.why_no_recommendation, "seen": self.lesson.changes}

    def save(self, form):
        services.say_why_none(self.lesson, by=self.request.user, **form.cleaned_data)


class LessonRemoveView(_OfLessonMixin, FormView):
    form_class = forms.TakeAwayForm
    template_name = "findings/lesson_remove.html"
    heading, button, tone = "Take the lesson away", "Take away", "warning"
    intro = "It stays on record with the reason, for those who lead the review."
    done = "The lesson was taken away. It stays on record."

    def get_context_data(self, **kwargs):
        used = are_used("lesson", self.lesson, self.request.user)
        return super().get_context_data(**kwargs) | {"used": used}

    def save(self, form):
        services.take_away_lesson(self.lesson, by=self.request.user, **form.cleaned_data)
        return self.to("lesson-list")


class LessonRestView(_OfLessonMixin, FormView):
    form_class = forms.RestForm
    template_name = "findings/lesson_rest.html"
    heading, done = "Rest the lesson on findings", "The lesson rests on them."

    def get_form_kwargs(self):
        there = self.lesson.finding_links.live().values("finding")
        return super().get_form_kwargs() | {
            "findings": self.findings().exclude(pk__in=there).order_by("number")
        }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"none_left": not context["form"].fields["findings"].queryset.exists()}

    def save(self, form):
        chosen = list(form.cleaned_data["findings"])
        services.rest_on(self.lesson, chosen, by=self.request.user)


class LessonUnrestView(_OfLessonMixin, FormView):
    form_class = GovForm
    heading, button, tone = "Rest the lesson no longer on a finding", "Untie them", "warning"
    done = "The lesson no longer rests on it."

    def find(self):
        super().find()
        rows = LessonFinding.objects.visible_to(self.request.user).live()
        rows = rows.filter(lesson=self.lesson).select_related("finding__review", "lesson__review")
        self.tie = get_object_or_404(rows, pk=self.kwargs["pk"])

    def after_it_is_gone(self):
        return self.back()[0]

    @property
    def intro(self):
        return f"{self.lesson} would no longer rest on {self.tie.finding.__str__().lower()}."

    def save(self, form):
        services.rest_no_longer(self.tie, by=self.request.user)


class OwnLessonsView(LeadMixin, AnalysisMixin, FormView):
    """Lessons of the agencies' own reports, one by one or all of them."""

    form_class = forms.OwnLessonsForm
    template_name = "findings/lesson_own.html"
    heading, button = "Take over the agencies’ own lessons", "Take over what is ticked"

    def back(self):
        return self.to("lesson-list"), "Back to the lessons"

    def get_form_kwargs(self):
        waiting, self.taken = own_points(self.review, self.request.user)
        rows = OwnPoint.objects.visible_to(self.request.user)
        rows = rows.filter(pk__in=[one.pk for one in waiting])
        rows = rows.select_related("file__submission__request__participation__agency")
        return super().get_form_kwargs() | {
            "rows": rows.order_by(
                "file__submission__request__participation__agency__name", "file", "position"
            )
        }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.request.method == "GET":
            self.tell_of_reading(rows=len(context["form"].all))
        return context | {"taken": self.taken}

    def save(self, form):
        made = services.take_over(
            self.review, list(form.cleaned_data["chosen"]), by=self.request.user
        )
        n = len(made)
        self.done = f"{n} {'lesson' if n == 1 else 'lessons'} taken over, in the agencies’ words."
