"""What a source that is added on the web may be: its code, its way in, its columns; refusals name the field."""

import ipaddress
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from namro.ground.text import slug
from namro.organisation.terms import Refused
from namro.sources.terms import ColumnType, Personal
from namro.sources.terms.drafts import OPEN_VARIABLES, Step

# Words of addresses under /nguon/.
RESERVED = frozenset({"moi", "lo"})
LONGEST_CODE = 40
_CODE = re.compile(r"[a-z][a-z0-9_]{2,39}")
_VARIABLE = re.compile(rf"{OPEN_VARIABLES}[A-Z0-9_]+")
_TABLE = re.compile(r"[^\W\d][\w$]*(\.[^\W\d][\w$]*)?")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9]")
# What each step leaves in the draft.
_LEFT: dict[Step, tuple[str, ...]] = {
    Step.CONNECT: ("connector",),
    Step.COLUMNS: ("columns", "time", "unit", "key"),
    # Said by who has seen what would land; other columns or another sample take it back.
    Step.CHECKS: ("checked",),
    Step.DUTIES: ("owner", "answers", "group", "why", "legal_basis", "next_review", "schedule"),
}


def code_of(name: str) -> str:
    """Return the code that a name makes: 'Chất lượng nước' → 'chat_luong_nuoc'."""
    return re.sub("^[^a-z]+", "", slug(name).replace("-", "_"))[:LONGEST_CODE].strip("_")


def column_names(headings: Sequence[str]) -> list[str]:
    """Return a name for each heading in its order, none twice."""
    names: list[str] = []
    for place, heading in enumerate(headings, start=1):
        name = code_of(heading) or f"cot_{place}"
        names.append(name if name not in names else f"{name}_{place}")
    return names


def check_code(code: str, taken: Collection[str]) -> None:
    """Refuse a code that is none, or that another source bears."""
    if not _CODE.fullmatch(code) or code in RESERVED:
        raise Refused(
            "Mã nguồn gồm 3–40 chữ thường không dấu, số và _, bắt đầu bằng chữ; hãy ghi mã khác.",
            field="code",
        )
    if code in taken:
        raise Refused(f"Đã có nguồn mang mã «{code}»; hãy ghi mã khác.", field="code")


def done_steps(body: Mapping[str, Any], *, has_sample: bool) -> set[Step]:
    """Return the steps that have been done."""
    done = {step for step, left in _LEFT.items() if all(body.get(key) for key in left)}
    if has_sample:
        done.add(Step.SAMPLE)
    return done


def next_step(body: Mapping[str, Any], *, has_sample: bool) -> Step:
    """Return the first step that has not been done."""
    done = done_steps(body, has_sample=has_sample)
    return next(step for step in Step if step not in done)


def is_open(step: Step, body: Mapping[str, Any], *, has_sample: bool) -> bool:
    """Whether all that a step builds on is there."""
    done = done_steps(body, has_sample=has_sample)
    return all(each in done for each in list(Step)[: list(Step).index(step)])


def check_connector(settings: Mapping[str, Any]) -> None:
    """Refuse settings that could not be read by, or that would carry a secret of the house away."""
    for key, value in settings.items():
        if key.endswith("_env") and value and not _VARIABLE.fullmatch(str(value)):
            raise Refused(
                f"Chỉ dùng biến môi trường có tên bắt đầu bằng {OPEN_VARIABLES} (chữ hoa, số, _), ví dụ "
                f"{OPEN_VARIABLES}KHO_DU_LIEU; người quản trị máy chủ đặt giá trị, không ghi bí mật ở đây.",
                field=key,
            )
    if "url" in settings:
        _check_url(str(settings["url"]), "url", has_secret=bool(settings.get("token_env")))
    if settings.get("endpoint"):
        _check_url(str(settings["endpoint"]), "endpoint", has_secret=False)
    if "table" in settings and not _TABLE.fullmatch(str(settings["table"])):
        raise Refused("Tên bảng chỉ gồm chữ, số và _, có thể kèm lược đồ: luoc_do.bang.", field="table")
    if ".." in str(settings.get("pattern", "")) or str(settings.get("pattern", "")).startswith("/"):
        raise Refused("Mẫu tên tệp không được ra ngoài thư mục của nguồn; ví dụ: *.csv", field="pattern")
    if "bucket" in settings and not _BUCKET.fullmatch(str(settings["bucket"])):
        raise Refused("Tên kho S3 gồm 3–63 chữ thường, số, dấu chấm và gạch nối.", field="bucket")


