"""What went wrong in the demo and was known to: the list of planted faults, and the storms of its weather."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from namro.flows.demo.centre.faults import Planted, read_planted
from namro.flows.proving import FINDS, Fault
from namro.ground.reviewed import read_reviewed

# What weather moves: rain and rivers, the water that is taken from them, power, masts, roads, schools, guests.
WEATHERED = frozenset(
    "mua_muc_nuoc quan_trac_khong_khi cung_cap_dien phu_song_vien_thong luu_luong_giao_thong truong_hoc luu_tru "
    "su_co phan_anh_1022 rac_thai".split()
)
# A storm is felt for so long after it.
AFTER = timedelta(days=5)


def known_faults(package: Path, ids: Mapping[str, int]) -> list[Fault]:
    """Return the faults planted in a package's demo, and its storms; none where it has no demo."""
    planted, rhythms = package / "demo" / "planted.yaml", package / "demo" / "rhythms.yaml"
    found = [_fault(each, ids) for each in read_planted(planted)] if planted.is_file() else []
    return found + (_storms(read_reviewed(rhythms), ids) if rhythms.is_file() else [])


def _fault(each: Planted, ids: Mapping[str, int]) -> Fault:
    return Fault(
        code=each.code,
        sources=frozenset({each.source}),
        start=each.start,
        end=each.end,
        units=frozenset(ids[code] for code in each.units if code in ids),
        indicator=each.indicator,
        by=FINDS.get(each.finds, ()),
    )


def _storms(rhythms: Mapping[str, Any], ids: Mapping[str, int]) -> list[Fault]:
    found = []
    for storm in rhythms.get("storms", ()):
        codes = {code for place in storm["places"] for code in rhythms["places"][place]}
        end = storm["from"] + timedelta(days=storm["days"] - 1) + AFTER
        units = frozenset(ids[code] for code in codes if code in ids)
        found.append(Fault(f"mua_lon_{storm['from']}", WEATHERED, storm["from"], end, units, expected=True))
    return found
