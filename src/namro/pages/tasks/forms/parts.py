"""Fields of the task form alone: the units that cooperate, and the task above."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from namro.organisation.models import Unit
from namro.organisation.terms import Refused, Viewer
from namro.pages.fields import named_unit
from namro.tasks.models import Task
from namro.tasks.queries.scope import visible_to
from namro.tasks.terms import Stage

MOST_PARTNERS = 200
SPARE_ROWS = 2


class PartnersInput(forms.Widget):
    """One text field a cooperating unit, with spare ones; works without JavaScript."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw what is there, and spare rows."""
        rows = [*(value or []), *[""] * SPARE_ROWS]
        return mark_safe(render_to_string("tasks/partners.html", {"rows": rows, "name": name}))  # noqa: S308

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All rows that hold a word."""
        return [text.strip() for text in data.getlist(name) if text.strip()]

    def id_for_label(self, id_: str) -> str:
        """The first row."""
        return f"{id_}_1"


class PartnersField(forms.Field):
    """Units that cooperate; each unknown one is named with what is near."""

    widget = PartnersInput

    def clean(self, value: Any) -> Any:
        """The units, each once."""
        found: dict[int, Unit] = {}
        refused = []
        for text in value[:MOST_PARTNERS]:
            try:
                unit = named_unit(text)
                found[unit.pk] = unit
            except Refused as refusal:
                refused.append(refusal.sentence)
        if refused:
            raise forms.ValidationError(refused)
        return list(found.values())


class ParentField(forms.CharField):
    """A task by its code."""

    def clean(self, value: Any) -> Any:
        """The task, None for an empty field; refused outside the viewer's reach."""
        code = super().clean(value).strip().upper()
        if not code:
            return None
        rows = visible_to(self.viewer) if self.viewer else Task.objects.none()
        found = rows.exclude(stage=Stage.WITHDRAWN).filter(code=code).first()
        if found is None:
            raise forms.ValidationError(
                _("Không có nhiệm vụ mã %(code)s; hãy chép mã từ danh sách.") % {"code": code}
            )
        return found

    viewer: Viewer | None = None
