"""Made-up data for the page of components, never mixed with anything real."""

from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms

DAY: Final = date(2025, 7, 9)
ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")

CENTRE: Final = {"done": 29, "done_late": 3, "in_progress": 38, "not_started": 3, "in_progress_late": 2}
CITY: Final = {"done": 18, "done_late": 1, "in_progress": 41, "in_progress_late": 2}
COUNTRY: Final = {
    "done": 207,
    "done_late": 33,
    "in_progress": 427,
    "in_progress_late": 96,
    "not_started_late": 39,
}


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label="Tên nhiệm vụ", help_text="Bắt đầu bằng động từ, nói rõ sản phẩm.", max_length=300
    )
    due = forms.DateField(
        label="Hạn hoàn thành",
        help_text="Ngày làm việc, dạng ngày/tháng/năm.",
        widget=forms.DateInput(attrs={"class": "short"}),
    )
    lead = forms.ChoiceField(
        label="Cơ quan chủ trì", choices=[("", "Chọn cơ quan"), ("a", "Sở A (mẫu)"), ("b", "Sở B (mẫu)")]
    )
    result = forms.ChoiceField(
        label="Kết quả chứng minh bằng",
        choices=[("product", "Sản phẩm"), ("indicator", "Chỉ số")],
        widget=forms.RadioSelect,
    )
    urgent = forms.BooleanField(label="Báo ngay cho người chủ trì", required=False)
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    proof = forms.FileField(
        label="Tệp minh chứng", required=False, help_text="PDF, DOCX, XLSX hoặc ảnh, tối đa 25 MB."
    )


def context() -> dict[str, Any]:
    """Return all that the page shows."""
    refused = SampleForm({"title": "", "due": "31/02/2025", "lead": "a", "result": "product"})
    return {
        "day": DAY,
        "centre": CENTRE,
        "city_counts": CITY,
        "country": COUNTRY,
        "nothing": {},
        "states": [
            "done",
            "done_late",
            "in_progress",
            "not_started",
            "in_progress_late",
            "not_started_late",
            "draft",
            "withdrawn",
        ],
        "tones": _tones(),
        "todo": _todo(),
        "league": _league(),
        "clears": _clears(),
        "history": _history(),
        "tabs": _tabs(),
        "form": SampleForm(auto_id="empty_%s"),
        "refused": refused,
        "crumbs": [("Nhiệm vụ", "#"), ("Trung ương giao", "#")],
        "ask_withdraw": _ask(),
        "colours": COLOURS,
    }


COLOURS: Final = [
    "paper",
    "surface",
    "sunken",
    "ink",
    "ink-2",
    "line",
    "line-2",
    "edge",
    "brand",
    "brand-soft",
    "ok",
    "late",
    "progress",
    "over",
    "risk",
    "finding",
    "wait",
    "none",
    "ramp-1",
    "ramp-2",
    "ramp-3",
    "ramp-4",
    "ramp-5",
    "ramp-6",
    "series-1",
    "series-2",
    "series-3",
    "series-4",
    "series-5",
    "series-6",
]


def _tones() -> list[tuple[str, str]]:
    return [
        ("ok", "Đủ 16 tiêu chí"),
        ("risk", "Còn 5 ngày, tiến độ 35 %"),
        ("over", "Quá hạn 6 ngày"),
        ("finding", "Số liệu lệch 10.000 trang"),
        ("wait", "Chờ quyết định"),
        ("none", "Chưa có số liệu"),
    ]


def _todo() -> list[dict[str, str]]:
    return [
        {
            "tone": "over",
            "why": "Quá hạn 6 ngày",
            "what": "Hợp nhất cơ sở dữ liệu đất đai sau sắp xếp",
            "href": "#",
            "whose": "Sở A (mẫu) · thẩm quyền: Phó Chủ tịch UBND thành phố",
        },
        {
            "tone": "risk",
            "why": "Còn 5 ngày, tiến độ 35 %",
            "what": "Hoàn thành số hóa hồ sơ khối sở, ngành đợt 2",
            "href": "#",
            "whose": "Văn phòng B (mẫu) phối hợp 14 sở",
        },
        {
            "tone": "finding",
            "why": "Số liệu lệch 10.000 trang",
            "what": "Số hóa tài liệu: ba phần cộng lại nhỏ hơn tổng",
            "href": "#",
            "whose": "1.326.132 + 546.045 + 945.750 = 2.817.927, tổng ghi 2.827.927",
        },
        {
            "tone": "wait",
            "why": "Chờ quyết định",
            "what": "Đề nghị gia hạn 15 ngày do mất điện",
            "href": "#",
            "whose": "Xã C (mẫu) · căn cứ: nhật ký mất điện 3 ngày",
        },
    ]


