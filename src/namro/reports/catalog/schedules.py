"""The schedule of a template and what its units write themselves, read from the template's file and checked."""

from namro.ground.period import Period
from namro.organisation.terms import UnitKind
from namro.reports.terms import Remark, Schedule
from namro.sources.catalog.reading import Entry, Reading
from namro.sources.terms import DueRule


def schedule_of(entry: Entry) -> Schedule | None:
    """Return the schedule of a checked template, None where it is made only when somebody asks for it."""
    spec = entry.get("schedule")
    if not spec:
        return None
    due = spec["due"]
    rule = DueRule(due.get("working_days"), due.get("day_of_month"))
    return Schedule(str(spec["first_period"]), rule, tuple(spec["kinds"]))


def remarks_of(entry: Entry) -> tuple[Remark, ...]:
    """Return what the unit is asked to write."""
    return tuple(
        Remark(spec["code"], spec["title"], spec.get("hint", ""), bool(spec.get("required")))
        for spec in entry.get("remarks", ())
    )


def check_schedule(reading: Reading, entry: Entry) -> None:
    """Keep a fault for each part of the schedule or the remarks that cannot stand."""
    for spec in entry.get("remarks", ()):
        reading.only(spec, "code", "title", "hint", "required")
        reading.need(spec, "code", "title")
    spec = entry.get("schedule")
    if spec is None:
        return
    reading.only(spec, "first_period", "due", "kinds")
    if not reading.need(spec, "first_period", "due", "kinds"):
        return
    _check_first(reading, spec, entry)
    if not isinstance(spec["due"], dict) or not {"working_days", "day_of_month"} & spec["due"].keys():
        reading.fault(spec, "«due» phải có «working_days» hoặc «day_of_month»")
    for kind in sorted(set(spec["kinds"]) - set(UnitKind.values)):
        reading.fault(spec, f"không có loại đơn vị «{kind}»")


def _check_first(reading: Reading, spec: Entry, entry: Entry) -> None:
    try:
        first = Period.parse(str(spec["first_period"]))
    except ValueError as refusal:
        reading.fault(spec, str(refusal))
        return
    if first.kind != entry.get("period"):
        reading.fault(spec, f"«first_period» {first.key} không phải là kỳ «{entry.get('period')}»")
