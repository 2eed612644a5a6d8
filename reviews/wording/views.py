from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from reviews import rules
from reviews.version_views import PartnershipsMixin
from reviews.versions import NewerVersion
from reviews.views import FormPageMixin
from reviews.wording import services
from reviews.wording.forms import WordingForm
from reviews.wording.kinds import FIELDS, Kind, known_fields
from reviews.wording.models import Wording
from reviews.wording.queries import in_force


class _WordingMixin(PartnershipsMixin):
    """The texts of the partnerships that somebody coordinates. They hold no case."""

    def is_allowed(self):
        return rules.can_change_wordings(self.access)

    def find(self):
        if "kind" not in self.kwargs or not self.is_allowed():
            return
        self.partnership = get_object_or_404(self.partnerships(), slug=self.kwargs["partnership"])
        if self.kwargs["kind"] not in Kind.values:
            raise Http404
        self.kind = Kind(self.kwargs["kind"])
        self.wordings = Wording.objects.visible_to(self.request.user).of(
            self.kind, self.partnership
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "partnership": getattr(self, "partnership", None),
            "kind": getattr(self, "kind", None),
        }


class WordingListView(_WordingMixin, TemplateView):
    template_name = "reviews/wording/wording_list.html"

    def get_context_data(self, **kwargs):
        rows = in_force(self.request.user, self.partnerships(), on=timezone.localdate())
        return super().get_context_data(**kwargs) | {"rows": rows}


class WordingDetailView(_WordingMixin, TemplateView):
    """One version, the one in force unless another is asked for, as it reads when it is filled."""

    template_name = "reviews/wording/wording_detail.html"

    def find(self):
        super().find()
        if not self.is_allowed():
            return
        self.current = services.wording_for(self.kind, self.partnership, timezone.localdate())
        self.wording = self.current
        if "pk" in self.kwargs:
            self.wording = get_object_or_404(self.wordings, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "wording": self.wording,
            "current": self.current,
            "preview": services.preview(self.wording),
            "versions": self.wordings.select_related("made_by", "partnership").order_by(
                "-effective_from", "-made_at"
            )[:50],
            "today": timezone.localdate(),
        }


class WordingCreateView(_WordingMixin, FormPageMixin, FormView):
    form_class = WordingForm
    template_name = "reviews/wording/wording_create.html"

    def find(self):
        super().find()
        if self.is_allowed():
            self.seen = services.newest_for(self.kind, self.partnership)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kind": self.kind}

    def get_initial(self):
        return {
            "title": self.seen.title,
            "text": self.seen.text,
            "source": "" if self.seen.is_house else self.seen.source,
            "effective_from": timezone.localdate(),
            "seen": self.seen.pk,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "seen": self.seen,
            "fields": [(f"{{{{ {name} }}}}", *FIELDS[name]) for name in known_fields(self.kind)],
        }

    def form_valid(self, form):
        words = dict(form.cleaned_data)
        if "preview" in self.request.POST:
            draft = Wording(kind=self.kind, title=words["title"], text=words["text"])
            return self.render_to_response(
                self.get_context_data(form=form, preview=services.preview(draft))
            )
        seen = self.wordings.filter(pk=words.pop("seen")).first()
        try:
            services.make_version(
                kind=self.kind,
                partnership=self.partnership,
                seen=seen,
                by=self.request.user,
                on=timezone.localdate(),
                **words,
            )
        except NewerVersion:
            form.add_error(
                None,
                "Somebody has made a newer version meanwhile. Copy your words, open it and start from it",
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "New version made.")
        return redirect("reviews:wording-detail", self.partnership.slug, self.kind)
