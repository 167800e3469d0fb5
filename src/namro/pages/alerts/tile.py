"""What other pages show of the alerts: how many call by level, the gravest few, each with its door."""

from dataclasses import dataclass, replace
from typing import Any

from namro.alerts.models import Alert, Urge
from namro.alerts.queries import AlertFilter, Shown, find, page_of, urges_to
from namro.alerts.terms import Step
from namro.delivery.terms import Level
from namro.ground import clock
from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.pages.alerts.asked import LEVELS
from namro.pages.alerts.rows import TONES, age, standing
from namro.pages.alerts.sentence import MOST_COUNTED, counted
from namro.pages.home.worst import Item
from namro.pages.links import address
from namro.pages.naming import named

GRAVEST = 3
MOST_URGES = 20


@dataclass(frozen=True)
class Tile:
    """The alerts of a unit in short: counts by level with their doors, the gravest, the door to all."""

    counts: list[dict[str, Any]]
    items: list[Item]
    href: str

    @property
    def is_calm(self) -> bool:
        """Whether nothing calls."""
        return not self.items


def tile(viewer: Viewer, unit: Unit, most: int = GRAVEST) -> Tile:
    """Return what calls in a unit and below it; a constant number of queries, each bounded."""
    asked = AlertFilter(unit_id=unit.pk)
    found = page_of(viewer, asked, size=most).alerts
    counts = counts_of(viewer, asked) if found else {}
    href = address("alerts", don_vi=unit.code)
    codes = {level: code for code, level in LEVELS.items()}
    shown = [
        {
            "level": str(level.label),
            "tone": TONES[level],
            "count": counted(n),
            "href": address("alerts", don_vi=unit.code, muc=codes[level]) if n else "",
        }
        for level, n in counts.items()
    ]
    return Tile(shown, [item(alert) for alert in found], href)


def counts_of(viewer: Viewer, asked: AlertFilter) -> dict[Level, int]:
    """How many alerts of each level meet the filter, no further than the bound: hundreds of thousands may stand."""
    return {
        level: find(viewer, replace(asked, level=level)).order_by()[: MOST_COUNTED + 1].count()
        for level in LEVELS.values()
    }


def item(alert: Alert) -> Item:
    """Return an alert as one of the things that need somebody."""
    today, level = clock.today(), Level(alert.level)
    whose = [alert.unit.label, age(alert, today), standing(alert, today)]
    return Item(
        TONES[level],
        f"{level.label}: {named(alert.rule)}",
        alert.object_label,
        address("alert", str(alert.pk)),
        " · ".join(part for part in whose if part),
    )


def taken_by(viewer: Viewer, most: int) -> list[Item]:
    """Return the open alerts that the viewer has taken on or is in charge of, the gravest first."""
    mine = page_of(viewer, AlertFilter(shown=Shown.ALL_OPEN, mine=True), size=most)
    return [item(alert) for alert in mine.alerts]


def urged(viewer: Viewer) -> list[Item]:
    """Return the urges that went to the viewer and wait for an answer, what has climbed highest first."""
    return [_urged(urge) for urge in urges_to(viewer)[:MOST_URGES]]


def _urged(urge: Urge) -> Item:
    why = f"{Step(urge.step).label} · {urge.ground}"
    tone = "risk" if urge.step == Step.PERSON else "over"
    whose = " · ".join(part for part in (urge.unit.label, urge.words) if part)
    return Item(tone, why, urge.object_label, urge.path, whose)
