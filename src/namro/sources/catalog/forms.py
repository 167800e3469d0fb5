"""Forms: one YAML file a form, read into FormDef and checked."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

from namro.ground.period import Kind, Period
from namro.organisation.terms import UnitKind
from namro.sources.catalog.reading import Entry, Reading, day_of
from namro.sources.terms import (
    CheckDef,
    CheckKind,
    CountDef,
    CountKind,
    DueRule,
    FieldDef,
    FieldType,
    FormDef,
)

_NEEDED = (
    "code",
    "title",
    "version",
    "owner",
    "why",
    "next_review",
    "period",
    "first_period",
    "due",
    "filled_by",
    "fields",
)
_ALLOWED = (*_NEEDED, "title_en", "about", "within", "counts", "checks", "placeholder")
_FIELD = ("code", "label", "label_en", "type", "unit_of_measure", "required", "help", "measure", "breakdown")

# For each check: the key of the field under test, then the keys of those it is held against.
_SHAPES: dict[CheckKind, tuple[str, tuple[str, ...]]] = {
    CheckKind.PARTS_ADD_UP: ("total", ("parts",)),
    CheckKind.RATE_FOLLOWS: ("rate", ("numerator", "denominator")),
    CheckKind.RANGE: ("field", ()),
    CheckKind.JUMP: ("field", ()),
    CheckKind.NOT_MORE_THAN: ("field", ("limit",)),
}
_SETTINGS = {
    CheckKind.PARTS_ADD_UP: (),
    CheckKind.RATE_FOLLOWS: ("decimals",),
    CheckKind.RANGE: ("min", "max"),
    CheckKind.JUMP: ("factor",),
    CheckKind.NOT_MORE_THAN: (),
}


def read_forms(folder: Path, *, today: date, units: set[str]) -> tuple[list[tuple[FormDef, Entry]], Reading]:
    """Return the forms of a folder with their entries, and the warnings; PackageRefused with every fault.

    `units` are the unit codes that a form may name.
    """
    reading, found = Reading(folder), []
    for entry in reading.entries():
        before = reading.count
        _check_shape(reading, entry, today)
        if reading.count == before:
            form = form_of(entry)
            _check_sense(reading, entry, form, units)
            found.append((form, entry))
            for code, times in Counter(f.code for f, _ in found).items():
                if times > 1 and code == form.code:
                    reading.fault(entry, f"mã biểu «{code}» đã khai báo ở tệp khác")
    reading.check()
    return found, reading


def form_of(entry: Entry) -> FormDef:
    """Return the form of a checked entry, or of the body stored from one."""
    due, filled = entry["due"], entry["filled_by"]
    return FormDef(
        code=entry["code"],
        title=entry["title"],
        title_en=entry.get("title_en", ""),
        version=int(entry["version"]),
        owner=entry["owner"],
        why=entry["why"],
        next_review=day_of(entry["next_review"]),
        period=Kind(entry["period"]),
        first_period=str(entry["first_period"]),
        due=DueRule(due.get("working_days"), due.get("day_of_month")),
        fields=tuple(_field_of(field) for field in entry["fields"]),
        kinds=tuple(filled.get("kinds", ())),
        units=tuple(filled.get("units", ())),
        about=str(entry.get("about", "")),
        within=str(entry.get("within", "")),
        counts=tuple(_count_of(count) for count in entry.get("counts", ())),
        checks=tuple(_check_of(check) for check in entry.get("checks", ())),
        placeholder=entry.get("placeholder", ""),
    )


def _field_of(entry: Entry) -> FieldDef:
    return FieldDef(
        code=entry["code"],
        label=entry["label"],
        type=FieldType(entry["type"]),
        label_en=entry.get("label_en", ""),
        unit_of_measure=entry.get("unit_of_measure", ""),
        required=entry.get("required", True),
        help=entry.get("help", ""),
        measure=entry.get("measure", ""),
        breakdown=entry.get("breakdown", ""),
    )


def _count_of(entry: Entry) -> CountDef:
    return CountDef(entry["code"], entry["label"], CountKind(entry["count"]), tuple(entry.get("of", ())))


def _check_of(entry: Entry) -> CheckDef:
    kind = CheckKind(entry["check"])
    subject, others = _SHAPES[kind]
    named = [entry[key] if isinstance(entry[key], list) else [entry[key]] for key in others]
    return CheckDef(
        code=entry["code"],
        kind=kind,
        subject=entry[subject],
        others=tuple(code for codes in named for code in codes),
        decimals=entry.get("decimals", 0),
        minimum=_decimal(entry.get("min")),
        maximum=_decimal(entry.get("max")),
        factor=_decimal(entry.get("factor")),
        text=entry.get("text", ""),
    )


def _decimal(value: object) -> Decimal | None:
    """Return a YAML number exactly as it is written."""
    return None if value is None else Decimal(str(value))


def _check_shape(reading: Reading, entry: Entry, today: date) -> None:
    """Keep a fault for each key that is missing, unknown or of a wrong kind."""
    reading.only(entry, *_ALLOWED)
    if not reading.need(entry, *_NEEDED):
        return
    reading.need_review(entry, today)
    if reading.need_one_of(entry, "period", set(Kind)):
        _check_first_period(reading, entry)
    for place, keys in (("due", ("working_days", "day_of_month")), ("filled_by", ("kinds", "units"))):
        if not isinstance(entry[place], dict) or not any(entry[place].get(key) for key in keys):
            reading.fault(entry, f"«{place}» phải có «{keys[0]}» hoặc «{keys[1]}»")
    _check_parts(reading, entry)


def _check_parts(reading: Reading, entry: Entry) -> None:
    """Keep the faults of the fields, counts and checks of a form."""
    for field in entry["fields"]:
        reading.only(field, *_FIELD)
        if reading.need(field, "code", "label", "type"):
            reading.need_one_of(field, "type", set(FieldType))
    for count in entry.get("counts", ()):
        if reading.need(count, "code", "label", "count"):
            reading.need_one_of(count, "count", set(CountKind))
    for check in entry.get("checks", ()):
        _check_check(reading, check)


def _check_first_period(reading: Reading, entry: Entry) -> None:
    try:
        first = Period.parse(str(entry["first_period"]))
    except ValueError as refusal:
        reading.fault(entry, str(refusal))
        return
    if first.kind != entry["period"]:
        reading.fault(entry, f"«first_period» {first.key} không phải là kỳ «{entry['period']}»")


def _check_check(reading: Reading, check: Entry) -> None:
    if not reading.need(check, "code", "check") or not reading.need_one_of(check, "check", set(CheckKind)):
        return
    kind = CheckKind(check["check"])
    subject, others = _SHAPES[kind]
    reading.only(check, "code", "check", "text", subject, *others, *_SETTINGS[kind])
    reading.need(check, subject, *others)
    if kind is CheckKind.JUMP:
        reading.need(check, "factor")
    if kind is CheckKind.RANGE and check.get("min") is None and check.get("max") is None:
        reading.fault(check, "phép kiểm tra «range» phải có «min» hoặc «max»")


def _check_sense(reading: Reading, entry: Entry, form: FormDef, units: set[str]) -> None:
    """Keep a fault for each name that leads nowhere and each code that stands twice."""
    for code in {form.owner, *form.units, form.about, form.within} - {""} - units:
        reading.fault(entry, f"không có đơn vị mã «{code}»")
    for kind in set(form.kinds) - set(UnitKind.values):
        reading.fault(entry, f"không có loại đơn vị «{kind}»")
    codes = [f.code for f in form.fields] + [c.code for c in form.counts]
    for code in {code for code in codes if codes.count(code) > 1}:
        reading.fault(entry, f"ô «{code}» khai báo hai lần")
    for place, declared in zip(entry.get("checks", ()), form.checks, strict=True):
        _check_fields(reading, place, form, declared.fields)
    for place, count in zip(entry.get("counts", ()), form.counts, strict=True):
        _check_fields(reading, place, form, count.of, only=FieldType.BOOL)
    checks = [check.code for check in form.checks]
    for code in {code for code in checks if checks.count(code) > 1}:
        reading.fault(entry, f"phép kiểm tra «{code}» khai báo hai lần")


def _check_fields(
    reading: Reading, place: Entry, form: FormDef, codes: tuple[str, ...], only: FieldType | None = None
) -> None:
    for code in codes:
        field = form.by_code.get(code)
        if field is None:
            reading.fault(place, f"không có ô «{code}» trong biểu")
        elif not field.is_number or (only and field.type is not only):
            reading.fault(place, f"ô «{code}» kiểu {field.type} không dùng được ở đây")
