"""Questions about units that were merged: how they are asked, and which units they name."""

import re
from collections.abc import Iterable
from itertools import product

from namro.assistant.rules.scope import shown, spell
from namro.ground.text import fold
from namro.organisation.models import Unit

_KINDS = "phuong |xa |dac khu |thi tran |quan |huyen |thi xa |thanh pho |tinh ".split("|")
_LEADING = frozenset(
    "a anh ben chi con dac di em khu la minh nha neu o phuong sao song tai the thi thuoc toi tui u vay xa".split()
)
_WENT = shown(
    (
        *(
            f"{now} {is_in}"
            for now, is_in in product(("nay", "giờ", "bây giờ", "hiện", "hiện nay"), ("thuộc", "là", "nhập vào"))
        ),
        *(f"{verb} {what} nào" for verb, what in product(("thuộc", "về", "vào"), ("phường", "xã", "đơn vị"))),
        "sáp nhập", "sát nhập", "nhập vào", "nhập với", "gộp vào", "gộp với", "đổi tên thành", "đổi thành",
        "tên mới là", "còn tồn tại",
    )
)  # fmt: skip
_MADE_OF = shown(
    (
        *(
            f"{of} {which} {what}"
            for of, which, what in product(("gồm", "từ"), ("những", "các", "mấy"), ("phường", "xã", "đơn vị"))
        ),
        *(f"{of} {what} nào" for of, what in product(("gồm", "từ"), ("phường", "xã", "đơn vị"))),
        "lập từ", "sáp nhập từ", "hợp nhất từ", "trước đây là",
    )
)  # fmt: skip


def asks_where_it_went(question: str) -> bool:
    """Whether a question asks what became of a unit, as far as it names one that ended."""
    return bool(_WENT.search(spell(question)))


def asks_what_it_was_made_of(question: str) -> bool:
    """Whether a question asks of which old units a new one was made, as far as it names one."""
    return bool(_MADE_OF.search(spell(question)))


def named_in(question: str, units: Iterable[Unit]) -> list[Unit]:
    """Return the units that a question names, in the order of its words; a longer name before a part of it."""
    said = f" {fold(question)} "
    found = [(place, -len(name), unit) for unit in units for place, name in _places(said, unit)]
    kept: list[tuple[int, Unit]] = []
    taken: list[tuple[range, str]] = []
    for place, negative, unit in sorted(found, key=lambda each: (each[1], each[0])):
        span = range(place, place - negative)
        if all(place not in other or (span == other and name == unit.name) for other, name in taken):
            taken.append((span, unit.name))
            kept.append((place, unit))
    return list(dict.fromkeys(unit for _place, unit in sorted(kept, key=lambda each: each[0])))


def says_only(question: str, units: Iterable[Unit]) -> bool:
    """Whether a question has no word but the names of these units and what leads up to them: “tôi ở Hòa Khánh”."""
    said = f" {fold(question)} "
    names = sorted((name for unit in units for name in names_of(unit)), key=len, reverse=True)
    for name in names:
        said = said.replace(f" {name} ", "  ")
    return bool(names) and _LEADING.issuperset(said.split())


def names_of(unit: Unit) -> set[str]:
    """Return how a unit is named, folded: by its whole name, without its kind, or by its short name."""
    whole = fold(unit.name)
    bare = next((whole.removeprefix(kind) for kind in _KINDS if whole.startswith(kind)), whole)
    return {whole, fold(unit.short_name), *([bare] if len(bare.split()) > 1 else [])} - {""}


def _places(said: str, unit: Unit) -> list[tuple[int, str]]:
    """Where a unit is named."""
    return [
        (found.start(), name)
        for name in names_of(unit)
        if f" {name} " in said
        for found in re.finditer(f"(?= {re.escape(name)} )", said)
    ]
