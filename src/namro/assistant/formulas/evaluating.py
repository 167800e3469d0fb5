"""Measures of retrieval: at which place the right item stands, and what is refused."""

from collections.abc import Sequence

PLACES = (1, 3, 10)


def place_of(gold: Sequence[str], items: Sequence[str]) -> int | None:
    """The place, from 1, of the first right item among those that were found; None where there is none."""
    return next((at for at, item in enumerate(items, start=1) if item in gold), None)


def measures(places: Sequence[int | None]) -> dict[str, float | int]:
    """How many questions, the share whose right item is among the first k, and the mean of 1/place up to ten."""
    count = len(places)
    within = {f"hit@{k}": sum(at is not None and at <= k for at in places) for k in PLACES}
    reciprocal = sum(1 / at for at in places if at is not None and at <= PLACES[-1])
    shares = {name: round(held / count, 4) for name, held in within.items()} if count else {}
    return {"n": count, **shares, **({"mrr@10": round(reciprocal / count, 4)} if count else {})}