def _check_url(url: str, field: str, *, has_secret: bool) -> None:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Refused("Địa chỉ không đúng dạng; ví dụ: https://may-chu/duong-dan.", field=field) from None
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise Refused("Địa chỉ phải bắt đầu bằng https:// (hoặc http:// trong mạng nội bộ).", field=field)
    if parts.username or parts.password:
        raise Refused("Không ghi tài khoản, mật khẩu trong địa chỉ; hãy dùng biến môi trường.", field=field)
    host = _literal(parts.hostname)
    if host and (host.is_link_local or host.is_unspecified or host.is_multicast):
        raise Refused("Địa chỉ này là của chính hạ tầng máy chủ, không phải của một nguồn.", field=field)
    if has_secret and parts.scheme != "https" and not (host and host.is_loopback):
        raise Refused("Khóa truy cập chỉ được gửi qua https; hãy đổi địa chỉ hoặc bỏ khóa.", field=field)


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def check_columns(body: Mapping[str, Any]) -> None:
    """Refuse a choice of columns that no contract can be made of; fields are those of the page."""
    columns = {column["name"]: column for column in body["columns"]}
    _check_role(columns.get(body["time"]), "Cột ngày", "time")
    _check_role(columns.get(body["unit"]["column"]), "Cột đơn vị", "unit")
    if columns[body["time"]]["type"] not in {ColumnType.DATE, ColumnType.TIMESTAMP}:
        raise Refused("Cột ngày phải có kiểu Ngày hoặc Ngày giờ; hãy đổi kiểu của cột đó.", field="time")
    _check_key(body["key"], columns)
    for place, column in enumerate(body["columns"]):
        low, high = column.get("min"), column.get("max")
        if low is not None and high is not None and low > high:
            raise Refused(f"«{column['label']}»: mức thấp nhất lớn hơn mức cao nhất.", field=f"c{place}-low")


def _check_role(column: Mapping[str, Any] | None, told: str, field: str) -> None:
    """Refuse a column that cannot say when or whose a row is."""
    if column is None:
        raise Refused(
            f"{told} phải là một cột được lấy; hãy chọn cột khác hoặc tích «Lấy cột này».", field=field
        )
    if column.get("personal"):
        raise Refused(f"{told} không thể là dữ liệu cá nhân vì sẽ bị che.", field=field)
    if not column.get("needed", True):
        raise Refused(f"{told} phải có ở mọi dòng; hãy tích «Bắt buộc» cho cột đó.", field=field)


def _check_key(key: Sequence[str], columns: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse a key of no columns, or of one that is thrown away."""
    if not key:
        raise Refused(
            "Hãy tích «Cột khóa» ở các cột mà cùng nhau chỉ đúng một dòng, ví dụ ngày và mã.", field="key"
        )
    if any(columns[name].get("personal") == Personal.DROP for name in key):
        raise Refused("Cột bị bỏ ngay khi nhận không thể là khóa; hãy chọn «Băm một chiều».", field="key")


def check_types_stay(old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Refuse a new version in which a column that lies in the lake would have another type."""
    before = {column["name"]: column["type"] for column in old["columns"]}
    for column in new["columns"]:
        if before.get(column["name"], column["type"]) != column["type"]:
            raise Refused(
                f"Cột «{column['label']}» đã lưu với kiểu khác nên không đổi kiểu được; hãy khai báo nguồn mới "
                "nếu ý nghĩa của cột đã đổi.",
                field="columns",
            )
