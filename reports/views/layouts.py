"""The layouts that a partnership keeps: what is used today, one version, the next one."""

from django.urls import reverse

from reports.layouts.forms import LayoutForm
from reports.models import DocumentTemplate, Layout
from reports.services import templates
from reviews import rules
from reviews.version_views import VersionCreateView, VersionDetailView, VersionListView


class _LayoutMixin:
    """Of the partnerships that somebody coordinates."""

    kinds = Layout
    kind_named = "layout"

    def is_allowed(self):
        return rules.can_change_document_templates(self.access)

    def at_hand(self):
        templates.install_if_missing()
        rows = DocumentTemplate.objects.visible_to(self.request.user)
        return rows.prefetch_related("sections")


class LayoutListView(_LayoutMixin, VersionListView):
    template_name = "reports/layouts/list.html"


class LayoutDetailView(_LayoutMixin, VersionDetailView):
    template_name = "reports/layouts/detail.html"


class LayoutCreateView(_LayoutMixin, VersionCreateView):
    form_class = LayoutForm
    template_name = "reports/layouts/create.html"
    done = "New version made. Documents that were begun go on with the layout they were begun with."

    def newest_for(self, kind, partnership):
        return templates.newest_for(kind, partnership)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"listed": self.newest.sections.all()}

    def make(self, form, **more):
        templates.make_version(sections=form.sections, **more)

    def made(self):
        return reverse("reports:layout-detail", args=[self.partnership.slug, self.kind])
