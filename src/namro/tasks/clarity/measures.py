"""Whether a result can be measured: by a number, a named product, an act that leaves a trace."""

import re
from collections.abc import Iterator

from namro.tasks.clarity.reading import Phrases, Reading
from namro.tasks.clarity.terms import Draft, Finding, Topic
from namro.tasks.clarity.times import date_spans
from namro.tasks.clarity.words import ClarityWords

# “57-NQ/TW”, “06/2024/QĐ-TTg”: the number of a document counts nothing.
_DOCUMENT_NUMBER = re.compile(r"\d+(?:[-/]\d{4})?[-/]\s?[A-ZĐ]")


def check_result(draft: Draft, words: ClarityWords) -> Iterator[Finding]:
    """Yield one finding if a result is written that nobody could measure."""
    text = draft.result.strip()
    if not text or is_measurable(draft, words):
        return
    start = draft.result.index(text)
    yield Finding(
        "unmeasured_result",
        Topic.RESULT,
        "result",
        f"Kết quả “{_short(text)}” chưa đo được: không có con số, cũng không nêu sản phẩm.",
        "Ghi thêm sản phẩm hoặc con số, ví dụ “01 báo cáo”, “100 % hồ sơ đúng hạn”; hoặc chọn chỉ số và mức phải đạt.",
        span=(start, start + len(text)),
    )


def is_measurable(draft: Draft, words: ClarityWords) -> bool:
    """Tell whether it can be seen that the result is there: by an indicator with a target, a number or a product."""
    if draft.proof_kind == "indicator" and draft.has_indicator and draft.has_target:
        return True
    reading = Reading(draft.result)
    if reading.find(words.quantities) or reading.find(words.acts):
        return True
    return _holds_product(reading, words) or _holds_measure(reading, words)


def _holds_product(reading: Reading, words: ClarityWords) -> bool:
    """Tell whether a product is named that comes out of the work, not one that the work merely follows."""
    return any(
        reading.length_at(place, words.products) > reading.length_at(place, words.no_products)
        and not _follows(reading, place, words.no_product_after)
        for place in range(len(reading.syllables))
    )


def _holds_measure(reading: Reading, words: ClarityWords) -> bool:
    """Tell whether a number stands in the text that is no date and no number of a document."""
    dates = date_spans(reading)
    return any(
        each.folded.isdigit()
        and not _DOCUMENT_NUMBER.match(reading.text, each.start)
        and not any(start <= each.start < end for start, end in dates)
        and not _follows(reading, place, words.no_measure_after)
        for place, each in enumerate(reading.syllables)
    )


def _follows(reading: Reading, place: int, phrases: Phrases) -> bool:
    """Tell whether a phrase of the list stands right before the place."""
    return any(reading.length_at(place - back, phrases) == back for back in (1, 2, 3))


def _short(text: str) -> str:
    """Return the beginning of a long text, for a sentence."""
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
