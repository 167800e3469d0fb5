"""Widths of the parts of a band, as per cent of the whole: pure, so that a template writes no arithmetic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SMALLEST = 1.2  # per cent: 2 of 802 must still be seen


@dataclass(frozen=True)
class Part:
    """One part of a band: what it is, how many, and where it lies (per cent)."""

    code: str
    count: int
    x: float
    width: float


def parts(counts: Mapping[str, int], order: Sequence[str]) -> list[Part]:
    """Return the parts above zero in the order given; small ones are widened to be seen, the rest gives way."""
    shown = [(code, counts.get(code, 0)) for code in order if counts.get(code, 0) > 0]
    total = sum(count for _, count in shown)
    if not total:
        return []
    widths = _widths([100 * count / total for _, count in shown])
    return _laid_out(shown, widths)


def _widths(shares: list[float]) -> list[float]:
    """Return the shares with a floor of SMALLEST, still adding up to 100."""
    floored = [max(share, SMALLEST) for share in shares]
    excess = sum(floored) - 100
    room = sum(width for width in floored if width > SMALLEST) or 1
    return [width - excess * width / room if width > SMALLEST else width for width in floored]


def _laid_out(shown: list[tuple[str, int]], widths: list[float]) -> list[Part]:
    """Return the parts one after the other."""
    laid, x = [], 0.0
    for (code, count), width in zip(shown, widths, strict=True):
        laid.append(Part(code, count, round(x, 3), round(width, 3)))
        x += width
    return laid
