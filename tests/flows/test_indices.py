"""From figures to the scores of composite indices: only what changed, the same twice, the city's mean beside them."""

from datetime import date
from decimal import Decimal

import pytest
from tests.builders import TODAY, World, world
from tests.indicators.material import ON_TIME, WAIT, stated, store_index

from namro.flows.indices import figure_indices
from namro.ground import clock
from namro.ground.period import Period
from namro.indicators.actions import store_figures
from namro.indicators.models import Figure, SourceMark
from namro.indicators.queries import figure
from namro.organisation.queries import current_by_code

VALUES = {
    "ty_le_dung_han": {"20194": ("80", "90"), "20320": ("60", "70"), "48": ("70", "80")},
    "phut_cho": {"20194": ("10", "30"), "20320": ("30", "20")},
}


@pytest.fixture
def scored(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """A small city with two indicators, an index of both, and two months of figures of two communes."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    made = world()
    store_index([ON_TIME, WAIT], VALUES)
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
