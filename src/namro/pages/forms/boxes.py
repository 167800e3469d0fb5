"""The boxes of a declared form as a form of the page: everything is text until the domain has read it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from namro.pages.dayfield import DayField
from namro.pages.forms.values import answer, criteria, label, typed
from namro.sources.rules.reading import LONGEST_TEXT
from namro.sources.terms import FieldDef, FieldType, FormDef

PREFIX = "o"  # so that no box can be mistaken for what stands beside the boxes


class Boxes(forms.Form):
    """The boxes; nothing is refused here, `written` goes to the domain as it was typed."""

    use_required_attribute = False

    def __init__(self, form: FormDef, data: Any = None, *, values: Mapping[str, str] | None = None) -> None:
        super().__init__(data, prefix=PREFIX, initial=_initial(form, values or {}))
        met = criteria(form)
        for field in form.fields:
            self.fields[field.code] = _box(field, is_criterion=field.code in met)

    @property
    def written(self) -> dict[str, str]:
        """What was typed, box by box."""
        return {code: str(self.data.get(self.add_prefix(code), "")) for code in self.fields}


def _initial(form: FormDef, values: Mapping[str, str]) -> dict[str, str]:
    return {field.code: typed(field, values.get(field.code)) for field in form.fields}


def _box(field: FieldDef, *, is_criterion: bool) -> forms.Field:
    """Return the box of a field; never required here, so that the domain says in its own words what is missing."""
    about: dict[str, Any] = {"label": label(field), "help_text": field.help, "required": False}
    if field.type is FieldType.BOOL:
        choices = [("1", answer(is_criterion, yes=True)), ("0", answer(is_criterion, yes=False))]
        return forms.CharField(widget=forms.RadioSelect(choices=choices), **about)
    if field.type is FieldType.TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TEXT}), **about)
    mode = "numeric" if field.type in (FieldType.INT, FieldType.MONEY) else "decimal"
    attrs = {"inputmode": mode, "autocomplete": "off", "class": "short"}
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **about)


class Envelope(forms.Form):
    """What stands beside the boxes: the day the values speak of, on what they rest, and what makes sending safe."""

    use_required_attribute = False

    as_of = DayField(
        label=gettext_lazy("Ngày chốt số liệu"),
        error_messages={"required": gettext_lazy("Chưa ghi ngày chốt số liệu; hãy chọn một ngày.")},
    )
    ground = forms.CharField(
        label=gettext_lazy("Căn cứ, văn bản kèm theo"), max_length=300, required=False,
        help_text=gettext_lazy("Số và ngày văn bản, hoặc lý do đính chính."),
    )  # fmt: skip
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @property
    def sender_id(self) -> UUID:
        """The id made by the sender, which makes a retry harmless."""
        return self.cleaned_data["client_id"]
