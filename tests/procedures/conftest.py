"""A catalogue of ten procedures, published by its package on the day of the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import builders
from tests.builders import TODAY, World
from tests.procedures.records import lines

from namro.ground import clock
from namro.procedures.actions import load_package

HEAD = """
owner: H17.NV
next_review: 2026-01-15
file: procedures.jsonl
source_as_of: giữa năm 2026
valid_from: 2025-07-01
"""
EVENTS = """
owner: H17.NV
next_review: 2026-01-15
events:
  - {code: sinh-con, name: Sinh con, name_en: A birth, about: a, about_en: a,
     match: [{fields: [Hộ tịch], words: [khai sinh]}]}
  - {code: nha-dat, name: Nhà đất, name_en: Land, about: b, about_en: b,
     codes: ["1.000006"], match: [{fields: [Đất đai]}]}
sayings:
  - {says: sổ đỏ, means: giấy chứng nhận quyền sử dụng đất}
"""
CODES = "old_code,old_name,new_code,basis\n1.900001,Khai sinh,1.900002,Quyết định\n"
CODES += "1.900002,Khai sinh,1.000001,Quyết định\n"


def package(folder: Path, content: bytes = b"") -> Path:
    """Return a package that holds nothing but procedures."""
    inside = folder / "procedures"
    inside.mkdir(exist_ok=True)
    (inside / "procedures.jsonl").write_bytes(content or lines())
    for name, text in (("catalogue.yaml", HEAD), ("life_events.yaml", EVENTS), ("successions.csv", CODES)):
        (inside / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """A small world on a fixed day."""
    with clock.at(TODAY):
        yield builders.world()


@pytest.fixture
def catalogue(world: World, tmp_path: Path) -> Path:
    """The ten procedures, loaded; returns the folder of the package."""
    folder = package(tmp_path)
    load_package(folder)
    return folder
