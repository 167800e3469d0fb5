"""Take in the peer groups that a package declares."""

from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from namro.ground import clock
from namro.indicators.actions.charts import store_declared
from namro.indicators.catalog.peers import PeerDef, read_peers
from namro.indicators.models import PeerGroup

_FIELDS = [
    *("name", "name_en", "kinds", "people_from", "people_below"),
    *("order", "owner", "next_review", "package", "is_active"),
]


def load_peers(folder: Path, *, package: str, units: set[str]) -> dict[str, int]:
    """Take in the peer groups of a package; twice is as once. Returns rows by kind, with warnings."""
    found, reading = read_peers(folder, today=clock.today(), units=units)
    store_peers(found, package=package)
    return {"peer_groups": len(found), "peer_warnings": len(reading.warnings)}


@transaction.atomic
def store_peers(found: Sequence[PeerDef], *, package: str) -> None:
    """Store the peer groups of a package; those it no longer declares fall out of use."""
    rows = [PeerGroup(**(vars(each) | {"kinds": list(each.kinds)}), package=package) for each in found]
    store_declared(PeerGroup, rows, _FIELDS, package, verb="declare_peers")
