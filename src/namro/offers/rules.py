"""Pure decisions: how long a consent holds, when a run may be launched, who may answer an offer and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from namro.ground.days import format_day
from namro.offers.terms import Agreed, Basis, OfferState, OfferVerb, RunState, Standing, Window
from namro.organisation.terms import Refused

LONGEST_RUN = timedelta(days=366)


@dataclass(frozen=True)
class Transition:
    """A row of the state table of an offer."""

    verb: OfferVerb
    sources: tuple[OfferState, ...]
    target: OfferState


TRANSITIONS: tuple[Transition, ...] = (
    Transition(OfferVerb.ACCEPT, (OfferState.OPEN,), OfferState.ACCEPTED),
    Transition(OfferVerb.REFUSE, (OfferState.OPEN,), OfferState.REFUSED),
    Transition(OfferVerb.TAKE_BACK, (OfferState.OPEN,), OfferState.TAKEN_BACK),
)
BY_VERB = {row.verb: row for row in TRANSITIONS}
ENDED = {
    OfferState.ACCEPTED: "Lời mời này đã được nhận; hồ sơ nằm trong mục Hồ sơ của tôi.",
    OfferState.REFUSED: "Lời mời này đã bị từ chối trước đó.",
    OfferState.TAKEN_BACK: "Lời mời này đã được thu lại; bạn vẫn có thể tự nộp hồ sơ.",
}


def state_after(verb: OfferVerb, state: str) -> OfferState:
    """The state after a verb; refused in a sentence where the state table has no such row."""
    row = BY_VERB[verb]
    if state not in row.sources:
        raise Refused(ENDED[OfferState(state)])
    return row.target


def check_in_time(reach_on: date, closes_on: date, day: date) -> None:
    """Refuse to answer an offer before it is made and after its last day."""
    if not reach_on <= day <= closes_on:
        raise Refused(
            f"Lời mời có giá trị từ {format_day(reach_on)} đến hết {format_day(closes_on)}; "
            "ngoài thời gian ấy, hãy nộp hồ sơ như thường lệ."
        )


def holds(agreed: Agreed, day: date) -> bool:
    """Whether a consent stands on the day; it ends with the day on which it is withdrawn."""
    is_withdrawn = agreed.withdrawn is not None and agreed.withdrawn <= day
    return agreed.first <= day <= agreed.last and not is_withdrawn


def check_consent_days(first: date, last: date, longest_years: int) -> None:
    """Refuse a consent without a day ahead, or longer than the package allows: each must end."""
    if last <= first:
        raise Refused("Ngày kết thúc phải sau hôm nay.", field="last")
    if last > same_day_in(first, longest_years):
        raise Refused(
            f"Sự đồng ý dài nhất {longest_years} năm, đến hết {format_day(same_day_in(first, longest_years))}; "
            "hết hạn có thể đồng ý lại.",
            field="last",
        )


def same_day_in(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def check_window(window: Window, today: date) -> None:
    """Refuse days that run backwards, have passed, or reach further than a year."""
    if window.last < window.first:
        raise Refused("Ngày cuối đứng trước ngày đầu; hãy sửa một trong hai ngày.", field="last")
    if window.first < today:
        raise Refused("Không mời cho ngày đã qua; hãy chọn từ hôm nay trở đi.", field="first")
    if window.last - window.first > LONGEST_RUN:
        raise Refused("Một đợt dài nhất một năm; hãy chia thành nhiều đợt.", field="last")


def check_can_launch(state: str, first: date, today: date, bases: Sequence[Basis], text: str) -> None:
    """Refuse to launch what was launched, began before today, or is no longer founded on what it says."""
    if state == RunState.STOPPED:
        raise Refused("Đợt này đã dừng; hãy mô phỏng một đợt mới.")
    if first < today:
        raise Refused(f"Đợt bắt đầu từ {format_day(first)}, đã qua; hãy mô phỏng lại từ hôm nay.")
    if not sure(bases):
        raise Refused("Quy tắc chưa có căn cứ nào đã đối chiếu; chỉ mô phỏng được, chưa mời được.")
    gone = lost_quotes(bases, text)
    if gone:
        raise Refused(
            f"Nội dung thủ tục hiện hành không còn câu «{gone[0]}» mà quy tắc dựa vào; hãy rà soát lại quy tắc."
        )


def sure(bases: Iterable[Basis]) -> list[Basis]:
    """The bases that may be told to people: all but the unverified."""
    return [basis for basis in bases if basis.standing != Standing.UNVERIFIED]


def lost_quotes(bases: Iterable[Basis], text: str) -> list[str]:
    """The quotes that the text of the procedure does not hold (spaces and breaks do not count)."""
    plain = " ".join(text.split())
    return [basis.quote for basis in bases if basis.quote and " ".join(basis.quote.split()) not in plain]
