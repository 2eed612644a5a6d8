from reports.models.citations import CITED, Citation
from reports.models.documents import READ_BY_THE_PANEL, Document, Section, State
from reports.models.files import BroughtReport, Doubt, Stage, WordCopy, WordReturn
from reports.models.paragraphs import MOST, Paragraph, ParagraphVersion
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
    "KIND_OF",
    "MOST",
    "READ_BY_THE_PANEL",
    "Block",
    "BroughtReport",
    "Citation",
    "Document",
    "DocumentTemplate",
    "Doubt",
    "Kind",
    "Layout",
    "Paragraph",
    "ParagraphVersion",
    "Section",
    "SectionTemplate",
    "Stage",
    "State",
    "WordCopy",
    "WordReturn",
]
