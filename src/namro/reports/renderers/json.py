"""The report as JSON."""

import json

from namro.reports.formulas import plain
from namro.reports.renderers.addresses import Address
from namro.reports.terms import Pictures, Report


def to_json(report: Report, pictures: Pictures, address: Address) -> bytes:
    """Return facts, figures, findings and text as indented JSON in UTF-8; it draws nothing and leads nowhere."""
    return (json.dumps(plain(report), ensure_ascii=False, indent=2) + "\n").encode()
