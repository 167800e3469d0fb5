"""The place's rule of delivery, read from the package's reviewed file and checked."""

from collections.abc import Callable, Iterable, Mapping
from datetime import time
from pathlib import Path
from typing import Any, TypeVar

from namro.delivery.rules import is_quiet
from namro.delivery.terms import Channel, Level, LevelRule, PolicyDef, When
from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed
from namro.organisation.terms import Role

LEVELS = {level.name.lower(): level for level in Level}
OUTWARD = (Channel.EMAIL, Channel.WEBHOOK)
Read = TypeVar("Read")
Entry = Mapping[str, Any]


def read_policy(path: Path) -> tuple[PolicyDef, dict[str, Any]]:
    """Return the rule of a file and the entries it was read from; FileRefused with the line of what is wrong."""
    said = read_reviewed(path)
    demand(path, said, "code", "owner", "next_review", "digest_hours", "levels")
    return _checked(path, said.get(LINE, 1), lambda: policy_of(said)), said


def policy_of(said: Entry) -> PolicyDef:
    """Return the rule that entries of the file, or of the database, declare; ValueError with what is wrong."""
    policy = PolicyDef(
        levels={level: _level_rule(name, said["levels"]) for name, level in LEVELS.items()},
        digest_hours=tuple(sorted(_hour(each) for each in said["digest_hours"])),
        required={_role(role): _required(entry) for role, entry in _entries(said.get("required") or {})},
        between_minutes=_whole(said, "between_minutes", 15),
        per_minute=_whole(said, "per_minute", 300),
        attempts=_whole(said, "attempts", 8),
    )
    for level, rule in policy.levels.items():
        _check_heard(level, rule, policy.digest_hours)
    return policy


def _checked(path: Path, line: int, read: Callable[[], Read]) -> Read:
    try:
        return read()
    except (KeyError, TypeError, ValueError) as fault:
        raise FileRefused(path, line, str(fault).strip("'")) from fault


def _entries(table: Entry) -> Iterable[tuple[str, Any]]:
    return [(name, entry) for name, entry in table.items() if name != LINE]


def _level_rule(name: str, levels: Entry) -> LevelRule:
    if name not in levels:
        raise ValueError(f"thiếu mức “{name}” trong “levels”")
    entry = levels[name]
    quiet = entry.get("quiet")
    return LevelRule(
        when=When(entry["when"]),
        minutes=_whole(entry, "minutes", 0),
        quiet=(_hour(quiet[0]), _hour(quiet[1])) if quiet else None,
        working_days=bool(entry.get("working_days", False)),
        channels=_channels(entry.get("channels") or ()),
    )


def _required(entry: Entry) -> Mapping[Level, frozenset[Channel]]:
    return {LEVELS[name]: _channels(channels) for name, channels in _entries(entry)}


def _channels(names: Iterable[str]) -> frozenset[Channel]:
    found = frozenset(Channel(name) for name in names)
    if found - set(OUTWARD):
        raise ValueError("“in_app” luôn có, không ghi trong danh sách kênh")
    return found


def _role(name: str) -> str:
    return Role(name).value


def _hour(text: object) -> time:
    """Return the time of day of '07:30'; YAML reads an unquoted one as a number."""
    if not isinstance(text, str):
        raise TypeError(f'giờ phải viết trong ngoặc kép, như "07:30", không phải {text}')
    return time.fromisoformat(text)


def _whole(entry: Entry, key: str, otherwise: int) -> int:
    value = entry.get(key, otherwise)
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"“{key}” phải là số nguyên không âm")
    return value


def _check_heard(level: Level, rule: LevelRule, hours: tuple[time, ...]) -> None:
    """A digest whose every hour is quiet would never be sent; what goes at once knows no quiet."""
    if rule.when is When.DIGEST and rule.quiet and all(is_quiet(hour, rule.quiet) for hour in hours):
        raise ValueError(f"mức “{level.name.lower()}”: mọi giờ gửi đều nằm trong giờ yên lặng")
    if rule.when is When.DIGEST and not hours:
        raise ValueError("“digest_hours” phải có ít nhất một giờ")
