"""The columns of a sample as a form: what each is called and holds, and which say when, who, and which row."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namro.ground.text import fold
from namro.organisation.terms import Refused
from namro.pages.fields import NumberField, RequestForm
from namro.sources.rules.drafts import check_columns
from namro.sources.terms import Codes, ColumnType, Personal
from namro.sources.terms.drafts import Guess, Guessed, UnitMatch

Column = dict[str, Any]


class RolesForm(RequestForm):
    """Which column says when, which whose row it is and by which codes, and how numbers are written."""

    time = forms.ChoiceField(label=gettext_lazy("Cột nào là ngày của dòng?"))
    unit = forms.ChoiceField(label=gettext_lazy("Cột nào cho biết đơn vị?"))
    codes = forms.ChoiceField(label=gettext_lazy("Đơn vị ghi theo"), choices=Codes.choices)
    split = forms.BooleanField(
        label=gettext_lazy("Đơn vị cũ đã chia tách thì tính cho phần đông dân nhất"), required=False
    )
    numbers = forms.ChoiceField(
        label=gettext_lazy("Số được ghi thế nào?"),
        choices=[("plain", gettext_lazy("1234.5 (dấu chấm)")), ("vi", gettext_lazy("1.234,5 (dấu phẩy)"))],
    )

    def __init__(self, *args: Any, headings: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("Chọn cột")), *((heading, heading) for heading in headings)]
        for name in ("time", "unit"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class ColumnForm(forms.Form):
    """One column: whether it is taken, what it is called, what may stand in it."""

    take = forms.BooleanField(label=gettext_lazy("Lấy cột này"), required=False)
    label = forms.CharField(label=gettext_lazy("Tên người đọc thấy"), max_length=120, required=False)
    type = forms.ChoiceField(label=gettext_lazy("Kiểu"), choices=ColumnType.choices)
    personal = forms.ChoiceField(
        label=gettext_lazy("Dữ liệu cá nhân"), required=False,
        choices=[("", gettext_lazy("Không phải")), *Personal.choices],
    )  # fmt: skip
    key = forms.BooleanField(label=gettext_lazy("Cột khóa"), required=False)
    needed = forms.BooleanField(label=gettext_lazy("Bắt buộc"), required=False)
    measure = forms.CharField(label=gettext_lazy("Đơn vị đo"), max_length=40, required=False)
    low = NumberField(label=gettext_lazy("Thấp nhất"), required=False)
    high = NumberField(label=gettext_lazy("Cao nhất"), required=False)
    listed = forms.CharField(
        label=gettext_lazy("Chỉ nhận các giá trị"), required=False, max_length=1000,
        help_text=gettext_lazy("Cách nhau bằng dấu chấm phẩy."),
    )  # fmt: skip

    def __init__(self, *args: Any, guess: Guess, hidden: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.guess, self.hidden = guess, hidden

    def clean_personal(self) -> str:
        """Refuse to show again what has been hashed for good."""
        chosen = str(self.cleaned_data["personal"])
        if self.hidden and not chosen:
            raise forms.ValidationError(
                _(
                    "Cột này đã được che trong mẫu. Nếu không phải dữ liệu cá nhân, hãy lấy mẫu lại rồi bỏ chọn."
                )
            )
        return chosen

    @property
    def is_covered(self) -> bool:
        """Whether its values are about people, or seem to be: these are not shown."""
        return self.hidden or bool(self.guess.personal)

    @property
    def is_limited(self) -> bool:
        """Whether anything is said, or refused, of its measure and limits."""
        limits = ("measure", "low", "high", "listed")
        return any(self[name].value() not in (None, "") or name in self.errors for name in limits)

    @property
    def column(self) -> Column:
        """The column as a contract holds it."""
        said, of_numbers = (
            self.cleaned_data,
            self.cleaned_data["type"] in (ColumnType.INTEGER, ColumnType.DECIMAL),
        )
        limits = {"min": _plain(said["low"]), "max": _plain(said["high"])} if of_numbers else {}
        made: Column = {
            "name": self.guess.name,
            "type": said["type"],
            "label": said["label"] or self.guess.heading,
            "heading": [self.guess.heading],
            **({} if said["needed"] else {"needed": False}),
            "unit_of_measure": said["measure"],
            **limits,
            "one_of": [each.strip() for each in said["listed"].split(";") if each.strip()],
            "personal": said["personal"],
        }
        return {key: value for key, value in made.items() if value not in ("", None, [])}


def _plain(number: Decimal | None) -> int | float | None:
    """Return a limit as YAML and JSON write it."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


