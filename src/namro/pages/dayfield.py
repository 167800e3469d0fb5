"""The field for a day on every form: typed as it is read, whatever language the browser speaks."""

from datetime import date
from typing import Any

from django import forms

from namro.ground.days import DayRefused, parse_day


class DayField(forms.Field):
    """A day, typed as it is read, 09/07/2025; one that does not exist says so."""

    # Not the browser's own date box: it writes the day in the browser's language, mm/dd in an English one.
    widget = forms.DateInput(
        attrs={"class": "short", "inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"},
        format="%d/%m/%Y",
    )

    def to_python(self, value: Any) -> date | None:
        """The day of the text."""
        if not value or isinstance(value, date):
            return value or None
        try:
            return parse_day(str(value))
        except DayRefused as refusal:
            raise forms.ValidationError(f"{refusal}.") from refusal
