from reports.models.citations import CITED, Citation
from reports.models.documents import DRAFTS, READ_BY_THE_PANEL, Document, Section, State
from reports.models.files import BroughtReport, Doubt, Stage, WordCopy, WordReturn
from reports.models.homeoffice import (
    FormAnswer,
    LetterPoint,
    OfficeLetter,
    Pack,
    PackPart,
    PackSent,
    PointAnswer,
    Recipient,
)
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
    "Block",
    "BroughtReport",
    "Citation",
    "Document",
    "DocumentTemplate",
    "Doubt",
    "FormAnswer",
    "Format",
    "Kind",
    "Layout",
    "LetterPoint",
    "OfficeLetter",
    "Pack",
    "PackPart",
    "PackSent",
    "Paragraph",
    "ParagraphVersion",
    "PointAnswer",
    "Recipient",
    "Rendering",
    "Section",
    "SectionTemplate",
    "Stage",
    "State",
    "Variant",
    "WordCopy",
    "WordReturn",
]
