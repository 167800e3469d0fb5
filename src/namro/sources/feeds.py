"""What the sources report into the river: the values of the forms, and how completely and timely they came in."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from namro.sources.models import Finding, Submission
from namro.sources.queries import all_returns, as_known_on, findings_on, forms
from namro.sources.queries.returns import Return
from namro.sources.rules.counts import counts_of
from namro.sources.rules.reading import numbers
from namro.sources.terms import SYNTHETIC_MARK, FormDef, Observation, ReturnState, SourceState

# What was sent for periods longer ago no longer moves a figure; the figures made of it stay.
HORIZON = timedelta(days=800)
Key = tuple[str, int, date]


def observations(day: date, *, forms_only: Set[str] = frozenset(), period: str = "") -> Iterator[Observation]:
    """Yield what the forms say as known at the end of the day, and how completely and timely they came in.

    Of some forms and one period only, where these are given.
    """
    declared = {form.code: form for form in forms() if not forms_only or form.code in forms_only}
    owed = all_returns(list(declared.values()), day, since=day - HORIZON)
    late = {_key(item) for item in owed if item.state is ReturnState.LATE}
    yield from _sent(day, declared, period, late)
    yield from _missing(item for item in _last_asked(owed) if period in ("", item.period.key))
    yield from _punctuality((item for item in owed if period in ("", item.period.key)), day)


def _sent(day: date, declared: dict[str, FormDef], period: str, late: Set[Key]) -> Iterator[Observation]:
    """Yield what the returns in force say; one that first came late stays late, however often it is corrected."""
    doubts = _fields_in_doubt(findings_on(day))
    known = as_known_on(day).filter(form__in=declared, period_start__gte=day - HORIZON)
    for row in known.filter(period=period) if period else known:
        sound = SourceState.LATE if (row.form, row.unit_id, row.period_start) in late else SourceState.FRESH
        yield from _values_of(declared[row.form], row, sound, doubts.get(row.pk, set()))


def _values_of(
    form: FormDef, row: Submission, sound: SourceState, doubted: set[str]
) -> Iterator[Observation]:
    """Yield each number of a return; a number that a finding casts doubt on says so."""
    values = numbers(form, row.values)
    unit = form.about or row.unit.code
    base = Observation("", unit, row.period, None, row.known_on, _source(form, row), source_state=sound)
    base = replace(base, synthetic=row.synthetic)
    for code, value in values.items():
        field = form.by_code[code]
        state = SourceState.BREACHED if code in doubted else sound
        yield replace(
            base, measure=form.measure_of(field), value=value, breakdown=field.breakdown, source_state=state
        )
    for code, value in counts_of(form, values).items():
        yield replace(base, measure=f"bieu.{form.code}.{code}", value=value)


def _missing(owed: Iterable[Return]) -> Iterator[Observation]:
    """Yield an empty value for each number that is overdue: no data is shown as no data, never as zero."""
    for item in owed:
        if item.state is ReturnState.MISSING:
            for measure, breakdown in _numbers_asked(item.form):
                yield Observation(
                    measure,
                    unit=item.form.about or item.unit.code,
                    period=item.period.key,
                    value=None,
                    as_of=item.due + timedelta(days=1),
                    source=f"{item.form.title} – {item.unit.name}",
                    breakdown=breakdown,
                    source_state=SourceState.MISSING,
                )


def _last_asked(owed: list[Return]) -> list[Return]:
    """Return those of the last period of each form: an older gap is seen in the trend, where there is no point."""
    last = {item.form.code: item.period for item in sorted(owed, key=lambda item: item.period)}
    return [item for item in owed if item.period == last[item.form.code]]


def _punctuality(owed: Iterable[Return], day: date) -> Iterator[Observation]:
    """Yield for each return past its due day: owed 1, sent 0 or 1, on time 0 or 1; the breakdown is the form."""
    for item in (item for item in owed if item.due < day):
        sent, on_time = item.state is not ReturnState.MISSING, item.state is ReturnState.ON_TIME
        as_of = max(item.due + timedelta(days=1), item.first_sent or item.due)
        source = f"Sổ nộp biểu – {item.form.title}"
        base = Observation("", item.unit.code, item.period.key, None, as_of, source, breakdown=item.form.code)
        base = replace(base, synthetic=bool(item.submission and item.submission.synthetic))
        for measure, counts in (("phai_nop", True), ("da_nop", sent), ("dung_han", on_time)):
            yield replace(base, measure=f"bieu.{measure}", value=Decimal(int(counts)))


def _fields_in_doubt(findings: Iterable[Finding]) -> dict[int, set[str]]:
    doubts: dict[int, set[str]] = {}
    for finding in findings:
        doubts.setdefault(finding.submission_id, set()).update(finding.fields)
    return doubts


def _key(item: Return) -> Key:
    return (item.form.code, item.unit.pk, item.period.start)


def _source(form: FormDef, row: Submission) -> str:
    """Return who said it where, with a word where it is made up for the demo."""
    said = f"{form.title} – {row.unit.name}"
    return f"{said} {SYNTHETIC_MARK}" if row.synthetic else said


def _numbers_asked(form: FormDef) -> list[tuple[str, str]]:
    """Return the measures of a form, each with its breakdown."""
    asked = [(form.measure_of(field), field.breakdown) for field in form.fields if field.is_number]
    return asked + [(f"bieu.{form.code}.{count.code}", "") for count in form.counts]
