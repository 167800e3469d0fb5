"""Returns: who owes which form for which period, and how it stands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.organisation.queries import working_calendar
from namro.organisation.terms import Viewer
from namro.sources.models import Submission
from namro.sources.queries.forms import asked_units, forms, is_asked
from namro.sources.queries.submissions import as_known_on
from namro.sources.rules.due import due_day, periods_asked, return_state
from namro.sources.terms import FormDef, ReturnState


@dataclass(frozen=True)
class Return:
    """A form owed by a unit for a period: due when, how it stands on the day asked, and the version in force."""

    form: FormDef
    unit: Unit
    period: Period
    due: date
    state: ReturnState
    submission: Submission | None
    first_sent: date | None

    @property
    def version(self) -> int:
        """The number of the version in force, 0 if nothing was sent."""
        return self.submission.version if self.submission else 0


Key = tuple[str, int, date]
Sent = dict[Key, Submission]


def returns(form: FormDef, period: Period, viewer: Viewer | None, day: date) -> list[Return]:
    """Return how each unit within the viewer's reach stands with a form for a period; three queries.

    In Vietnamese order. Without a viewer the machine asks, for all units.
    """
    units = [unit for unit in asked_units(form, day) if viewer is None or viewer.sees_unit(unit.pk)]
    sent = _sent(day, [form.code], None if viewer is None else viewer.unit_ids, period)
    first = _first_sent(day, [form.code], period)
    return [_return(form, unit, period, day, sent, first) for unit in units]


def due_forms(viewer: Viewer, day: date, *, unit: Unit | None = None) -> list[Return]:
    """Return what the viewer's own units (or the one named) owe: each missing return, and each form's last period.

    Sorted by due day, the longest overdue first; a constant number of queries.
    """
    own = [unit] if unit else list(Unit.objects.valid_on(day).filter(pk__in=viewer.post_unit_ids))
    return owed_by(own, day)


def owed_by(units: list[Unit], day: date) -> list[Return]:
    """Return the same of the units given: whether they may be read is asked before."""
    declared, ids = forms(), frozenset(unit.pk for unit in units)
    codes = [form.code for form in declared]
    sent, first = _sent(day, codes, ids), _first_sent(day, codes, None, ids)
    found = []
    for form in declared:
        asked = [unit for unit in units if is_asked(form, unit)]
        for owed in (_owed(form, unit, day, sent, first) for unit in asked):
            found += owed
    return sorted(found, key=lambda owed: (owed.due, owed.form.code, owed.unit.sort_key))


def last_returns(viewer: Viewer, day: date) -> list[Return]:
    """Return how each unit within the viewer's reach stands with each form for its last period that has ended.

    By form, then in Vietnamese order of the units; four queries whatever their number.
    """
    declared = forms()
    codes, kinds = [form.code for form in declared], {kind for form in declared for kind in form.kinds}
    named = {code for form in declared for code in form.units}
    units = Unit.objects.valid_on(day).filter(Q(kind__in=kinds) | Q(code__in=named))
    within = [unit for unit in units if viewer.sees_unit(unit.pk)]
    sent, first = _sent(day, codes, viewer.unit_ids), _first_sent(day, codes, None, viewer.unit_ids)
    last = {form.code: asked[-1] for form in declared if (asked := periods_asked(form, day))}
    return [
        _return(form, unit, last[form.code], day, sent, first)
        for form in declared
        if form.code in last
        for unit in within
        if is_asked(form, unit)
    ]


def all_returns(declared: list[FormDef], day: date, *, since: date) -> list[Return]:
    """Return every return of every unit for the periods that began since a day and have ended; for the feed."""
    codes = [form.code for form in declared]
    sent, first = _sent(day, codes, None), _first_sent(day, codes)
    found = []
    for form in declared:
        units = list(asked_units(form, day))
        for period in (period for period in periods_asked(form, day) if period.start >= since):
            found += [_return(form, unit, period, day, sent, first) for unit in units]
    return found


def _owed(form: FormDef, unit: Unit, day: date, sent: Sent, first: dict[Key, date]) -> list[Return]:
    """Return what one unit owes of one form: the missing ones, and the last period whatever its state."""
    every = [_return(form, unit, period, day, sent, first) for period in periods_asked(form, day)]
    return [owed for owed in every[:-1] if owed.state is ReturnState.MISSING] + every[-1:]


def _return(
    form: FormDef, unit: Unit, period: Period, day: date, sent: Sent, first: dict[Key, date]
) -> Return:
    key = (form.code, unit.pk, period.start)
    due = due_day(form.due, period, working_calendar(), born=unit.valid_from)
    sent_day = first.get(key)
    return Return(
        form, unit, period, due, return_state(due=due, sent=sent_day, day=day), sent.get(key), sent_day
    )


def _sent(day: date, codes: list[str], unit_ids: frozenset[int] | None, period: Period | None = None) -> Sent:
    """Return the versions in force on the day by form, unit and start of the period."""
    rows = as_known_on(day).filter(form__in=codes)
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=unit_ids)
    if period is not None:
        rows = rows.filter(period_kind=period.kind, period_start=period.start)
    return {(row.form, row.unit_id, row.period_start): row for row in rows}


def _first_sent(
    day: date, codes: list[str], period: Period | None = None, unit_ids: frozenset[int] | None = None
) -> dict[Key, date]:
    """Return the day on which each return first came in: a correction does not make a return late."""
    rows = Submission.objects.filter(form__in=codes, version=1, submitted_day__lte=day)
    if period is not None:
        rows = rows.filter(period_kind=period.kind, period_start=period.start)
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=unit_ids)
    kept = rows.values_list("form", "unit_id", "period_start", "submitted_day")
    return {(form, unit_id, start): sent for form, unit_id, start, sent in kept}
