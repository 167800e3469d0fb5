"""What is not there at all: a task cannot be issued while a clear is missing."""

from collections.abc import Callable, Iterable, Iterator

from namro.ground.text import fold
from namro.tasks.clarity.terms import Draft, Finding, Severity, Topic


def _has_proof(draft: Draft) -> bool:
    """Tell whether the draft says how the result is proven."""
    if draft.proof_kind == "indicator":
        return draft.has_indicator and draft.has_target
    return draft.proof_kind == "product"


def _says(text: str) -> bool:
    """Tell whether a text holds a word: dots and dashes in a field are no answer."""
    return fold(text) != ""


# topic: field, whether it is there, what is missing, how to mend it
_Ask = tuple[str, Callable[[Draft], bool], str, str]

_ASKS: dict[Topic, _Ask] = {
    Topic.LEAD_UNIT: (
        "lead_unit",
        lambda draft: _says(draft.lead_unit),
        "Chưa có đơn vị chủ trì.",
        "Chọn đúng một đơn vị chịu trách nhiệm chính; các đơn vị khác ghi ở mục phối hợp.",
    ),
    Topic.LEAD_PERSON: (
        "lead_person",
        lambda draft: draft.has_lead_person,
        "Chưa có người chịu trách nhiệm.",
        "Chọn một người của đơn vị chủ trì.",
    ),
    Topic.SUPERVISOR: (
        "supervisor",
        lambda draft: _says(draft.supervisor),
        "Chưa rõ cơ quan nào kiểm tra, công nhận kết quả.",
        "Chọn cơ quan giám sát, khác với đơn vị chủ trì.",
    ),
    Topic.WORK: (
        "work",
        lambda draft: _says(draft.work),
        "Chưa ghi việc phải làm.",
        "Ghi một việc, bắt đầu bằng động từ, ví dụ “Xây dựng kế hoạch số hóa tài liệu lưu trữ”.",
    ),
    Topic.START: (
        "start",
        lambda draft: draft.start is not None,
        "Chưa có ngày bắt đầu.",
        "Chọn ngày bắt đầu.",
    ),
    Topic.DUE: (
        "due",
        lambda draft: draft.due is not None,
        "Chưa có hạn hoàn thành.",
        "Chọn ngày phải xong; hạn tính theo ngày làm việc.",
    ),
    Topic.AUTHORITY: (
        "authority",
        lambda draft: _says(draft.authority),
        "Chưa rõ ai quyết định.",
        "Ghi chức danh người quyết định, ví dụ “Giám đốc Sở Khoa học và Công nghệ quyết định”.",
    ),
    Topic.COVERAGE: (
        "escalate_to",
        lambda draft: draft.lead_covers is not False or _says(draft.escalate_to),
        "Việc này vượt thẩm quyền của đơn vị chủ trì và chưa có cấp để trình.",
        "Chọn cấp quyết định khi vượt thẩm quyền, hoặc giao cho đơn vị có thẩm quyền.",
    ),
    Topic.RESULT: (
        "result",
        lambda draft: _says(draft.result),
        "Chưa ghi kết quả phải có.",
        "Ghi sản phẩm hoặc con số, ví dụ “01 quyết định ban hành quy chế” hoặc “100 % hồ sơ được số hóa”.",
    ),
    Topic.PROOF: (
        "proof_kind",
        _has_proof,
        "Chưa rõ chứng minh kết quả bằng gì.",
        "Chọn “sản phẩm”, hoặc “chỉ số” cùng chỉ số và mức phải đạt.",
    ),
}


def check_missing(draft: Draft, topics: Iterable[Topic]) -> Iterator[Finding]:
    """Yield a finding for each topic asked for that the draft says nothing on."""
    for topic in dict.fromkeys(topics):
        field, is_there, message, suggestion = _ASKS[topic]
        if not is_there(draft):
            yield Finding(f"missing_{topic}", topic, field, message, suggestion, Severity.MISSING)
    if draft.lead_covers is False and _says(draft.escalate_to):
        yield _beyond_lead(draft)


def _beyond_lead(draft: Draft) -> Finding:
    """Return the warning on a lead that will have to ask another for the decision."""
    return Finding(
        "beyond_lead",
        Topic.COVERAGE,
        "lead_unit",
        f"Việc này vượt thẩm quyền của {draft.lead_unit or 'đơn vị chủ trì'}; {draft.escalate_to} phải quyết định.",
        f"Giao cho đơn vị có thẩm quyền chủ trì, hoặc trừ thời gian chờ {draft.escalate_to} vào hạn.",
    )
