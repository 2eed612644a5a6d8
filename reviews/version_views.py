"""The pages of what a partnership keeps in versions: what is used today, one version, the next one."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from agencies.models import Partnership
from reviews import rules
from reviews.models import Review
from reviews.versions import NewerVersion, Version, in_force
from reviews.views import FormPageMixin, GuardedMixin


class PartnershipsMixin(GuardedMixin):
    """What the partnerships keep that somebody coordinates. It holds no case."""

    def partnerships(self):
        return Partnership.objects.filter(pk__in=self.access.appointments[rules.Role.COORDINATOR])


class VersionsMixin(PartnershipsMixin):
    """Of one partnership and one kind (of review, unless a page says otherwise), where the address
    names them."""

    kinds = Review.Kind
    kind_named = "review_kind"

    def at_hand(self):
        """The versions that this person may see."""
        raise NotImplementedError

    def find(self):
        if "partnership" not in self.kwargs or not self.is_allowed():
            return
        self.partnership = get_object_or_404(self.partnerships(), slug=self.kwargs["partnership"])
        if self.kwargs[self.kind_named] not in self.kinds.values:
            raise Http404
        self.kind = self.kinds(self.kwargs[self.kind_named])
        self.versions = self.at_hand().of(self.kind, self.partnership)
        today = timezone.localdate()
        self.current = in_force(self.versions, self.kind, self.partnership.pk, today)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "partnership": getattr(self, "partnership", None),
            "kind": getattr(self, "kind", None),
            "current": getattr(self, "current", None),
            "today": timezone.localdate(),
        }


@dataclass(frozen=True)
class InForce:
    partnership: Partnership
    kind: models.TextChoices
    version: Version | None


class VersionListView(VersionsMixin, TemplateView):
    """What each partnership uses today for each kind."""

    def get_context_data(self, **kwargs):
        at_hand, today = list(self.at_hand()), timezone.localdate()
        rows = [
            InForce(place, kind, in_force(at_hand, kind, place.pk, today))
            for place in self.partnerships()
            for kind in self.kinds
        ]
        return super().get_context_data(**kwargs) | {"rows": rows}


class VersionDetailView(VersionsMixin, TemplateView):
    """One version, the one in force unless another is asked for."""

    def get_context_data(self, **kwargs):
        shown = self.current
        if "pk" in self.kwargs:
            shown = get_object_or_404(self.versions, pk=self.kwargs["pk"])
        return super().get_context_data(**kwargs) | {
            "shown": shown,
            "versions": self.versions.select_related("made_by").order_by(
                "-effective_from", "-made_at"
            )[:50],
        }


class VersionCreateView(VersionsMixin, FormPageMixin, FormView):
    done = ""

    def newest_for(self, kind, partnership):
        """What the next version is made from; None where there is none."""
        raise NotImplementedError

    def make(self, form, **more):
        """Have the service make the version."""
        raise NotImplementedError

    def made(self):
        """Where to go once it is made."""
        raise NotImplementedError

    def find(self):
        super().find()
        if self.is_allowed():
            self.newest = self.newest_for(self.kind, self.partnership)

    def get_initial(self):
        own = self.newest is not None and not self.newest.is_house
        return {
            "title": self.newest.title if own else "",
            "source": self.newest.source if own else "",
            "effective_from": timezone.localdate(),
            "seen": self.newest.pk if self.newest else 0,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"newest": self.newest}

    def form_valid(self, form):
        said = form.cleaned_data
        try:
            self.make(
                form,
                kind=self.kind,
                partnership=self.partnership,
                seen=self.versions.filter(pk=said["seen"]).first(),
                by=self.request.user,
                on=timezone.localdate(),
                **{name: said[name] for name in ("title", "source", "effective_from", "key")},
            )
        except NewerVersion:
            form.add_error(
                None, "Somebody has made a newer version meanwhile. Open it and start from it"
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, self.done)
        return redirect(self.made())
