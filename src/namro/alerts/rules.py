"""Pure decisions on alerts: which level a value has, when an urge falls due, when it climbs, who may do what."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from namro.alerts.terms import Insisting, Shift, Urging, Worse
from namro.delivery.rules import is_quiet as in_quiet_hours
from namro.delivery.terms import Level
from namro.ground.calendar import WorkingCalendar
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.organisation.rules import check_capability, check_inside
from namro.organisation.terms import Capability, Refused, Viewer

LONGEST_DEADLINE = timedelta(days=90)
LONGEST_SILENCE = timedelta(days=60)
LONGEST_DUTY = timedelta(days=120)
SHIFT_HOURS = (time(7), time(19))


def level_of(value: Decimal, thresholds: Mapping[Level, Decimal], worse: Worse) -> Level | None:
    """Return the gravest level whose threshold the value has reached, None for a value that is well."""
    sign = -1 if worse == Worse.DOWN else 1
    reached = [level for level, threshold in thresholds.items() if value * sign >= threshold * sign]
    return max(reached, default=None)


def sentence_of(text: str, *, thing: str, unit: str, value: Decimal, due: date | None) -> str:
    """Return the text of a rule filled in: numbers and days as Vietnamese readers write them."""
    shown = format_number(value, 0 if value == value.to_integral_value() else 1)
    return text.format(object=thing, unit=unit, value=shown, due=format_day(due) if due else "chưa định hạn")


@dataclass(frozen=True)
class Slot:
    """A place in the schedule of urging: its name, unique for the object, and the day on which it falls."""

    name: str
    day: date
    ground: str


def slot_on(
    urging: Urging, *, rule: str, due: date | None, since: date, day: date, calendar: WorkingCalendar
) -> Slot | None:
    """Return the last place of the schedule reached by the day, None if there is none since the alert stood.

    The day on which it was raised is none: its own notice is told on that day. One missed while the house slept is
    made up for, all that were missed by one.
    """
    reached = [slot for slot in _slots(urging, rule, due, since, day, calendar) if since < slot.day <= day]
    return max(reached, key=lambda slot: slot.day, default=None)


def _slots(
    urging: Urging, rule: str, due: date | None, since: date, day: date, calendar: WorkingCalendar
) -> Iterator[Slot]:
    for days in urging.before if due else ():
        falls = calendar.add_working_days(due, -days) if due else since
        ground = f"trước hạn {days} ngày làm việc" if days else "đúng ngày đến hạn"
        yield Slot(f"{rule}:{due}-{days}", falls, ground)
    start = due or since
    if urging.every_days and day > start:
        times = (day - start).days // urging.every_days
        falls = start + timedelta(days=times * urging.every_days)
        if times:
            late = (falls - start).days
            ground = f"quá hạn {late} ngày" if due else f"kéo dài {late} ngày"
            yield Slot(f"{rule}:{start}+{late}", falls, ground)


def climbs_before(grace: int, day: date, calendar: WorkingCalendar) -> date:
    """Return the day before which an unanswered urge must have been made to climb today: since it, `grace` working days
    have passed, today among them."""
    return calendar.add_working_days(day + timedelta(days=1), -grace)


def is_quiet(insisting: Insisting, level: Level, moment: datetime) -> bool:
    """Whether a level of a rule keeps quiet at the moment; what is critical never does."""
    return quiet_until(insisting, level, moment) is not None


def quiet_until(insisting: Insisting, level: Level, moment: datetime) -> datetime | None:
    """Return the end of the quiet hours in which the moment lies, None where it may be told now."""
    quiet = insisting.quiet.get(level) if level < Level.CRITICAL else None
    if quiet is None or not in_quiet_hours(moment.time(), quiet):
        return None
    end = datetime.combine(moment.date(), quiet[1], moment.tzinfo)
    return end if end > moment else end + timedelta(days=1)


def is_on_duty(first: date, last: date, shift: Shift, moment: datetime) -> bool:
    """Whether who has the shift from the first day to the last stands it at the moment; a night belongs to the day on
    which it begins."""
    if not first <= shift_day(shift, moment) <= last:
        return False
    begins, ends = SHIFT_HOURS
    by_day = begins <= moment.time() < ends
    return shift == Shift.WHOLE or by_day == (shift == Shift.DAY)


def shift_day(shift: Shift, moment: datetime) -> date:
    """The day whose shift is stood at the moment, or is the next to be: until the morning a night is yesterday's."""
    is_last_night = shift == Shift.NIGHT and moment.time() < SHIFT_HOURS[0]
    return moment.date() - timedelta(days=1) if is_last_night else moment.date()


def check_duty(first: date, last: date, today: date) -> None:
    """Refuse a shift that ends before it begins, is over, or runs on for longer than people plan."""
    if last < first:
        raise Refused(f"Ngày cuối {format_day(last)} trước ngày đầu {format_day(first)}.", field="last")
    check_until(last, today, longest=LONGEST_DUTY, field="last", what="Ngày cuối ca trực")


def check_handle(viewer: Viewer, unit_id: int) -> None:
    """Refuse who may not handle alerts, or not those of the unit."""
    check_capability(viewer, Capability.HANDLE_ALERTS)
    check_inside(viewer, unit_id)


def check_roster(viewer: Viewer, unit_id: int) -> None:
    """Refuse who may not keep the roster of a unit: those who handle alerts keep that of their own units."""
    check_capability(viewer, Capability.HANDLE_ALERTS)
    if unit_id not in viewer.post_unit_ids:
        raise Refused("Bạn chỉ lập ca trực cho đơn vị mình đang giữ chức vụ.", field="unit")


def check_urge(viewer: Viewer, unit_id: int) -> None:
    """Refuse who may not urge the unit: who gives out tasks may urge all, a lead what stands under the lead's posts."""
    if viewer.can(Capability.ASSIGN_TASKS):
        return
    if not viewer.can(Capability.LEAD_UNIT):
        raise Refused("Chỉ Ban Chỉ đạo, Tổ thư ký và lãnh đạo đơn vị được đôn đốc.")
    check_inside(viewer, unit_id)


def allows(check: Callable[[Viewer, int], None], viewer: Viewer, unit_id: int) -> bool:
    """Whether to show the button: the same rule as the check."""
    try:
        check(viewer, unit_id)
    except Refused:
        return False
    return True


def check_until(until: date, today: date, *, longest: timedelta, field: str, what: str) -> None:
    """Refuse a day that has passed or lies too far ahead."""
    if until < today:
        raise Refused(f"{what} {format_day(until)} đã qua; hãy chọn từ hôm nay trở đi.", field=field)
    if until > today + longest:
        raise Refused(
            f"{what} {format_day(until)} quá xa; xa nhất là {format_day(today + longest)}.", field=field
        )


def check_words(words: str, *, field: str, ask: str) -> str:
    """Return the words without blanks around them; refuses none, with what is asked for."""
    if not words.strip():
        raise Refused(ask, field=field)
    return words.strip()
