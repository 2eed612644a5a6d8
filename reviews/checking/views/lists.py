from django.urls import reverse

from reviews import rules
from reviews.checking import lists
from reviews.checking.forms import ChecklistForm
from reviews.checking.models import Checked, Checklist
from reviews.version_views import VersionCreateView, VersionDetailView, VersionListView


class _ChecklistMixin:
    """The checklists of the partnerships that somebody coordinates."""

    kinds = Checked
    kind_named = "checked"

    def is_allowed(self):
        return rules.can_change_checklists(self.access)

    def at_hand(self):
        lists.install_if_missing()
        return Checklist.objects.visible_to(self.request.user).prefetch_related("items")


class ChecklistsView(_ChecklistMixin, VersionListView):
    template_name = "reviews/checking/checklists.html"


class ChecklistDetailView(_ChecklistMixin, VersionDetailView):
    template_name = "reviews/checking/checklist_detail.html"


class ChecklistCreateView(_ChecklistMixin, VersionCreateView):
    form_class = ChecklistForm
    template_name = "reviews/checking/checklist_create.html"
    done = "New version made. Checks that were begun go on with the list they were begun with."

    def newest_for(self, kind, partnership):
        return lists.newest_for(kind, partnership)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"listed": self.newest.items.all()}

    def make(self, form, **more):
        lists.make_version(items=form.kept, **more)

    def made(self):
        return reverse("reviews:checklist-detail", args=[self.partnership.slug, self.kind])
