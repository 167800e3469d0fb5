"""What a rule over figures compares: what its kind has not, needs or cannot use is a fault with its line."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.alerts.test_catalog import KNOWN, TODAY, write

from namro.alerts.catalog import read_rule
from namro.alerts.terms import Comparison, Second, Side
from namro.ground.period import Kind
from namro.indicators.terms import Against
from namro.sources.terms import PackageRefused

REVIEW = date(2026, 1, 15)
FIGURES = {"look": {"indicator": "i"}, "urging": None}


@pytest.mark.parametrize(
    ("kind", "changed", "fault"),
    [
        ("figure_threshold", {}, "phải có «compare»"),
        ("task_overdue", {"look": {}, "compare": {"period": "day"}}, "không có «compare»"),
        ("figure_threshold", {"compare": {"period": "day", "side": "up"}}, "không có mục «side»"),
        ("figure_threshold", {"compare": {"period": "giờ"}}, "«period» là «giờ»"),
        ("figure_changed", {"compare": {"period": "day"}}, "thiếu «against»"),
        ("figure_changed", {"compare": {"period": "day", "against": "last_year"}}, "cùng ngày năm trước"),
        ("figure_spread", {"compare": {"period": "day", "limit": 1, "side": "both"}}, "«side» là «both»"),
        ("figure_forecast", {"compare": {"period": "day", "last": 3, "limit": 1}}, "từ 4 đến 31"),
        ("figure_forecast", {"compare": {"period": "day", "last": 5, "limit": 1}}, "phải có «worse: down»"),
        (
            "figure_outlier",
            {"compare": {"period": "day"}, "worse": "down", "levels": {"warning": 1}},
            "«worse»",
        ),
        ("figure_burn", {"compare": {"period": "day", "frame": "tuần", "limit": 1}}, "«frame» là «tuần»"),
        ("figure_burn", {"compare": {"period": "day", "frame": "month", "limit": 0}}, "lớn hơn 0"),
        (
            "figures_together",
            {"compare": {"period": "day", "with": {"indicator": "j"}}},
            "«indicator» là «j»",
        ),
        ("figures_together", {"compare": {"period": "day", "with": {"indicator": "i"}}}, "«at_least» hoặc"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, kind: str, changed: dict[str, object], fault: str) -> None:
    file = write(tmp_path, **{**FIGURES, "kind": kind, "text": "{object}", **changed})
    with pytest.raises(PackageRefused) as refusal:
        read_rule(file, today=TODAY, known=KNOWN)
    assert fault in str(refusal.value)


def test_a_rule_says_what_it_compares(tmp_path: Path) -> None:
    compare = {"period": "month", "against": "previous", "last": 3, "side": "both", "floor": 5, "least": 20}
    file = write(tmp_path, **FIGURES, kind="figure_changed", compare=compare, next_review=REVIEW)
    rule, _ = read_rule(file, today=TODAY, known=KNOWN)
    assert rule.comparison == Comparison(Kind.MONTH, Side.BOTH, 3, Against.PREVIOUS, floor=5.0, least=20.0)
    compare = {"period": "day", "with": {"indicator": "i", "at_most": 10}}
    rule, _ = read_rule(
        write(tmp_path, **FIGURES, kind="figures_together", compare=compare, next_review=REVIEW),
        today=TODAY,
        known=KNOWN,
    )
    assert rule.comparison is not None
    assert rule.comparison.second == Second("i", None, 10.0)


def test_a_rule_over_sources_names_one_that_there_is(tmp_path: Path) -> None:
    file = write(tmp_path, kind="feed_failed", look={"source": "la"}, urging=None)
    with pytest.raises(PackageRefused, match="«source» là «la»"):
        read_rule(file, today=TODAY, known=KNOWN)


def test_a_rule_asks_for_periods_that_there_are(tmp_path: Path) -> None:
    file = write(tmp_path, **FIGURES, kind="figure_silent", text="{object}", compare={"period": "day"})
    known = replace(KNOWN, periods={"i": frozenset({"month"})})
    with pytest.raises(PackageRefused, match="không có số liệu theo kỳ «day»"):
        read_rule(file, today=TODAY, known=known)
