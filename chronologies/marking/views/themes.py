"""The themes that the reviews of a partnership choose from."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, View

from chronologies.marking.forms import ThemeForm, theme_groups
from chronologies.marking.models import Theme
from chronologies.marking.services import themes
from reviews import rules
from reviews.version_views import PartnershipsMixin
from reviews.views import FormPageMixin


class ThemesMixin(PartnershipsMixin):
    def is_allowed(self):
        return rules.can_change_themes(self.access)

    def own(self):
        rows = Theme.objects.visible_to(self.request.user)
        return rows.filter(partnership__in=self.partnerships(), ended_at=None)


class ThemeListView(FormPageMixin, ThemesMixin, FormView):
    """The list, and the form for one more of one's own."""

    form_class = ThemeForm
    template_name = "chronologies/marking/theme_list.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnerships": self.partnerships()}

    def get_context_data(self, **kwargs):
        house = Theme.objects.visible_to(self.request.user).filter(partnership=None, ended_at=None)
        own = self.own().select_related("partnership").order_by("partnership__name", "name")
        return super().get_context_data(**kwargs) | {
            "groups": theme_groups(house.order_by("position", "name")),
            "own": own,
        }

    def form_valid(self, form):
        try:
            theme = themes.add_theme(by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, f"“{theme}” can be chosen now.")
        return redirect("chronologies:theme-list")


class ThemeEndView(ThemesMixin, View):
    http_method_names = ["post"]

    def find(self):
        super().find()
        if self.is_allowed():
            self.theme = get_object_or_404(self.own(), pk=self.kwargs["pk"])

    def post(self, request, *args, **kwargs):
        theme = themes.end_theme(self.theme, by=request.user)
        messages.success(request, f"“{theme}” can no longer be chosen. Entries stay tied to it.")
        return redirect("chronologies:theme-list")
