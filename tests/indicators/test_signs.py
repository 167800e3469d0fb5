"""Signs in figures: both engines see what a few lines of plain Python see."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.indicators import plain_signs as plain

from namro.ground.period import Kind
from namro.indicators.formulas.signs import SIGNS
from namro.indicators.terms import ASK, Against, Ask, Sign

pytestmark = pytest.mark.django_db
FIRST = date(2025, 1, 20)
DAYS = [FIRST + timedelta(days=number) for number in range(24)]
UNITS = list(range(1, 11))
NEAR = {unit: {unit - 1, unit + 1} & set(UNITS) for unit in UNITS}
NAMED = {
    "figure": {
        "unit_id": "bigint", "indicator": "text", "breakdown": "text", "period_kind": "text", "period_start": "date",
        "value": "float8", "numerator": "float8", "denominator": "float8",
    },
    "near": {"unit_id": "bigint", "other_id": "bigint"},
    "peer": {"unit_id": "bigint", "peers": "text"},
    "span": {"period_kind": "text", "place": "bigint", "period_start": "date", "period_end": "date"},
    "ask": dict(ASK),
}  # fmt: skip
WHOLE = st.integers(-40, 40).map(float)
ARROW = {
    "bigint": pa.int64(),
    "int": pa.int32(),
    "text": pa.string(),
    "date": pa.date32(),
    "float8": pa.float64(),
}
Rows = Sequence[tuple[Any, ...]]
Engine = Callable[[dict[str, Rows], str], Rows]


def in_duckdb(relations: dict[str, Rows], sql: str) -> Rows:
    """What DuckDB reads."""
    with duckdb.connect() as engine:
        for name, rows in relations.items():
            columns = dict(zip(NAMED[name], zip(*rows, strict=True), strict=True)) if rows else {}
            given = pa.table({c: pa.array(columns.get(c, ()), ARROW[t]) for c, t in NAMED[name].items()})
            engine.register(name, given)
        return engine.execute(sql).fetchall()


def in_postgresql(relations: dict[str, Rows], sql: str) -> Rows:
    """What PostgreSQL reads."""
    with connection.cursor() as cursor:
        for name, rows in relations.items():
            columns = ", ".join(f"{c} {t}" for c, t in NAMED[name].items())
            cursor.execute(
                f"DROP TABLE IF EXISTS {name}; CREATE TEMPORARY TABLE {name} ({columns}) ON COMMIT DROP"
            )
            words = ", ".join(["%s"] * len(NAMED[name]))
            cursor.executemany(f"INSERT INTO {name} VALUES ({words})", rows)  # noqa: S608 - our own words
        cursor.execute(sql)
        return list(cursor.fetchall())


@pytest.fixture(params=[in_duckdb, in_postgresql], ids=["duckdb", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each engine in turn."""
    return request.param


def asked(kind: Sign, **more: Any) -> Ask:
    """A rule's question, on days from the first."""
    return Ask(1, kind, "i", "", Kind.DAY, since=FIRST, needed=FIRST, **more)


def seen(engine: Engine, ask: Ask, figures: plain.Figures) -> plain.Seen:
    """What the SELECT of the kind sees."""
    relations: dict[str, Rows] = {
        "ask": [tuple(asdict(ask).values())],
        "figure": [(unit, name, "", "day", day, *values) for (name, unit, day), values in figures.items()],
        "near": [(unit, other) for unit, others in NEAR.items() for other in others],
        "peer": [(unit, "xa") for unit in UNITS],
        "span": [("day", place, day, day) for place, day in enumerate(DAYS)],
    }
    rows = engine(relations, SIGNS[ask.kind])
    assert {rule for rule, *_ in rows} <= {1}
    return {(unit, day): value for _, unit, day, value in rows}


def figures_of(units: Sequence[int], days: Sequence[date], *, names: str = "i", parts: bool = False) -> Any:
    """Figures of some units on some days; with parts, of which the value is the share."""
    places = st.tuples(st.sampled_from(names), st.sampled_from(units), st.sampled_from(days))
    count = st.integers(0, 9).map(float)
    share = st.tuples(count, count).map(lambda two: (two[0], two[0], two[0] + two[1]))
    values = share if parts else WHOLE.map(lambda value: (value, None, None))
    return st.dictionaries(places, values, max_size=40)


def examples(number: int = 6) -> Any:
    """A few examples: each asks a database."""
    return settings(max_examples=number, suppress_health_check=list(HealthCheck))


@examples()
@given(figures=figures_of([1, 2], DAYS, parts=True), least=st.sampled_from([None, 5.0]))
def test_threshold(engine: Engine, figures: Any, least: float | None) -> None:
    ask = asked(Sign.THRESHOLD, at_least=least)
    expected = plain.threshold(ask, figures, 1) | plain.threshold(ask, figures, 2)
    assert seen(engine, ask, figures) == pytest.approx(expected)


