"""Calls held against what was planted in the demo: what was found, what was missed, what was cried for nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from namro.flows.backtest import Call

# How the list of faults names what should find each, in the kinds of our rules.
FINDS: Mapping[str, tuple[str, ...]] = {
    "source_silent": ("figure_silent", "feed_silent"),
    "figure_jump": ("figure_changed", "feed_rows_held"),
    "change_last_period": ("figure_changed",),
    "change_last_year": ("figure_changed",),
    "threshold": ("figure_threshold",),
    "late_items": ("figure_threshold", "figure_changed"),
    "peer_outlier": ("figure_outlier", "figure_threshold"),
    "off_trajectory": ("figure_outlier", "figure_changed", "figure_off_trajectory"),
    "forecast_breach": ("figure_forecast",),
    "spread": ("figure_spread",),
    "rain_water": ("figures_together",),
    "combination": ("figures_together",),
    "sla_burn": ("figure_burn",),
    "rows_quarantined": ("feed_rows_held",),
    "batch_refused": ("feed_failed",),
}


@dataclass(frozen=True)
class Fault:
    """Something that went wrong, and was known to: where, when, in which source; `by` are the kinds that should see it.

    What was not planted but made to happen (a storm) is `expected`: to call for it is right, not to call no miss.
    """

    code: str
    sources: frozenset[str]
    start: date
    end: date
    units: frozenset[int] = frozenset()
    indicator: str = ""
    by: tuple[str, ...] = ()
    expected: bool = False


@dataclass(frozen=True)
class Watched:
    """What a rule over figures looks at: the sources of its indicators, and the units below each of its units."""

    sources: frozenset[str]
    indicators: frozenset[str]
    kind: str


@dataclass
class Proof:
    """What the calls of a rule, or of all, came to. Lead is in days, from the call to the end of the fault."""

    calls: int = 0
    right: int = 0
    found: dict[str, int] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    @property
    def false_alarms(self) -> int:
        """Calls behind which there was nothing."""
        return self.calls - self.right

    @property
    def precision(self) -> float | None:
        """The share of calls behind which there was something; None without a call."""
        return round(self.right / self.calls, 3) if self.calls else None

    @property
    def recall(self) -> float | None:
        """The share of faults that were found; None where there was none to find."""
        faults = len(self.found) + len(self.missed)
        return round(len(self.found) / faults, 3) if faults else None

    @property
    def lead(self) -> float | None:
        """The median of days between the first call and the end of a fault; below 0 it came after."""
        return float(median(self.found.values())) if self.found else None


def prove(
    calls: Iterable[Call],
    faults: Sequence[Fault],
    watched: Mapping[int, Watched],
    below: Mapping[int, frozenset[int]],
) -> dict[int, Proof]:
    """Return by rule what its calls came to; it misses a fault of its own indicator and kind that it did not call.

    `below` leads from a unit to itself and all under it: a city that calls for its commune has found it.
    """
    proofs = {key: Proof() for key in watched}
    for call in calls:
        proof, behind = proofs[call.rule_id], _behind(call, faults, watched[call.rule_id], below)
        proof.calls += 1
        proof.right += bool(behind)
        for fault in behind:
            if _tells_of(fault, watched[call.rule_id]):
                lead = (fault.end - call.told).days
                proof.found[fault.code] = max(lead, proof.found.get(fault.code, lead))
    for key, proof in proofs.items():
        proof.missed = [f.code for f in faults if _owes(f, watched[key]) and f.code not in proof.found]
    return proofs


def together(proofs: Iterable[Proof], faults: Sequence[Fault]) -> Proof:
    """Return what all rules came to: a fault is found if any of them called for it."""
    every, found = Proof(), defaultdict[str, list[int]](list)
    for proof in proofs:
        every.calls += proof.calls
        every.right += proof.right
        for code, lead in proof.found.items():
            found[code].append(lead)
    every.found = {code: max(leads) for code, leads in found.items()}
    every.missed = [f.code for f in faults if not f.expected and f.code not in every.found]
    return every


def _behind(
    call: Call, faults: Sequence[Fault], watched: Watched, below: Mapping[int, frozenset[int]]
) -> list[Fault]:
    """Return the faults for which a call stands: of its source, its unit or one below, and its time."""
    inside = below.get(call.unit_id, frozenset({call.unit_id}))
    return [
        fault
        for fault in faults
        if fault.sources & watched.sources
        and (not fault.units or fault.units & inside)
        and call.first <= fault.end
        and call.last >= fault.start
    ]


def _tells_of(fault: Fault, watched: Watched) -> bool:
    """Whether a call of the rule says what went wrong: it looks at what was spoilt, not at what lies beside it."""
    return not fault.expected and fault.indicator in watched.indicators


def _owes(fault: Fault, watched: Watched) -> bool:
    return _tells_of(fault, watched) and watched.kind in fault.by
