"""From figures to the scores of composite indices: only what changed, the same twice, the city's mean beside them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.builders import TODAY, World, world
from tests.pages.centre.conftest import figure as stated
from tests.pages.indicators.conftest import ABOUT

from namro.flows.indices import figure_indices
from namro.ground import clock
from namro.ground.period import Period
from namro.indicators.actions import load_definitions, store_figures
from namro.indicators.catalog.definitions import definition_of
from namro.indicators.catalog.indices import filled
from namro.indicators.models import Figure, SourceMark
from namro.indicators.queries import figure
from namro.organisation.queries import current_by_code

STATED = ABOUT | {"kind": "stated", "value": "bieu.mau.so", "adds_up": "none", "periods": ["month"]}
RATE = STATED | {"code": "ty_le_dung_han", "name": "Hồ sơ đúng hạn"}
WAIT = STATED | {"code": "phut_cho", "name": "Phút chờ", "direction": "down", "unit_of_measure": "phút"}
INDEX: dict[str, Any] = {
    "code": "phuc_vu", "version": 1, "name": "Phục vụ", "name_en": "Service", "group": "mot_cua", "owner": "TU.VP",
    "why": "Để biết.", "next_review": date(2026, 1, 15), "period": "month",
    "missing": {"rule": "leave_out", "at_least": 60}, "lights": {"green": 70, "amber": 50},
    "parts": [
        {"indicator": "ty_le_dung_han", "weight": 60, "normalise": {"by": "target", "zero": 50, "full": 100}},
        {"indicator": "phut_cho", "weight": 40, "normalise": {"by": "min_max"}},
    ],
}  # fmt: skip
VALUES = {
    "ty_le_dung_han": {"20194": ("80", "90"), "20320": ("60", "70"), "48": ("70", "80")},
    "phut_cho": {"20194": ("10", "30"), "20320": ("30", "20")},
}


@pytest.fixture
def scored(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """A small city with two indicators, an index of both, and two months of figures of two communes."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    made = world()
    known = {each["code"]: definition_of(each) for each in (RATE, WAIT)}
    whole = filled(INDEX, known)
    load_definitions([(definition_of(each), each) for each in (RATE, WAIT, whole)], package="mau")
    rows = [
        stated(indicator, unit, period, value)
        for indicator, units in VALUES.items()
        for unit, values in units.items()
        for period, value in zip(("2025-05", "2025-06"), values, strict=True)
    ]
    store_figures(rows, day=TODAY)
    return made


def score(unit: str, period: str, part: str = "", day: date = TODAY) -> Decimal | None:
    """The score of a unit, or what a part is worth, as known on a day."""
    found = figure("phuc_vu", unit, day, part, period=Period.parse(period))
    return found.value if found else None


def test_a_score_is_stored_with_its_parts_and_the_mean_of_the_city(scored: World) -> None:
    assert figure_indices() > 0
    assert score("20194", "2025-05") == 60 * Decimal("0.6") + 100 * Decimal("0.4")
    assert score("20320", "2025-05") == 20 * Decimal("0.6")
    assert score("48", "2025-05") == (76 + 12) / 2
    assert (score("20194", "2025-05", "ty_le_dung_han"), score("20194", "2025-05", "phut_cho")) == (60, 100)
    part = figure("phuc_vu", "20194", TODAY, "phut_cho", period=Period.parse("2025-05"))
    assert part is not None
    assert (part.numerator, part.denominator) == (40, 40)  # the points it gave, of those it can give
    assert part.synthetic
    assert "Tổng hợp từ 2 chỉ số" in part.source


def test_twice_is_as_once_and_nothing_new_is_nothing_to_do(scored: World) -> None:
    figure_indices()
    before = list(Figure.objects.filter(indicator="phuc_vu").order_by("pk").values())
    assert figure_indices() == 0
    assert list(Figure.objects.filter(indicator="phuc_vu").order_by("pk").values()) == before
    assert SourceMark.objects.get(source="index:phuc_vu").day == TODAY


def test_a_late_figure_changes_its_month_alone_and_the_peers_with_it(scored: World) -> None:
    figure_indices()
    SourceMark.objects.filter(source="index:phuc_vu").update(day=date(2025, 7, 10))  # as if the day were over
    store_figures(
        [stated("phut_cho", "20320", "2025-06", "50", as_of=date(2025, 7, 11))], day=date(2025, 7, 11)
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(clock.FIXED_DAY, "2025-07-11")
        assert figure_indices() > 0
    changed = Figure.objects.filter(indicator="phuc_vu", as_of=date(2025, 7, 11))
    assert set(changed.values_list("period", flat=True)) == {"2025-06"}
    assert score("20194", "2025-06", day=date(2025, 7, 11)) == 80 * Decimal("0.6") + 40
    assert score("20194", "2025-06") == 80 * Decimal("0.6")


def test_too_little_known_gives_parts_and_no_score(scored: World) -> None:
    Figure.objects.filter(indicator="ty_le_dung_han", unit=current_by_code()["20320"]).delete()
    figure_indices()
    assert score("20320", "2025-06") is None
    assert score("20320", "2025-06", "phut_cho") == 100
    assert score("48", "2025-06") == score("20194", "2025-06")


def test_a_running_month_has_no_score(scored: World) -> None:
    store_figures([stated("ty_le_dung_han", "20194", "2025-07", "90")], day=TODAY)
    figure_indices()
    assert score("20194", "2025-07") is None


def test_only_the_indices_of_a_table_follow_it(scored: World) -> None:
    assert figure_indices({"mot_bang_khac"}) == 0
    assert not Figure.objects.filter(indicator="phuc_vu").exists()