@examples()
@given(
    figures=figures_of([1, 2], DAYS[:9]),
    side=st.sampled_from([-1, 0, 1]),
    many=st.integers(1, 3),
    floor=st.sampled_from([None, 5.0]),
)
def test_changed_against_the_periods_before(
    engine: Engine, figures: Any, side: int, many: int, floor: Any
) -> None:
    ask = asked(Sign.CHANGED, side=side, many=many, floor=floor)
    expected = plain.changed(ask, figures, 1) | plain.changed(ask, figures, 2)
    assert seen(engine, ask, figures) == pytest.approx(expected)


@examples()
@given(figures=figures_of([1], [*DAYS[:3], *(day.replace(year=2024) for day in DAYS[:3])]))
def test_changed_against_the_year_before(engine: Engine, figures: Any) -> None:
    ask = replace(asked(Sign.CHANGED, against=Against.LAST_YEAR), since=date(2024, 1, 1))
    assert seen(engine, ask, figures) == pytest.approx(plain.changed(ask, figures, 1))


@examples()
@given(
    figures=figures_of(UNITS, DAYS[:2]), side=st.sampled_from([-1, 0, 1]), floor=st.sampled_from([None, 3.0])
)
def test_outlier(engine: Engine, figures: Any, side: int, floor: float | None) -> None:
    figures |= {("i", unit, DAYS[0]): (float(unit), None, None) for unit in UNITS[:8]}
    ask = asked(Sign.OUTLIER, side=side, floor=floor)
    assert seen(engine, ask, figures) == pytest.approx(plain.outlier(ask, figures, UNITS))


@examples()
@given(steps=st.lists(st.integers(-1, 3), min_size=6, max_size=12), side=st.sampled_from([-1, 1]))
def test_forecast(engine: Engine, steps: list[int], side: int) -> None:
    heights = [float(side * sum(steps[: place + 1])) for place in range(len(steps))]
    figures = {("i", 1, day): (height, None, None) for day, height in zip(DAYS, heights, strict=False)}
    ask = asked(Sign.FORECAST, side=side, many=5, bound=side * 25.0)
    assert seen(engine, ask, figures) == pytest.approx(plain.forecast(ask, figures, 1))


def test_a_line_is_led_to_its_bound(engine: Engine) -> None:
    figures = {("i", 1, day): (2.0 * place, None, None) for place, day in enumerate(DAYS[:6])}
    ask = asked(Sign.FORECAST, many=5, bound=20.0)
    assert seen(engine, ask, figures) == pytest.approx({(1, DAYS[4]): 6.0, (1, DAYS[5]): 5.0})


@examples()
@given(
    figures=figures_of([1, 2], DAYS[:4], names="ij"),
    low=st.sampled_from([None, -5.0]),
    high=st.sampled_from([None, 9.0]),
)
def test_together(engine: Engine, figures: Any, low: float | None, high: float | None) -> None:
    ask = asked(Sign.TOGETHER, second="j", second_from=low, second_to=high)
    expected = plain.together(ask, figures, 1) | plain.together(ask, figures, 2)
    assert seen(engine, ask, figures) == pytest.approx(expected)


@examples()
@given(
    figures=figures_of([1], DAYS, parts=True),
    side=st.sampled_from([-1, 1]),
    least=st.sampled_from([None, 20.0]),
)
def test_burn_of_a_share(engine: Engine, figures: Any, side: int, least: float | None) -> None:
    ask = asked(Sign.BURN, side=side, bound=30.0, frame="month", at_least=least)
    assert seen(engine, ask, figures) == pytest.approx(plain.burn(ask, figures, 1))


@examples()
@given(figures=st.dictionaries(st.sampled_from(DAYS), st.integers(0, 9).map(float)))
def test_burn_of_an_amount(engine: Engine, figures: dict[date, float]) -> None:
    stood = {("i", 1, day): (value, None, None) for day, value in figures.items()}
    ask = asked(Sign.BURN, bound=20.0, frame="month")
    assert seen(engine, ask, stood) == pytest.approx(plain.burn(ask, stood, 1))


@examples()
@given(figures=figures_of(UNITS[:5], DAYS[:2]), side=st.sampled_from([-1, 1]))
def test_spread(engine: Engine, figures: Any, side: int) -> None:
    ask = asked(Sign.SPREAD, side=side, bound=0.0)
    assert seen(engine, ask, figures) == plain.spread(ask, figures, NEAR)


@examples(10)
@given(days=st.lists(st.sampled_from(DAYS[8:]), unique=True))
def test_silent(engine: Engine, days: list[date]) -> None:
    figures = {("i", 1, day): (1.0, None, None) for day in [*DAYS[:8:], *days] if day != DAYS[2]}
    figures |= {
        ("i", 2, day): (1.0, None, None) for day in DAYS[:-2]
    }  # another unit, heard of until two days ago
    ask = asked(Sign.SILENT)
    found = {place: value for place, value in seen(engine, ask, figures).items() if place[0] == 1}
    assert found == plain.silent(ask, figures, 1, DAYS)
