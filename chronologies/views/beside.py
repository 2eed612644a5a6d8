"""What an agency handed in, next to what it recorded: the two can disagree."""

from django.core.paginator import Paginator
from django.views.generic import TemplateView

from chronologies.filtering import visible_entries
from chronologies.forms import EntryFilterForm
from chronologies.queries import known_people
from chronologies.views.places import PAGE
from reviews import rules
from reviews.submissions.models import Passage
from reviews.submissions.shown import shown
from reviews.submissions.views.versions import VersionMixin


class BesideView(VersionMixin, TemplateView):
    """A version and its agency's chronology, for those who may read both."""

    template_name = "chronologies/beside.html"

    def is_allowed(self):
        return rules.can_see_beside(self.access, self.part)

    def get_context_data(self, **kwargs):
        user = self.request.user
        form = EntryFilterForm(self.request.GET, people=known_people(self.review))
        form.is_valid()
        visible = visible_entries(self.review, user).filter(participation=self.part)
        entries = form.choose(visible).merged_in_time().for_display()
        page = Paginator(entries, PAGE).get_page(self.request.GET.get("page"))
        self.tell_of_reading(entries=len(page.object_list))
        text = Passage.objects.visible_to(user).filter(file__submission=self.version)
        return super().get_context_data(**kwargs) | {
            "form": form,
            "page_obj": page,
            "passages": shown(text),
        }
