from reports.models.accuracy import AccuracyRound, ExtractAnswer, ExtractLine
from reports.models.checks import BlamingPhrase, CheckAnswer, FoundBefore
from reports.models.citations import CITED, Citation
from reports.models.documents import DRAFTS, READ_BY_THE_PANEL, Document, Section, State
from reports.models.family import FamilyChange, FamilyReading
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
from reports.models.remarks import Done, Remark, RemarkMove
from reports.models.renderings import Format, Rendering, Variant
from reports.models.scans import Hit, HitDecision, Scan, Severity, Source, Verdict
from reports.models.templates import (
    KIND_OF,
    Block,
    DocumentTemplate,
    Kind,
    Layout,
    SectionTemplate,
)
from reports.models.withdrawals import OfficeWithdrawal

__all__ = [
    "CITED",
    "DRAFTS",
    "KIND_OF",
    "MOST",
    "READ_BY_THE_PANEL",
    "AccuracyRound",
    "Audience",
    "BlamingPhrase",
    "Block",
    "BroughtReport",
    "CheckAnswer",
    "Citation",
    "CoolingOff",
    "Document",
    "DocumentTemplate",
    "Done",
    "Doubt",
    "Ending",
    "ExtractAnswer",
    "ExtractLine",
    "FamilyChange",
    "FamilyReading",
    "FormAnswer",
    "Format",
    "FoundBefore",
    "Handed",
    "Hit",
    "HitDecision",
    "Kind",
    "Layout",
    "LetterPoint",
    "OfficeLetter",
    "OfficeWithdrawal",
    "Pack",
    "PackPart",
    "PackSent",
    "Paragraph",
    "ParagraphVersion",
    "PlanMark",
    "PlanStep",
    "PointAnswer",
    "Publication",
    "Recipient",
    "Release",
    "Released",
    "ReleasedFile",
    "Remark",
    "RemarkMove",
    "Rendering",
    "Scan",
    "Section",
    "SectionTemplate",
    "Severity",
    "Side",
    "SignOff",
    "Source",
    "Stage",
    "State",
    "Variant",
    "Verdict",
    "WordCopy",
    "WordReturn",
]
