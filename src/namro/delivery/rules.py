"""When a notice goes out, by which channels, and when a message that failed is tried again."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta

from namro.delivery.terms import Channel, Level, LevelRule, PolicyDef, Quiet, When
from namro.organisation.terms import Refused

IsWorking = Callable[[date], bool]
Choices = Mapping[tuple[Level, Channel], bool]

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
# No row of free days is longer: beyond it the rule itself is at fault, and the message goes rather than never.
LONGEST_REST = 30


def due_at(moment: datetime, level: Level, policy: PolicyDef, is_working: IsWorking) -> datetime:
    """The first moment, not before the one given, at which the level may go out by the place's rule."""
    rule = policy.levels[level]
    if rule.when is When.DIGEST:
        return _next_digest(moment, rule, policy.digest_hours, is_working)
    wanted = moment + timedelta(minutes=rule.minutes)
    return _first_open(wanted, rule, is_working)


def _next_digest(moment: datetime, rule: LevelRule, hours: Iterable[time], is_working: IsWorking) -> datetime:
    ordered = sorted(hours)
    for ahead in range(LONGEST_REST):
        day = moment.date() + timedelta(days=ahead)
        for hour in ordered:
            sent = datetime.combine(day, hour, moment.tzinfo)
            if sent >= moment and is_open(sent, rule, is_working):
                return sent
    return moment


def _first_open(moment: datetime, rule: LevelRule, is_working: IsWorking) -> datetime:
    """The moment itself, or the end of the quiet hours, or the first open moment of the next working day."""
    for _ in range(LONGEST_REST):
        if is_open(moment, rule, is_working):
            return moment
        if rule.working_days and not is_working(moment.date()):
            moment = datetime.combine(moment.date() + timedelta(days=1), time(), moment.tzinfo)
        elif rule.quiet:
            moment = _end_of_quiet(moment, rule.quiet)
    return moment


def is_open(moment: datetime, rule: LevelRule, is_working: IsWorking) -> bool:
    """Whether the level may go out at the moment: not in its quiet hours, nor on a free day where it waits for work."""
    if rule.quiet and is_quiet(moment.time(), rule.quiet):
        return False
    return not rule.working_days or is_working(moment.date())


def is_quiet(hour: time, quiet: Quiet) -> bool:
    """Whether the time of day lies in the quiet hours [from, to), which may run over midnight."""
    start, end = quiet
    return start <= hour < end if start < end else hour >= start or hour < end


def _end_of_quiet(moment: datetime, quiet: Quiet) -> datetime:
    """The end of the quiet hours that hold the moment."""
    end = datetime.combine(moment.date(), quiet[1], moment.tzinfo)
    return end if end > moment else end + timedelta(days=1)


def required_of(roles: Iterable[str], level: Level, policy: PolicyDef) -> frozenset[Channel]:
    """The channels that the roles of a person must receive the level by, whatever the person chose."""
    return frozenset().union(*(policy.required.get(role, {}).get(level, frozenset()) for role in roles))


def channels_of(
    roles: Iterable[str], level: Level, choices: Choices, policy: PolicyDef
) -> frozenset[Channel]:
    """The channels beside the page by which a person hears of the level: required, or chosen, or the place's rule.

    A webhook says itself from which level up it listens: it is on until the person switches it off.
    """
    usual = policy.levels[level].channels | {Channel.WEBHOOK}
    outward = (Channel.EMAIL, Channel.WEBHOOK)
    chosen = {channel for channel in outward if choices.get((level, channel), channel in usual)}
    return frozenset(chosen) | required_of(roles, level, policy)


def check_choice(
    roles: Iterable[str], level: Level, channel: Channel, wanted: bool, policy: PolicyDef
) -> None:
    """Refuse to switch off what the role must receive."""
    if not wanted and channel in required_of(roles, level, policy):
        raise Refused(
            f"Vai trò của bạn phải nhận mức «{level.label}» qua kênh «{channel.label}»; không tắt được kênh này.",
            field=f"{channel.value}_{level.value}",
        )


def wait_after(attempt: int) -> timedelta:
    """How long to wait after the n-th try failed: 1, 2, 4 … minutes, at most four hours."""
    return min(FIRST_WAIT * 2 ** min(attempt - 1, 10), LONGEST_WAIT)
