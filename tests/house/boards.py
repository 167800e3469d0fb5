"""A service group with one chart over tasks: addresses of boards lead somewhere whatever the package declares."""

from datetime import date

from namro.indicators.actions.charts import store_charts, store_groups
from namro.indicators.catalog.charts import chart_of
from namro.indicators.catalog.groups import GroupDef

CHART = {
    "code": "mau", "group": "mau", "title": "Tỷ lệ hoàn thành mỗi ngày", "title_en": "Completion a day", "form": "line",
    "over": "time", "indicators": ["nhiem_vu_hoan_thanh"], "breakdown": "bcd", "period": "day", "last": 30,
    "levels": ["city", "commune", "agency"], "why": "Để thấy xu hướng mỗi ngày.", "owner": "TU.VP",
    "next_review": date(2026, 1, 15),
}  # fmt: skip


def samples() -> dict[str, dict[str, object]]:
    """Declare them and return, by route, what an address of it is made with."""
    store_groups([GroupDef("mau", "Nhóm mẫu", "Sample group", "TU.VP", 900)], package="mau")
    store_charts([(chart_of(CHART), CHART)], package="mau")
    of_chart: dict[str, object] = {"code": "mau"}
    return {
        "centre_group": of_chart,
        "centre_chart": of_chart,
        "centre_chart_export": of_chart,
        "centre_unit": {"code": "H17.KHCN"},
        "index": {"code": "phuc_vu_nguoi_dan"},
        "index_unit": {"code": "phuc_vu_nguoi_dan", "unit": "20200"},
        "peers": {"unit": "20200"},
    }
