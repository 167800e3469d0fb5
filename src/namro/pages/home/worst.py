"""Which things stand on the home page as "to be decided today": pure, so that the choice can be tested."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest


@dataclass(frozen=True)
class Item:
    """One thing that needs somebody: its tone (over, wait, finding, risk), why, what, whose, and where it opens."""

    tone: str
    why: str
    what: str
    href: str
    whose: str = ""


def choose(*kinds: Sequence[Item], most: int = 6) -> list[Item]:
    """Return at most so many items, every kind in turn so that none hides another, shown kind by kind as given.

    Each kind comes worst first and is cut at its tail.
    """
    in_turn = [item for item in chain.from_iterable(zip_longest(*kinds)) if item is not None]
    kept = set(map(id, in_turn[:most]))
    return [item for kind in kinds for item in kind if id(item) in kept]
