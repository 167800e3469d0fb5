"""Ten hand-made records of procedures, in the form of the catalogue."""

import json
from typing import Any

NAMES = {
    "1.000001": ("Thủ tục đăng ký khai sinh", "Hộ tịch"),
    "1.000002": ("Thủ tục đăng ký khai sinh có yếu tố nước ngoài", "Hộ tịch"),
    "1.000003": ("Cấp đổi thẻ căn cước", "Cấp, quản lý căn cước"),
    "1.000004": ("Cấp đổi thẻ căn cước (thực hiện tại cấp tỉnh)", "Cấp, quản lý căn cước"),
    "1.000005": ("Hòa giải tranh chấp đất đai", "Đất đai"),
    "1.000006": ("Cấp đổi Giấy chứng nhận quyền sử dụng đất", "Đất đai"),
    "1.000007": ("Thủ tục đăng ký kết hôn", "Hộ tịch"),
    "1.000008": ("Đăng ký thành lập hộ kinh doanh", "Doanh nghiệp"),
    "1.000009": ("Đổi giấy phép lái xe", "Giao thông"),
    "1.000010": ("Hoàn thuế tiêu thụ đặc biệt", "Thuế"),
}


def record(code: str = "1.000001", **more: Any) -> dict[str, Any]:
    """Return a record without doubts; `more` replaces parts of it."""
    name, field = NAMES.get(code, ("Thủ tục mẫu", "Lĩnh vực mẫu"))
    whole = {
        "code": code, "name": name, "field": field, "level": ["Cấp tỉnh" if "cấp tỉnh" in name else "Cấp xã"],
        "agency": "Ủy ban nhân dân cấp xã", "applicants": ["Công dân Việt Nam"],
        "steps": ["Bước 1: Nộp hồ sơ.", "Bước 2: Nhận kết quả."],
        "submission_methods": [
            {"method": "Trực tiếp", "time_limit": "5 Ngày làm việc", "fee": "50.000 VNĐ", "description": ""},
            {"method": "Trực tuyến", "time_limit": "3 Ngày làm việc", "fee": "Miễn phí", "description": ""},
        ],
        "documents": [
            {"name": "Tờ khai", "original": 1, "copies": 0, "form": "to-khai.docx", "case": ""},
            {"name": "Giấy chứng sinh", "original": 1, "copies": 0, "form": "",
             "case": "Trường hợp trẻ sinh ở bệnh viện"},
            {"name": "Lời khai của người làm chứng", "original": 0, "copies": 2, "form": "",
             "case": "Trường hợp trẻ sinh ở nhà"},
        ],
        "legal_bases": [{"number": "60/2014/QH13", "title": "Luật Hộ tịch"}],
        "conditions": "", "result": "Giấy chứng nhận", "source": {"ministry": "Bộ Tư pháp", "url": "https://example.org/x"},
    }  # fmt: skip
    return whole | more


def lines(*records: dict[str, Any]) -> bytes:
    """Return the records as a file, all ten where none is named."""
    named = records or tuple(record(code) for code in NAMES)
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in named).encode()
