"""A small line beside a value: how it moved over its last periods; gaps stay gaps. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from namro.pages.charts.ground import Value

WIDTH, HEIGHT, EDGE = 96, 24, 3


@dataclass(frozen=True)
class Spark:
    """The drawing: the points of each unbroken stretch, the last point, and the words for who cannot see it."""

    lines: list[str]
    last: tuple[float, float] | None
    words: str


def spark(values: Sequence[Value], words: str) -> Spark | None:
    """Return the line through the values, None where fewer than two are known."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = min(known), max(known)
    points = [
        None if value is None else _point(place, len(values), float(value), low, high)
        for place, value in enumerate(values)
    ]
    last = next(point for point in reversed(points) if point is not None)
    return Spark([_line(stretch) for stretch in _stretches(points)], last, words)


def _point(place: int, length: int, value: float, low: float, high: float) -> tuple[float, float]:
    """Return a point inside the edges; a value that never moves lies in the middle."""
    share = (value - low) / (high - low) if high > low else 0.5
    x = EDGE + (WIDTH - 2 * EDGE) * place / (length - 1)
    return round(x, 1), round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share, 1)


def _stretches(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Return the runs of known points that are longer than one."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if len(run) > 1]


def _line(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
