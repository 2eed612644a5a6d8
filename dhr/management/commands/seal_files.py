from django.apps import apps

from foundations.console import AnsweringCommand
from foundations.vault import services
from foundations.vault.models import FileKey, StoredFile


class Command(AnsweringCommand):
    help = (
        "Seal the stored files that came before files were sealed, each with the key of its review."
        " Safe to run again after a run that died, and while people work."
    )

    def answer(self, **_):
        sealed = sum(_seal_all(model, field) for model, field in owners())
        left = StoredFile.objects.filter(is_sealed=False).count()
        return {"sealed": sealed, "left_unsealed": left}


def owners():
    """(model, field) of whatever a stored file belongs to."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.related_model is StoredFile and model is not FileKey:
                yield model, field


def _seal_all(model, field):
    unsealed = model._base_manager.filter(**{f"{field.name}__is_sealed": False})
    rows = list(unsealed.order_by("pk"))
    for row in rows:
        services.seal(getattr(row, field.name), scope=row.vault_scope)
    return len(rows)
