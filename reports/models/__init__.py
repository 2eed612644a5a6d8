from reports.models.checks import BlamingPhrase, CheckAnswer, FoundBefore
from reports.models.citations import CITED, Citation
from reports.models.documents import DRAFTS, READ_BY_THE_PANEL, Document, Section, State
from reports.models.files import BroughtReport, Doubt, Stage, WordCopy, WordReturn
from reports.models.paragraphs import MOST, Paragraph, ParagraphVersion
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
    "BlamingPhrase",
    "Block",
    "BroughtReport",
    "CheckAnswer",
    "Citation",
    "Document",
    "DocumentTemplate",
    "Doubt",
    "Format",
    "FoundBefore",
    "Kind",
    "Layout",
    "Paragraph",
    "ParagraphVersion",
    "Rendering",
    "Section",
    "SectionTemplate",
    "Stage",
    "State",
    "Variant",
    "WordCopy",
    "WordReturn",
]