def _league() -> list[dict[str, Any]]:
    return [
        _unit("Sở A (mẫu)", 1, 3, 90, 95, 94.7, 88.3, 97.7, 0),
        _unit("Văn phòng B (mẫu)", 1, 6, 12, 14, 85.7, 60.1, 96.0, 0),
        _unit("Phường Hòa Cường Nam (mẫu)", 2, 9, 7, 9, 77.8, 45.3, 93.7, 1, mine=True),
        _unit("Sở D (mẫu)", None, None, 2, 2, 100.0, 34.2, 100.0, 0),
        _unit("Xã Đắc Pring (mẫu)", None, None, 0, 0, None, None, None, 0),
    ]


def _unit(
    name: str,
    low_rank: int | None,
    high_rank: int | None,
    done: int,
    assigned: int,
    rate: float | None,
    low: float | None,
    high: float | None,
    overdue: int,
    mine: bool = False,
) -> dict[str, Any]:
    return {
        "name": name,
        "href": "#",
        "rank_low": low_rank,
        "rank_high": high_rank,
        "done": done,
        "assigned": assigned,
        "rate": rate,
        "low": low,
        "high": high,
        "overdue": overdue,
        "done_href": "#",
        "assigned_href": "#",
        "overdue_href": "#",
        "mine": mine,
    }


def _clears() -> list[dict[str, str]]:
    return [
        {
            "name": "Rõ người",
            "value": "Sở A (mẫu), người phụ trách M. (mẫu)",
            "detail": "Phối hợp: Văn phòng B, 94 xã, phường, đặc khu",
        },
        {"name": "Rõ việc", "value": "Số hóa 2.827.927 trang hồ sơ của khối sở, ngành"},
        {"name": "Rõ thời gian", "value": "01/03/2025 đến 31/12/2025", "detail": "Còn 126 ngày làm việc"},
        {
            "name": "Rõ thẩm quyền",
            "value": "",
            "how": "Nêu ai quyết định và báo lên ai khi vượt thẩm quyền của cơ quan chủ trì.",
        },
        {
            "name": "Rõ kết quả",
            "value": "Tỷ lệ số hóa đạt 100 %",
            "detail": "Đo bằng chỉ số “Tỷ lệ tài liệu đã số hóa”",
            "href": "#",
        },
    ]


def _history() -> list[dict[str, Any]]:
    return [
        {
            "at": datetime(2025, 7, 8, 16, 40, tzinfo=ZONE),
            "who": "Văn phòng B (mẫu)",
            "what": "Trả lại: thiếu biên bản nghiệm thu",
            "tone": "over",
        },
        {
            "at": datetime(2025, 7, 7, 9, 5, tzinfo=ZONE),
            "who": "Sở A (mẫu)",
            "what": "Báo hoàn thành, kèm 2 tệp",
            "tone": "wait",
        },
        {
            "at": date(2025, 6, 20),
            "who": "Ban Chỉ đạo (mẫu)",
            "what": "Gia hạn đến 05/07/2025",
            "detail": "Theo Công văn số 12/CV (mẫu)",
            "tone": "risk",
        },
        {"at": date(2025, 3, 1), "who": "Ban Chỉ đạo (mẫu)", "what": "Giao việc", "tone": "ok"},
    ]


def _tabs() -> list[dict[str, Any]]:
    return [
        {"label": "Trung ương giao", "url": "#", "count": 75, "current": True},
        {"label": "Thành phố giao", "url": "#", "count": 62},
        {"label": "Cả nước", "url": "#", "count": 802},
    ]


def _ask() -> dict[str, Any]:
    return {
        "label": "Thu hồi nhiệm vụ",
        "question": "Thu hồi nhiệm vụ này? Lịch sử vẫn được giữ, đơn vị chủ trì sẽ được báo.",
        "url": "#",
        "verb": "Thu hồi",
        "danger": True,
    }
