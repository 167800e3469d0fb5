"""The makers of columns: each turns what a recipe says of a column into its values, one for each row."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from namro.flows.demo.centre.making import Making, Spec
from namro.ground.reviewed import LINE

Array = NDArray[Any]
Maker = Callable[[Making, str, Spec], Array]
LOWEST, HIGHEST = 0.005, 0.998  # a share is never quite nothing or all


def _day(making: Making, name: str, spec: Spec) -> Array:
    """The day of the row; of an event with its minute, at an hour when people are about."""
    if not spec.get("minutes"):
        return making.day
    minute = making.dice(name).normal(13 * 60, 200, len(making.rows)).clip(0, 24 * 60 - 1)
    return making.day.astype("datetime64[m]") + minute.astype(int)


def _place(making: Making, name: str, spec: Spec) -> Array:
    """The code that the unit wrote on that day; with `prefix` the code of its station."""
    codes = making.places.codes
    return np.char.add(spec.get("prefix", ""), codes)[making.rows.p]


def _category(making: Making, name: str, spec: Spec) -> Array:
    return np.array(making.categories)[making.rows.k]


def _number(making: Making, name: str, spec: Spec) -> Array:
    """A quantity around its mean: counted (`whole`) or measured to some digits."""
    dice, mean = making.dice(name), making.mean(spec, name)
    if spec.get("noise"):
        mean = mean * np.exp(dice.normal(0, spec["noise"], len(mean)))
    found = dice.poisson(mean) if spec.get("whole") else np.round(mean, spec.get("digits", 2))
    return np.clip(found, spec.get("min", 0), spec.get("max"))


def _part(making: Making, name: str, spec: Spec) -> Array:
    """A part of another column: a share of the place, that grows by `gain` a year and breathes with `rhythm`."""
    years = making.rhythms.years(making.days)
    share = spec["share"] * making.by_kind(spec) + making.own_way(name) * spec.get("spread", 0.03)
    by_day = making.breath(spec.get("rhythm", {}))
    chance = share[making.rows.p] + spec.get("gain", 0) * years[making.rows.t]
    chance = chance * by_day[making.rows.t] * making.by_category(spec)[making.rows.k]
    chance = np.clip(chance, LOWEST, spec.get("max", HIGHEST))
    whole = making.columns[spec["of"]]
    if spec.get("money"):
        return np.round(whole * chance, spec.get("digits", 0))
    return making.dice(name).binomial(whole.astype(int), chance)


def _times(making: Making, name: str, spec: Spec) -> Array:
    """Another column times a quantity of its own, such as visits × minutes each."""
    noise = np.exp(making.dice(name).normal(0, spec.get("noise", 0.1), len(making.rows)))
    each = making.mean({"per": "one", **spec}, name) * noise
    return np.round(making.columns[spec["of"]] * each, spec.get("digits", 0))


def _rain(making: Making, name: str, spec: Spec) -> Array:
    """Millimetres of a day: dry or a shower by the month, and the storms on top; the sky is the same for neighbours."""
    dice, t, p = making.dice(name), making.rows.t, making.rows.p
    wet = making.rhythms.factor(making.days, {"year": spec["wet"]})
    sky = dice.random(len(making.days)) < wet
    shower = dice.gamma(1.1, spec["shower"], len(making.days)) * sky
    storm = making.rhythms.storm(making.days, making.places.units)[t, p] * spec["storm"]
    own = np.exp(dice.normal(0, 0.35, len(making.rows)))
    return np.round((shower[t] + storm) * own, 1)


def _follows(making: Making, name: str, spec: Spec) -> Array:
    """What rises with another column and drains away: each day keeps `memory` of the day before."""
    shape = making.rows.shape
    given = making.columns[spec["of"]].reshape(shape)
    gain = spec["gain"] * making.by_kind(spec) * np.exp(making.own_way(name) * spec.get("spread", 0))
    level = np.zeros(shape)
    for day in range(shape[0]):
        before = level[day - 1] if day else 0.0
        level[day] = spec["memory"] * before + gain[:, None] * given[day]
    noise = making.dice(name).normal(0, spec.get("noise", 0.05), shape)
    found = spec["base"] + level + noise
    return np.round(np.clip(found, spec.get("min"), spec.get("max")), 2).ravel()


def _choice(making: Making, name: str, spec: Spec) -> Array:
    """One of several words, each as likely as its weight."""
    among = {word: weight for word, weight in spec["among"].items() if word != LINE}
    words, weights = [*among], [*among.values()]
    chances = np.cumsum(np.array(weights, dtype=float)) / sum(weights)
    drawn = np.searchsorted(chances, making.dice(name).random(len(making.rows)), side="right")
    return np.array(words)[np.minimum(drawn, len(words) - 1)]


def _code(making: Making, name: str, spec: Spec) -> Array:
    """A running number behind a prefix, by which a row is known."""
    return np.char.add(spec["prefix"], np.char.zfill(np.arange(1, len(making.rows) + 1).astype(str), 7))


def _person(making: Making, name: str, spec: Spec) -> Array:
    """A number as a person has one; no real number begins with three noughts."""
    drawn = making.dice(name).integers(0, spec["pool"], len(making.rows))
    return np.char.add("000", np.char.zfill(drawn.astype(str), 9))


def _minus(making: Making, name: str, spec: Spec) -> Array:
    first, *others = (making.columns[column] for column in spec["of"])
    for other in others:
        first = first - other
    return first


def _compare(making: Making, name: str, spec: Spec) -> Array:
    """A word by a column: `within` up to a limit (a number or a column), else `beyond`."""
    limit = spec["at_most"]
    limit = making.columns[limit] if isinstance(limit, str) else limit
    return np.where(making.columns[spec["of"]] <= limit, str(spec["within"]), str(spec["beyond"]))


def _steps(making: Making, name: str, spec: Spec) -> Array:
    """How many of the steps a column has reached."""
    found: Array = np.searchsorted(np.array(spec["at"]), making.columns[spec["of"]], side="right")
    return found


def _fixed(making: Making, name: str, spec: Spec) -> Array:
    return np.full(len(making.rows), spec["value"])


MAKERS: dict[str, Maker] = {
    "day": _day,
    "place": _place,
    "category": _category,
    "number": _number,
    "part": _part,
    "times": _times,
    "rain": _rain,
    "follows": _follows,
    "choice": _choice,
    "code": _code,
    "person": _person,
    "minus": _minus,
    "compare": _compare,
    "steps": _steps,
    "fixed": _fixed,
}
# Made of other columns after the faults are planted, so that what follows from a fault follows.
DERIVED = frozenset({"minus", "compare", "steps"})
