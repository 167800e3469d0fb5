"""Calls held against what was known to go wrong."""

from datetime import date

from namro.flows.backtest import Call
from namro.flows.proving import Fault, Watched, prove, together

WATCHED = {
    1: Watched(frozenset({"s"}), frozenset({"i"}), "figure_threshold"),
    2: Watched(frozenset({"s"}), frozenset({"j"}), "figure_silent"),
}
BELOW = {10: frozenset({10}), 11: frozenset({11}), 48: frozenset({10, 11, 48})}


def fault(code: str, first: int, last: int, **more: object) -> Fault:
    """A fault of June in unit 10, which a threshold on `i` should see."""
    said = {"units": frozenset({10}), "indicator": "i", "by": ("figure_threshold",), **more}
    return Fault(code, frozenset({"s"}), date(2025, 6, first), date(2025, 6, last), **said)  # type: ignore[arg-type]


def call(unit: int, first: int, last: int, rule: int = 1) -> Call:
    """A call of June."""
    return Call(rule, unit, date(2025, 6, first), date(2025, 6, last), date(2025, 6, first + 1), 2, 5.0)


def test_a_call_is_right_where_something_was_wrong_then_and_there() -> None:
    calls = [call(10, 3, 4), call(11, 3, 4), call(10, 20, 21), call(48, 5, 5)]
    proof = prove(calls, [fault("a", 2, 8)], WATCHED, BELOW)[1]
    assert (proof.calls, proof.right, proof.false_alarms) == (4, 2, 2), "its own, and the city's for it"
    assert proof.found == {"a": 4}
    assert (proof.precision, proof.recall, proof.lead) == (0.5, 1.0, 4.0)


def test_a_rule_misses_only_what_it_is_for() -> None:
    faults = [fault("a", 2, 8), fault("b", 2, 8, by=("figure_silent",)), fault("c", 2, 8, indicator="j")]
    proof = prove([], faults, WATCHED, BELOW)
    assert (proof[1].missed, proof[2].missed) == (["a"], [])
    assert together(proof.values(), faults).missed == ["a", "b", "c"]
    assert together(proof.values(), faults).recall == 0.0


def test_to_call_for_a_storm_is_right_and_finds_nothing() -> None:
    storm = fault("s", 1, 9, expected=True, indicator="", by=())
    proof = prove([call(10, 3, 3)], [storm], WATCHED, BELOW)[1]
    assert (proof.right, proof.found, proof.recall) == (1, {}, None)


def test_what_lies_beside_a_fault_is_no_false_alarm_and_does_not_find_it() -> None:
    proof = prove([call(10, 3, 3, rule=2)], [fault("a", 2, 8)], WATCHED, BELOW)
    assert (proof[2].right, proof[2].found) == (1, {})
    assert together(proof.values(), [fault("a", 2, 8)]).missed == ["a"]