class ColumnsForm:
    """The whole step: the roles, and a form for each column of the sample."""

    def __init__(
        self,
        data: Any,
        body: Mapping[str, Any],
        guessed: Guessed,
        proposed: "Proposal",
        hidden: Sequence[str],
    ):
        headings = [each.heading for each in guessed.columns]
        self.roles = RolesForm(data, headings=headings, initial=proposed.roles)
        self.columns = [
            ColumnForm(
                data,
                prefix=f"c{place}",
                guess=each,
                hidden=each.heading in hidden,
                initial=_known(body, each) or proposed.of(each),
            )
            for place, each in enumerate(guessed.columns)
        ]

    def is_valid(self) -> bool:
        """Whether all of it can be read, and makes a contract."""
        every = [self.roles.is_valid(), *(form.is_valid() for form in self.columns)]
        if not all(every):
            return False
        try:
            check_columns(self.said)
        except Refused as refusal:
            self.refuse(refusal)
            return False
        return True

    def refuse(self, refusal: Refused) -> None:
        """Put a sentence beside its field."""
        place, _, field = refusal.field.partition("-")
        if field and place.startswith("c") and (form := self._taken(int(place[1:]))):
            form.add_error(field, refusal.sentence)
        else:
            self.roles.refuse(refusal)

    def _taken(self, place: int) -> ColumnForm:
        return [form for form in self.columns if form.cleaned_data["take"]][place]

    @property
    def said(self) -> dict[str, Any]:
        """What the step says of the contract."""
        roles = self.roles.cleaned_data
        taken = [form for form in self.columns if form.cleaned_data["take"]]
        names = {form.guess.heading: form.guess.name for form in self.columns}
        unit = {"column": names[roles["unit"]], "codes": roles["codes"]}
        return {
            "columns": [form.column for form in taken],
            "time": names[roles["time"]],
            "unit": unit | ({"split": "largest"} if roles["split"] else {}),
            "numbers": roles["numbers"],
            "key": [form.guess.name for form in taken if form.cleaned_data["key"]],
        }


def _known(body: Mapping[str, Any], guess: Guess) -> dict[str, Any] | None:
    """Return what the draft says of a column already, as its form takes it; nothing before the first saving."""
    if not body.get("columns"):
        return None
    for column in body["columns"]:
        headings = [*column.get("heading", ()), column["label"], column["name"]]
        if fold(guess.heading) in map(fold, headings):
            return {
                "take": True, "label": column["label"], "type": column["type"], "key": column["name"] in body["key"],
                "personal": column.get("personal", ""), "needed": column.get("needed", True),
                "measure": column.get("unit_of_measure", ""), "low": _number(column.get("min")),
                "high": _number(column.get("max")), "listed": "; ".join(column.get("one_of", ())),
            }  # fmt: skip
    return {"take": False, "label": guess.heading, "type": guess.type, "needed": False}


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


class Proposal:
    """What is proposed for a sample before anybody has said anything, or what the draft says already."""

    def __init__(
        self, body: Mapping[str, Any], guessed: Guessed, match: UnitMatch | None, key: Sequence[str]
    ) -> None:
        self._rows, self._key, self._unit = guessed.rows, key, match.heading if match else ""
        headings = {
            column["name"]: heading for column in body.get("columns") or [] for heading in column["heading"]
        }
        days = (
            each.heading for each in guessed.columns if each.type in {ColumnType.DATE, ColumnType.TIMESTAMP}
        )
        unit = body.get("unit") or {}
        self.roles = {
            "time": headings.get(body.get("time", "")) or next(days, ""),
            "unit": headings.get(unit.get("column", "")) or self._unit,
            "codes": unit.get("codes") or (match.codes if match else Codes.UNITS),
            "split": bool(unit.get("split")),
            "numbers": body.get("numbers") or guessed.numbers,
        }

    def of(self, guess: Guess) -> dict[str, Any]:
        """Return what is proposed for a column."""
        is_unit = guess.heading == self._unit
        return {
            "take": guess.filled > 0,
            "label": guess.heading,
            "type": ColumnType.TEXT if is_unit else guess.type,
            "personal": guess.personal or "",
            "key": guess.heading in self._key,
            "needed": 0 < guess.filled == self._rows,
        }


def first_key(guessed: Guessed, match: UnitMatch | None) -> list[str]:
    """Return the headings that belong to every key: the day, and the unit."""
    days = [each.heading for each in guessed.columns if each.type in {ColumnType.DATE, ColumnType.TIMESTAMP}]
    return [*days[:1], *([match.heading] if match and match.heading not in days[:1] else [])]


def unit_headings(guessed: Guessed) -> Iterator[str]:
    """Yield the columns in which units could stand: words and whole numbers that are not about people."""
    for each in guessed.columns:
        if each.type in {ColumnType.TEXT, ColumnType.INTEGER} and not each.personal and each.filled:
            yield each.heading
