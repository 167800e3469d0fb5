"""Reads of declared templates."""

from namro.organisation.terms import Refused
from namro.reports.catalog.templates import TemplateDef
from namro.reports.models import Template


def templates() -> list[TemplateDef]:
    """Return the templates in use, by code; one query."""
    return [row.definition for row in Template.objects.filter(is_active=True)]


def template(code: str) -> TemplateDef:
    """Return a template in use; refuses a code that is none and names those there are."""
    found = {row.code: row for row in templates()}
    if code not in found:
        known = ", ".join(sorted(found)) or "chưa nạp mẫu nào"
        raise Refused(f"Không có mẫu báo cáo «{code}»; các mẫu đang dùng: {known}.", field="template")
    return found[code]
