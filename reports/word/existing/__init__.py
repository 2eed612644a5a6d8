"""An existing report in Word, of whatever shape, as sections and numbered paragraphs.

read = read_report(content, name)
read.document, read.front, read.left_out, read.doubts
"""

from reports.word.existing.reading import ReadReport, read_report, report_of

__all__ = ["ReadReport", "read_report", "report_of"]
