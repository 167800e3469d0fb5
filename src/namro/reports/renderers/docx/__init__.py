"""The report as a Word document by Decree 30/2020/NĐ-CP."""

from namro.reports.renderers.docx.document import to_docx

__all__ = ["to_docx"]
