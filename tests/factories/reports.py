import uuid
from contextlib import contextmanager

import factory
from django.utils import timezone

from reports.models import (
    Citation,
    Document,
    DocumentTemplate,
    Layout,
    Paragraph,
    ParagraphVersion,
    Section,
    SectionTemplate,
)
from reports.services.documents import begin_document, share_document
from reports.services.paragraphs import add_paragraph
from reports.services.places import LAST
from reports.services.sections import add_section
from reports.services.templates import layouts_for
from reviews.models import RoleHolder
from reviews.rules import Role
from reviews.services import end_role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.findings import FindingFactory
from tests.factories.reviews import ReviewFactory


class DocumentTemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DocumentTemplate

    kind = Layout.OVERVIEW_2016
    partnership = None
    version = factory.Sequence(lambda n: n + 100)
    effective_from = factory.LazyFunction(timezone.localdate)
    title = "Our layout"
    source = "Agreed by the board"


class SectionTemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SectionTemplate

    template = factory.SubFactory(DocumentTemplateFactory)
    code = factory.Sequence(lambda n: f"section-{n}")
    position = factory.Sequence(lambda n: n + 1)
    heading = "The facts"


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    review = factory.SubFactory(ReviewFactory)
    number = factory.Sequence(lambda n: n + 1)
    key = factory.LazyFunction(uuid.uuid4)
    kind = "overview"
    title = "Overview report"
    made_by = factory.SubFactory(UserFactory)


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section

    document = factory.SubFactory(DocumentFactory)
    position = factory.Sequence(lambda n: n + 1)
    heading = "The facts"


class ParagraphFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Paragraph

    section = factory.SubFactory(SectionFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = "She went to her doctor."


class ParagraphVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ParagraphVersion

    paragraph = factory.SubFactory(ParagraphFactory)
    number = 1
    what = "written"
    kind = "numbered"


class CitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Citation

    paragraph = factory.SubFactory(ParagraphFactory)
    finding = factory.LazyAttribute(
        lambda one: FindingFactory(review=one.paragraph.section.document.review)
    )


# --- The way the pages do -----------------------------------------------------------------------


def begun(review=None, layout=Layout.OVERVIEW_2016, *, title="Overview report", by=None):
    """A document from the layout in force."""
    review = review or ReviewFactory()
    found = layouts_for(review.partnership, timezone.localdate())
    template = next(one for one in found if one.kind == layout)
    return begin_document(
        review, template=template, title=title, by=by or UserFactory(), key=uuid.uuid4()
    )


def section_in(document, heading="The facts", **said):
    by = said.pop("by", None) or UserFactory()
    return add_section(document, heading=heading, by=by, key=uuid.uuid4(), **said)


def paragraph_in(section, text="She went to her doctor.", *, kind="numbered", **said):
    by = said.pop("by", None) or UserFactory()
    said.setdefault("after", LAST)
    return add_paragraph(section, text=text, kind=kind, by=by, key=uuid.uuid4(), **said)


@contextmanager
def for_now(role, review, participation=None):
    """Somebody who does one thing and leaves: of what comes later nobody is told for that."""
    user = with_role(role, review, participation)
    yield user
    end_role(RoleHolder.objects.get(user=user), by=None)


def shared(document, **said):
    """The panel reads it."""
    with for_now(Role.CHAIR, document.review) as chair:
        share_document(document, by=chair, **said)
