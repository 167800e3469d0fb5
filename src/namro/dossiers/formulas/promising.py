"""When a result is due: from the limit of the text and the moment of reception, by working days and hours."""

import calendar as months
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from namro.dossiers.catalog import DeskRulesDef
from namro.dossiers.terms import Channel
from namro.ground.calendar import WorkingCalendar
from namro.ground.clock import VIETNAM
from namro.ground.hours import WORKING_DAY, after_working_time, closing, working_time_between
from namro.procedures.formulas.limits import read_limit
from namro.procedures.terms import Limit, LimitKind, Method, ProcedureDef

METHOD_OF = {Channel.ONLINE: "Trực tuyến", Channel.DESK: "Trực tiếp", Channel.POST: "Dịch vụ bưu chính"}


@dataclass(frozen=True)
class Promise:
    """The moment by which the result is due, the limit in words, and whether it is the package's for lack of one."""

    due_at: datetime
    words: str
    is_default: bool


def promise(
    record: ProcedureDef, channel: str, received: datetime, rules: DeskRulesDef, calendar: WorkingCalendar
) -> Promise:
    """When a dossier received at the moment is due: by the limit of its own way of submission, else of the first way
    whose limit can be counted, else by the package's default."""
    method = countable_method(record, channel)
    if method is not None:
        due = due_after(read_limit(method.time_limit), received, rules, calendar)
        return Promise(due, method.time_limit.strip()[:200], is_default=False)
    days = default_days(record, rules)
    due = due_after(Limit(LimitKind.WORKING_DAYS, Decimal(days)), received, rules, calendar)
    return Promise(due, f"{days} ngày làm việc", is_default=True)


def countable_method(record: ProcedureDef, channel: str) -> Method | None:
    """The way to submit whose limit holds; None when no limit of the record can be counted."""
    own = METHOD_OF[Channel(channel)]
    ways = sorted(record.submission_methods, key=lambda method: method.method != own)
    return next((method for method in ways if read_limit(method.time_limit).is_countable), None)


def default_days(record: ProcedureDef, rules: DeskRulesDef) -> int:
    """The package's own limit in working days, of the lowest level that carries the procedure out."""
    levels = {"Cấp xã": "xa", "Cấp tỉnh": "tinh"}
    named = [levels[level] for level in ("Cấp xã", "Cấp tỉnh") if level in record.level]
    return next((rules.default_days[level] for level in named if level in rules.default_days),
                rules.default_days["khac"])  # fmt: skip


def due_after(limit: Limit, received: datetime, rules: DeskRulesDef, calendar: WorkingCalendar) -> datetime:
    """The moment a countable limit ends. Days are counted from the one after reception and end when offices close; one
    that ends on a free day runs to the next working day (Civil Code 91/2015/QH13, Articles 147 and 148)."""
    if limit.amount is None:
        raise ValueError("a limit that cannot be counted")
    amount = float(limit.amount)
    if limit.kind == LimitKind.HOURS:
        return _after_hours(received, timedelta(hours=amount), rules, calendar)
    start = counted_from(received, calendar)
    if limit.kind == LimitKind.WORKING_DAYS:
        return after_working_time(closing(start), amount * WORKING_DAY, calendar)
    day = _after_months(start, int(amount)) if limit.kind == LimitKind.MONTHS else start + timedelta(amount)
    return closing(calendar.next_working(day))


def counted_from(received: datetime, calendar: WorkingCalendar) -> date:
    """The day of reception: what comes after hours or on a free day is received on the next working day."""
    local = received.astimezone(VIETNAM)
    after_hours = local > closing(local.date())
    return calendar.next_working(local.date() + timedelta(days=1 if after_hours else 0))


def due_after_stop(
    due: datetime, stopped: datetime, resumed: datetime, calendar: WorkingCalendar
) -> datetime:
    """The due moment when the clock goes on: what working time was left when it stopped is left now. What had run out
    before stays run out."""
    left = working_time_between(stopped, due, calendar)
    return after_working_time(resumed, left, calendar) if left > timedelta() else due


def desk_due(
    arrived: datetime, due: datetime, received: datetime, share: float, calendar: WorkingCalendar
) -> datetime:
    """When a desk's share of the whole limit ends, never after the dossier's own end."""
    whole = working_time_between(received, due, calendar)
    return min(after_working_time(arrived, share * whole, calendar), due) if due > arrived else due


def risk_line(now: datetime, rules: DeskRulesDef, calendar: WorkingCalendar) -> datetime:
    """Dossiers due up to this moment are at risk."""
    return after_working_time(now, timedelta(hours=rules.risk_hours), calendar)


def _after_hours(
    received: datetime, hours: timedelta, rules: DeskRulesDef, calendar: WorkingCalendar
) -> datetime:
    if rules.hours_are == "working":
        return after_working_time(received, hours, calendar)
    end = received + hours
    local = end.astimezone(VIETNAM)
    return end if calendar.is_working(local.date()) else closing(calendar.next_working(local.date()))


def _after_months(day: date, count: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))
