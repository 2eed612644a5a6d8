"""Making versions of layouts, finding the one in force, and the house's. No service here changes one."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from reports.layouts.house import install
from reports.models import DocumentTemplate, Layout, SectionTemplate
from reviews.versions import in_force, next_version


def newest_for(layout, partnership):
    install_if_missing()
    return DocumentTemplate.objects.prefetch_related("sections").newest(layout, partnership)


def layouts_for(partnership, on):
    """[DocumentTemplate], one for each layout, of those in force on a day."""
    install_if_missing()
    rows = DocumentTemplate.objects.prefetch_related("sections")
    found = (
        in_force(rows.of(layout, partnership), layout, partnership.pk, on) for layout in Layout
    )
    return [one for one in found if one]


def make_version(*, sections, key=None, **told):
    """A partnership's next version; `sections` are dictionaries of the fields of a SectionTemplate."""
    if not sections:
        raise ValidationError("Keep at least one section")
    if sections[0]["level"] != 1:
        raise ValidationError("The first section cannot stand within another one")
    return next_version(
        DocumentTemplate,
        newest_for,
        EventType.DOCUMENT_TEMPLATE_MADE,
        key=key,
        parts=lambda made: [
            SectionTemplate(template=made, position=position, **one)
            for position, one in enumerate(sections, start=1)
        ],
        **told,
    )


def install_if_missing():
    """A database that nothing prepared has none until somebody asks."""
    if not DocumentTemplate.objects.filter(partnership=None).exists():
        with transaction.atomic():
            install(DocumentTemplate, SectionTemplate)
