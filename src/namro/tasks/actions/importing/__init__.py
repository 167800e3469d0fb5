"""Tasks from Excel: a template, a preview with a reason for every bad row, and the good rows written in bulk."""

from namro.tasks.actions.importing.checking import Checked, Fault
from namro.tasks.actions.importing.reading import SheetRow, read_sheet
from namro.tasks.actions.importing.workbooks import rejected, template
from namro.tasks.actions.importing.writing import Preview, Written, preview, receive, write_good

__all__ = [
    "Checked", "Fault", "Preview", "SheetRow", "Written", "preview", "read_sheet", "receive", "rejected", "template",
    "write_good",
]  # fmt: skip
