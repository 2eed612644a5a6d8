from reports.models.citations import CITED, Citation
from reports.models.documents import DRAFTS, READ_BY_THE_PANEL, Document, Section, State
from reports.models.files import BroughtReport, Doubt, Stage, WordCopy, WordReturn
from reports.models.paragraphs import MOST, Paragraph, ParagraphVersion
from reports.models.release_plan import Audience, Handed, PlanMark, PlanStep
from reports.models.releases import (
    CoolingOff,
    Ending,
    Publication,
    Release,
    Released,
    ReleasedFile,
    Side,
    SignOff,
)
from reports.models.renderings import Format, Rendering, Variant
from reports.models.templates import (
    KIND_OF,
    Block,
    DocumentTemplate,
    Kind,
    Layout,
    SectionTemplate,
)

__all__ = [
    "CITED",
    "DRAFTS",
    "KIND_OF",
    "MOST",
    "READ_BY_THE_PANEL",
    "Audience",
    "Block",
    "BroughtReport",
    "Citation",
    "CoolingOff",
    "Document",
    "DocumentTemplate",
    "Doubt",
    "Ending",
    "Format",
    "Handed",
    "Kind",
    "Layout",
    "Paragraph",
    "ParagraphVersion",
    "PlanMark",
    "PlanStep",
    "Publication",
    "Release",
    "Released",
    "ReleasedFile",
    "Rendering",
    "Section",
    "SectionTemplate",
    "Side",
    "SignOff",
    "Stage",
    "State",
    "Variant",
    "WordCopy",
    "WordReturn",
]
