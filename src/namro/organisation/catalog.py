"""The units of a package, read from its files into values and checked; nothing is stored here."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from namro.ground.text import nfc, slug
from namro.organisation.terms import PROVINCE_KINDS, Refused, UnitKind


@dataclass(frozen=True)
class UnitSpec:
    """A unit as a package states it; `key` is (code, in force from)."""

    code: str
    name: str
    kind: str
    parent: "tuple[str, date | None] | None"
    name_en: str = ""
    short_name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def key(self) -> tuple[str, date | None]:
        """What makes the unit one."""
        return (self.code, self.valid_from)


@dataclass(frozen=True)
class SuccessorSpec:
    """An ended unit and where it went."""

    old: tuple[str, date | None]
    new: tuple[str, date | None]
    part: str
    change: str
    note: str


@dataclass(frozen=True)
class ProfileSpec:
    """Area and people of a unit, as published."""

    code: str
    area_km2: str
    population: int | None
    source: str
    note: str


@dataclass
class OrganisationSpec:
    """All that a package says of its units; parents stand before their children."""

    root: str
    day: date
    units: list[UnitSpec] = field(default_factory=list)
    successors: list[SuccessorSpec] = field(default_factory=list)
    profiles: list[ProfileSpec] = field(default_factory=list)
    boundaries: dict[str, Any] = field(default_factory=dict)


def read_package(folder: Path) -> dict[str, Any]:
    """The head file of a package; refuses when a field is missing."""
    file = folder / "package.yaml"
    if not file.is_file():
        raise Refused(f"Thư mục {folder} không có tệp package.yaml; hãy chỉ đúng thư mục gói của địa phương.")
    head = yaml.safe_load(file.read_text(encoding="utf-8"))
    missing = [
        name for name in ("code", "name", "root", "country", "two_tier_from", "files") if name not in head
    ]
    if missing:
        raise Refused(f"{file}: thiếu mục {', '.join(missing)}.")
    return dict(head)


def read_organisation(folder: Path) -> OrganisationSpec:
    """Units, successors, profiles and boundaries of a package; every fault is told with its file and line."""
    head = read_package(folder)
    files = {name: folder / path for name, path in head["files"].items() if isinstance(path, str)}
    spec = OrganisationSpec(root=str(head["root"]), day=head["two_tier_from"])
    spec.units.append(UnitSpec(head["country"]["code"], head["country"]["name"], UnitKind.COUNTRY, None))
    spec.units += _territory(files["units"], spec, head["country"]["code"])
    for name in ("ministries", "agencies"):
        if name in files:
            spec.units += _agencies(files[name], spec)
    if "mergers" in files:
        _add_mergers(files["mergers"], spec, head["country"]["code"])
    if "profiles" in files:
        spec.profiles = [_profile(row) for _, row in _rows(files["profiles"])]
    for path in head["files"].get("boundaries", []):
        spec.boundaries |= _boundaries(folder / path)
    _check(spec, folder)
    return spec


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV file with their line numbers, text in NFC."""
    with file.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            yield number, {name: nfc(value or "").strip() for name, value in row.items() if name}


def _territory(file: Path, spec: OrganisationSpec, country: str) -> list[UnitSpec]:
    """Provinces of the country, and the communes of the root only."""
    found = []
    for number, row in _rows(file):
        if row["kind"] not in UnitKind.values:
            raise Refused(f"{file.name} dòng {number}: loại đơn vị «{row['kind']}» không có trong danh mục.")
        is_province = row["kind"] in PROVINCE_KINDS
        if is_province or row["parent_code"] == spec.root:
            parent = (country, None) if is_province else (row["parent_code"], spec.day)
            found.append(
                UnitSpec(row["code"], row["name"], row["kind"], parent, row["name_en"], valid_from=spec.day)
            )
    return sorted(found, key=lambda unit: unit.kind not in PROVINCE_KINDS)


def _agencies(file: Path, spec: OrganisationSpec) -> list[UnitSpec]:
    known = {unit.code: unit.key for unit in spec.units}
    found = []
    for number, row in _rows(file):
        if row["parent_code"] not in known:
            raise Refused(
                f"{file.name} dòng {number}: cơ quan cấp trên «{row['parent_code']}» chưa được khai báo."
            )
        start = date.fromisoformat(row["valid_from"]) if row.get("valid_from") else None
        unit = UnitSpec(
            row["code"],
            row["name"],
            row["kind"],
            known[row["parent_code"]],
            row.get("name_en", ""),
            row.get("short_name", ""),
            start,
        )
        known[unit.code] = unit.key
        found.append(unit)
    return found


def _add_mergers(file: Path, spec: OrganisationSpec, country: str) -> None:
    """Ended provinces, districts and communes, and the lines from them to the new units."""
    ended: dict[tuple[str, date | None], UnitSpec] = {}
    for _, row in _rows(file):
        province = _ended(
            f"cu-{slug(row['old_province'])}", row["old_province"], "province", (country, None), spec
        )
        if row["old_province"].startswith("Thành phố"):
            province = _ended(province.code, province.name, "city", (country, None), spec)
        ended.setdefault(province.key, province)
        _add_merger(row, province, ended, spec)
    spec.units += ended.values()
    root = (spec.root, spec.day)
    spec.successors += [
        SuccessorSpec(unit.key, root, "whole", "merged", "")
        for unit in ended.values()
        if unit.kind in PROVINCE_KINDS
    ]


def _add_merger(
    row: dict[str, str],
    province: UnitSpec,
    ended: dict[tuple[str, date | None], UnitSpec],
    spec: OrganisationSpec,
) -> None:
    is_district = row["old_kind"] == "district"
    district_code = row["old_code"] if is_district else f"{province.code}-{slug(row['old_district'])}"
    district = _ended(district_code, row["old_district"], "district", province.key, spec)
    ended.setdefault(district.key, district)
    old = district
    if not is_district:
        old = _ended(row["old_code"], row["old_name"], row["old_kind"], district.key, spec)
        ended.setdefault(old.key, old)
    new = (row["new_code"], spec.day)
    spec.successors.append(SuccessorSpec(old.key, new, row["part"], row["change"], row["note"]))


def _ended(
    code: str, name: str, kind: str, parent: tuple[str, date | None], spec: OrganisationSpec
) -> UnitSpec:
    known = kind if kind in UnitKind.values else UnitKind.COMMUNE
    return UnitSpec(code, name, known, parent, valid_to=spec.day)


def _profile(row: dict[str, str]) -> ProfileSpec:
    people = int(row["population"]) if row["population"] else None
    source = row["population_source"] or row["area_source"]
    return ProfileSpec(row["code"], row["area_km2"], people, source, row["note"])


def _boundaries(file: Path) -> dict[str, Any]:
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: feature["geometry"] for feature in features}


def _check(spec: OrganisationSpec, folder: Path) -> None:
    keys = {unit.key for unit in spec.units}
    if len(keys) != len(spec.units):
        twice = [u.code for i, u in enumerate(spec.units) if u.key in {v.key for v in spec.units[:i]}]
        raise Refused(f"{folder.name}: mã đơn vị khai báo hai lần: {', '.join(twice[:5])}.")
    for unit in spec.units:
        if unit.parent is not None and unit.parent not in keys:
            raise Refused(f"{folder.name}: đơn vị {unit.code} {unit.name} có cấp trên không tồn tại.")
    if not any(unit.code == spec.root and unit.valid_to is None for unit in spec.units):
        raise Refused(f"{folder.name}: không thấy đơn vị gốc {spec.root} trong danh sách đơn vị.")
