"""A wall to measure on: groups, indicators and charts by number, and the figures of a city and its communes."""

from datetime import date
from typing import Any

from django.db import connection

from namro.indicators.actions import load_definitions
from namro.indicators.actions.charts import store_charts, store_groups
from namro.indicators.catalog.charts import chart_of
from namro.indicators.catalog.definitions import definition_of
from namro.indicators.catalog.groups import GroupDef
from namro.organisation.models import Unit

REVIEW = date(2026, 6, 30)
PARTS = {"mot": "Loại một", "hai": "Loại hai", "ba": "Loại ba", "bon": "Loại bốn"}
# Forms in the share in which a city uses them: out of ten charts of the wall, so many of each.
FORMS: tuple[dict[str, Any], ...] = (
    {"form": "line", "over": "time", "period": "month", "last": 24},
    {"form": "column", "over": "time", "period": "month", "last": 12},
    {"form": "line", "over": "time", "period": "day", "last": 30},
    {"form": "map", "over": "units", "period": "month"},
    {"form": "bar", "over": "units", "period": "month"},
    {"form": "heat", "over": "units_time", "period": "month", "last": 12},
    {"form": "gauge", "over": "now", "period": "month"},
    {"form": "line", "over": "time", "period": "day", "last": 60},
    {"form": "bar", "over": "parts", "period": "month"},
    {"form": "table", "over": "units", "period": "month"},
)
# Two years of months and two months of days; four parts beside the whole; a rhythm of the year, no two units alike.
FIGURES = """
INSERT INTO indicators_figure (indicator, unit_id, period_kind, period_start, period, breakdown, value, numerator,
    denominator, as_of, source, source_state, version, synthetic)
SELECT 'do_' || to_char(i, 'FM000'), unit.id, time.kind, time.start, time.key, part.code,
       round((part.share * (55 + 20 * sin(extract(doy FROM time.start) / 58.0 + i) + (unit.id * 7 + i * 13) %% 23
                            - 8 * ((unit.id + i) %% 17 = 0)::int))::numeric, 3), NULL, NULL,
       LEAST(time.start + 32, %(day)s::date), 'Nguồn đo', 'fresh', 1, true
FROM generate_series(0, %(indicators)s - 1) AS i
CROSS JOIN (SELECT id FROM organisation_unit WHERE id = ANY(%(units)s)) AS unit
CROSS JOIN (
    SELECT 'month' AS kind, start::date AS start, to_char(start, 'YYYY-MM') AS key
    FROM generate_series(DATE '2023-08-01', DATE '2025-06-01', INTERVAL '1 month') AS start
    UNION ALL
    SELECT 'day', start::date, to_char(start, 'YYYY-MM-DD')
    FROM generate_series(%(day)s::date - 60, %(day)s::date, INTERVAL '1 day') AS start) AS time
JOIN (VALUES ('', 1.0), ('mot', 0.4), ('hai', 0.3), ('ba', 0.2), ('bon', 0.1)) AS part (code, share)
  ON part.code = '' OR (i %% 10 = 8 AND time.kind = 'month')
WHERE time.kind = 'month' OR i %% 10 IN (2, 7)
"""


def hang_wall(city: Unit, communes: list[Unit], *, charts: int, groups: int, day: date) -> int:
    """Declare so many charts, each of an indicator of its own, with figures of all units; returns the figures."""
    read = [(definition_of(body), body) for body in map(_indicator, range(charts))]
    load_definitions(read, package="do")
    named = [
        GroupDef(f"nhom_{n:02}", f"Nhóm dịch vụ {n + 1}", f"Service {n + 1}", city.code, n)
        for n in range(groups)
    ]
    store_groups(named, package="do")
    bodies = [_chart(number, groups, city.code) for number in range(charts)]
    store_charts([(chart_of(body), body) for body in bodies], package="do")
    units = [city.pk, *(unit.pk for unit in communes)]
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, {"indicators": charts, "units": units, "day": day})
        made = cursor.rowcount
        cursor.execute("ANALYZE indicators_figure")
    return made


def _indicator(number: int) -> dict[str, Any]:
    return {
        "code": f"do_{number:03}", "name": f"Chỉ tiêu đo {number + 1}", "name_en": f"Measure {number + 1}",
        "group": "do", "theme": "Đo", "kind": "stated", "value": "do.gia_tri", "adds_up": "none",
        "unit_of_measure": "%" if number % 3 else "hồ sơ", "decimals": 1, "direction": ("up", "down")[number % 2],
        "periods": ["day", "month"], "owner": "48", "why": "Để đo tốc độ của bức tường.", "next_review": REVIEW,
        "version": 1, "source": "Nguồn đo", "breakdowns": PARTS if number % 10 == 8 else {},
        "lights": {"green": 60, "amber": 50} if number % 2 == 0 else {"green": 50, "amber": 70},
    }  # fmt: skip


def _chart(number: int, groups: int, owner: str) -> dict[str, Any]:
    return FORMS[number % len(FORMS)] | {
        "code": f"bieu_do_{number:03}", "title": f"Chỉ tiêu đo {number + 1}", "title_en": f"Measure {number + 1}",
        "indicators": [f"do_{number:03}"], "levels": ["city", "commune"], "group": f"nhom_{number % groups:02}",
        "owner": owner, "next_review": REVIEW, "why": "Để đo tốc độ.",
    }  # fmt: skip
