"""Fields that speak the house's language: units by name, numbers as read here, sentences; and the form that writes."""

import re
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from namro.ground.numbers import NumberRefused, format_number, parse_number
from namro.organisation.models import Unit
from namro.organisation.queries import unit_named
from namro.organisation.terms import Refused

_CODE_IN_BRACKETS = re.compile(r"\(([^()\s]+)\)\s*$")


def named_unit(text: str) -> Unit:
    """The unit of a code, a name, or «name (code)» as a suggestion writes it; Refused with what is near."""
    code = _CODE_IN_BRACKETS.search(text)
    return unit_named(code[1] if code else text.strip())


def shown_unit(unit: Unit | None) -> str:
    """A unit as a field shows it: the name for the person, the code for certainty."""
    return f"{unit.name} ({unit.code})" if unit else ""


class UnitField(forms.CharField):
    """A unit typed by name or code, with or without marks; the field suggests while one types."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=250, **options)
        self.widget.attrs |= {"data-suggest": "don-vi", "autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: Any) -> Any:
        """The unit, None for an empty field."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return named_unit(text)
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal

    def prepare_value(self, value: Any) -> Any:
        """A unit by name and code; what was typed stays as it was typed."""
        return shown_unit(value) if isinstance(value, Unit) else value


class NumberField(forms.CharField):
    """A number as Vietnamese readers write it: 1.154 or 42,7."""

    def clean(self, value: Any) -> Any:
        """The number, None for an empty field."""
        text = super().clean(value)
        try:
            return parse_number(text.rstrip(" %\u00a0")) if text else None
        except NumberRefused as refusal:
            raise forms.ValidationError(f"{refusal}.") from refusal

    def prepare_value(self, value: Any) -> Any:
        """A stored number in the Vietnamese form."""
        return value if value is None or isinstance(value, str) else format_number(value)


def words(
    label: Any, hint: Any = "", *, required: bool = True, rows: int = 3, most: int = 4000
) -> forms.CharField:
    """A field for a few sentences, at most so many characters."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, widget=area)


class RequestForm(forms.Form):
    """A form that writes: its id makes a second sending harmless, its version says what the person had seen."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The browser makes the id; without JavaScript the server's does.
        self.initial.setdefault("client_id", uuid4())
        for field in self.fields.values():
            field.error_messages["required"] = _("Hãy điền mục này.")

    def clean_client_id(self) -> UUID:
        """The id that was sent, a new one where none was."""
        return self.cleaned_data.get("client_id") or uuid4()

    def refuse(self, refusal: Refused) -> None:
        """Put the sentence beside the field it speaks of, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)

    def renew_number(self) -> None:
        """Let what was typed be sent as an act of its own: its number had done something else."""
        sent = cast(QueryDict, self.data).copy()
        sent["client_id"] = str(uuid4())
        self.data = sent

    def renew(self, version: int) -> None:
        """Let what was typed be sent again: the person has now been told of the version that is there."""
        sent = cast(QueryDict, self.data).copy()
        sent["version"] = str(version)
        self.data = sent


class DeedForm(RequestForm):
    """A verb done to one thing; `carry_out` raises Refused. What the thing is, is said by the domain's own form."""

    slug: str
    opens: Any
    sends: Any
    done: Any
    tells: Any = ""
    danger = False

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", f"{self.slug}-%s")
        super().__init__(*args, **options)

    @property
    def has_files(self) -> bool:
        """Whether the form must be sent as multipart."""
        return self.is_multipart()

    @property
    def typed(self) -> dict[str, Any]:
        """What was asked and typed, without the number of the act and the version that was seen."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("client_id", "version")
        }

    def carry_out(self, *about: Any, **who: Any) -> Any:
        """Do the verb with what was typed."""
        given = {"client_id": self.cleaned_data["client_id"], "version": self.cleaned_data.get("version")}
        return self.act(*about, **self.typed, **given, **who)

    def act(self, *about: Any, **given: Any) -> Any:
        """The action of the verb."""
        raise NotImplementedError
