"""The rhythm of an office as the package states it, and as a row keeps it."""

from collections.abc import Mapping
from typing import Any

from namro.queues.rules.booking import minute_of_text
from namro.queues.terms import Demand, Priority, Rhythm, ServiceLoad, Turns


def as_body(rhythm: Rhythm) -> dict[str, Any]:
    """Return the parts of a rhythm that its office does not keep elsewhere, as JSON can hold them."""
    return {
        "profile": {str(start): weight for start, weight in rhythm.profile},
        "weekdays": list(rhythm.weekdays),
        "services": {each.code: [each.share, each.minutes, each.spread] for each in rhythm.services},
        "demand": [
            rhythm.demand.dossiers, rhythm.demand.visits_at_desk, rhythm.demand.visits_online,
            rhythm.demand.other_visits,
        ],
        "priorities": dict(rhythm.priorities),
    }  # fmt: skip


def from_body(
    body: Mapping[str, Any], *, halves: tuple[tuple[float, float], ...], slot_minutes: int, turns: Turns
) -> Rhythm:
    """Return the rhythm that `as_body` wrote."""
    return Rhythm(
        halves, slot_minutes,
        tuple(sorted((int(start), float(weight)) for start, weight in body["profile"].items())),
        tuple(map(float, body["weekdays"])),
        tuple(ServiceLoad(code, *map(float, load)) for code, load in body["services"].items()),
        Demand(*map(float, body["demand"])),
        tuple((code, float(share)) for code, share in body["priorities"].items()),
        turns,
    )  # fmt: skip


def rhythm_of(
    said: Mapping[str, Any],
    *,
    halves: tuple[tuple[float, float], ...],
    slot_minutes: int,
    services: tuple[ServiceLoad, ...],
    priorities: tuple[tuple[Priority, float], ...],
    turns: Turns,
) -> Rhythm:
    """Return the rhythm that a reviewed file states."""
    profile = {minute_of_text(text): float(weight) for text, weight in said["profile"].items() if ":" in text}
    return Rhythm(
        halves, slot_minutes, tuple((int(start), weight) for start, weight in sorted(profile.items())),
        tuple(map(float, said["weekdays"])), services,
        Demand(*(float(said[name]) for name in ("dossiers", "visits_at_desk", "visits_online", "other_visits"))),
        tuple((each.code, share) for each, share in priorities), turns,
    )  # fmt: skip
