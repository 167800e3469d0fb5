"""Words of the alerts: kinds of rule, who hears, what people do with an alert, the steps by which urging climbs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from namro.delivery.terms import Level
from namro.ground.period import Kind as PeriodKind
from namro.indicators.terms import Against, Sign


class Kind(TextChoices):
    """Loại quy tắc: what a rule looks at; each kind is one SELECT given by the domain that owns the rows."""

    TASK_DUE_SOON = "task_due_soon", _("Nhiệm vụ sắp đến hạn")
    TASK_OVERDUE = "task_overdue", _("Nhiệm vụ quá hạn")
    TASK_AT_RISK = "task_at_risk", _("Tiến độ chậm so với thời gian")
    TASK_NO_PROGRESS = "task_no_progress", _("Lâu không báo cáo tiến độ")
    TASK_EVIDENCE_MISSING = "task_evidence_missing", _("Thiếu minh chứng")
    EXTENSION_UNANSWERED = "extension_unanswered", _("Đề nghị gia hạn chưa trả lời")
    FORM_LATE = "form_late", _("Biểu báo cáo muộn")
    REPORT_LATE = "report_late", _("Báo cáo định kỳ muộn")
    CHECK_BREACHED = "check_breached", _("Số liệu không khớp")
    FIGURE_OFF_TRAJECTORY = "figure_off_trajectory", _("Chỉ tiêu chậm so với lộ trình")
    FIGURE_JUMPED = "figure_jumped", _("Số liệu biến động bất thường")
    SOURCE_STALE = "source_stale", _("Nguồn số liệu ngừng cập nhật")
    FIGURE_THRESHOLD = "figure_threshold", _("Số liệu vượt ngưỡng")
    FIGURE_CHANGED = "figure_changed", _("Số liệu đổi so với kỳ trước hoặc cùng kỳ")
    FIGURE_OUTLIER = "figure_outlier", _("Số liệu lệch hẳn nơi tương tự")
    FIGURE_FORECAST = "figure_forecast", _("Số liệu sắp vượt ngưỡng")
    FIGURES_TOGETHER = "figures_together", _("Hai số liệu cùng xấu")
    FIGURE_BURN = "figure_burn", _("Hạn mức của kỳ sắp cạn")
    FIGURE_SPREAD = "figure_spread", _("Lan ra địa bàn giáp ranh")
    FIGURE_SILENT = "figure_silent", _("Đơn vị ngừng có số liệu")
    FEED_SILENT = "feed_silent", _("Nguồn gửi trễ hẹn")
    FEED_FAILED = "feed_failed", _("Lô số liệu bị từ chối")
    FEED_ROWS_HELD = "feed_rows_held", _("Dòng số liệu sai, chờ sửa")


TASK_KINDS = frozenset(kind for kind in Kind if kind.value.startswith("task_")) | {Kind.EXTENSION_UNANSWERED}
FORM_KINDS = frozenset({Kind.FORM_LATE, Kind.CHECK_BREACHED})
SIGN_KINDS = frozenset(Kind(sign.value) for sign in Sign)
FIGURE_KINDS = frozenset({Kind.FIGURE_OFF_TRAJECTORY, Kind.FIGURE_JUMPED}) | SIGN_KINDS
FEED_KINDS = frozenset({Kind.FEED_SILENT, Kind.FEED_FAILED, Kind.FEED_ROWS_HELD})


class Worse(TextChoices):
    """Chiều xấu of a value: higher is worse, or lower."""

    UP = "up", _("Càng cao càng xấu")
    DOWN = "down", _("Càng thấp càng xấu")


class Side(TextChoices):
    """Phía xấu of what a figure is compared with."""

    UP = "up", _("cao hơn là xấu")
    DOWN = "down", _("thấp hơn là xấu")
    BOTH = "both", _("lệch phía nào cũng xấu")


class Audience(TextChoices):
    """Ai được báo, as a rule names them; who that is follows from the alert's unit and the posts of the day."""

    PERSON = "person", _("người phụ trách")
    OFFICERS = "officers", _("chuyên viên của đơn vị")
    LEADS = "leads", _("lãnh đạo đơn vị")
    ABOVE = "above", _("cấp có thẩm quyền")
    OPERATORS = "operators", _("trực trung tâm điều hành")
    OWNER = "owner", _("đơn vị quản lý quy tắc")


class AlertState(TextChoices):
    """Tình trạng of an alert."""

    OPEN = "open", pgettext_lazy("cảnh báo", "Đang mở")
    CLOSED = "closed", pgettext_lazy("cảnh báo", "Đã đóng")


class DeedVerb(TextChoices):
    """Việc làm with an alert."""

    ACKNOWLEDGE = "acknowledge", _("Nhận xử lý")
    SILENCE = "silence", _("Tạm im")
    CLOSE = "close", pgettext_lazy("cảnh báo", "Đóng")
    MAKE_TASK = "make_task", _("Lập nhiệm vụ")


# What somebody does about an alert; to keep it quiet is no action.
ACTIONS = (DeedVerb.ACKNOWLEDGE, DeedVerb.MAKE_TASK, DeedVerb.CLOSE)


class Step(IntegerChoices):
    """Bậc to which an urge has climbed."""

    PERSON = 0, _("Người phụ trách")
    LEADS = 1, _("Lãnh đạo đơn vị")
    AUTHORITY = 2, _("Cấp có thẩm quyền")


class Shift(TextChoices):
    """Ca trực of a day: by day, by night into the next morning, or around the clock."""

    WHOLE = "whole", _("Cả ngày đêm")
    DAY = "day", _("Ca ngày (07:00–19:00)")
    NIGHT = "night", _("Ca đêm (19:00–07:00)")


class Order(StrEnum):
    """How a list of alerts is sorted: the gravest first (the newest of a level first), or the oldest first."""

    GRAVEST = "gravest"
    OLDEST = "oldest"


# How the list of alerts is asked for a level.
LEVEL_SLUGS = {"nghiem-trong": Level.CRITICAL, "canh-bao": Level.WARNING, "theo-doi": Level.WATCH}

CONDITION_GONE = "Điều kiện không còn."
RULE_GONE = "Quy tắc không còn dùng."
TASK_ENDED = "Nhiệm vụ lập từ cảnh báo đã kết thúc."


@dataclass(frozen=True)
class Urging:
    """Lịch đôn đốc of a rule: working days before the due day, then every so many days, and the days of grace (working)
    after which what is not answered climbs; `grace` 0 never climbs."""

    before: tuple[int, ...] = ()
    every_days: int = 0
    grace: int = 0


Quiet = tuple[time, time]


@dataclass(frozen=True)
class Insisting:
    """Nhắc lại và leo thang of an alert that nobody has taken on, by level: told again to the same people after so many
    hours and never sooner; after so many working hours the leads hear, after as many more the authority above. In quiet
    hours [from, to) a level is neither told nor told again."""

    repeat: Mapping[Level, int] = field(default_factory=dict)
    climb: Mapping[Level, int] = field(default_factory=dict)
    quiet: Mapping[Level, Quiet] = field(default_factory=dict)


@dataclass(frozen=True)
class Second:
    """The other indicator of a rule over two, and the range in which its figure must lie."""

    indicator: str
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True)
class Comparison:
    """Cách so: what a rule over figures compares, with what, and what is too little to be compared.

    `last` counts periods; `limit` is the mark of a forecast or of a spread, the allowance of a burn; `floor` the least
    base of a change and the least distance among peers; `least` the whole under which a share says nothing.
    """

    period: PeriodKind
    side: Side = Side.UP
    last: int = 1
    against: Against = Against.PREVIOUS
    limit: float | None = None
    floor: float | None = None
    least: float | None = None
    frame: str = ""
    second: Second | None = None


@dataclass(frozen=True)
class RuleDef:
    """Quy tắc cảnh báo, as a reviewed file states it."""

    code: str
    version: int
    kind: Kind
    name: str
    name_en: str
    owner: str
    why: str
    next_review: date
    text: str
    action: str
    decides: str
    within: str = ""
    unit_kinds: tuple[str, ...] = ()
    register: str = ""
    form: str = ""
    indicator: str = ""
    breakdown: str = ""
    worse: Worse = Worse.UP
    thresholds: Mapping[Level, Decimal] = field(default_factory=dict)
    hears: Mapping[Level, tuple[Audience, ...]] = field(default_factory=dict)
    urging: Urging = Urging()
    insisting: Insisting = Insisting()
    covers_below: bool = False
    source: str = ""
    comparison: Comparison | None = None


@dataclass(frozen=True)
class Composed:
    """A SELECT of what the rules see on a day, with its parameters: the columns of `SEEN`, in that order.

    `first` are relations to lay by before, each a SELECT by the name under which the SELECT finds it; `wide` those of
    them that join many rows even where few units are asked for.
    """

    sql: str
    params: Mapping[str, Any] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    wide: frozenset[str] = frozenset()


SEEN = (
    *("rule_id", "unit_id", "object_key", "object_label", "path", "value", "level"),
    *("person_id", "above_id", "due", "is_marked", "silences", "drawn_from"),
)


@dataclass(frozen=True)
class Touches:
    """What changed since the last judgement: pairs of a unit and what it was, a table or `table:indicator`."""

    marks: frozenset[tuple[int, str]] = frozenset()

    @property
    def units(self) -> frozenset[int]:
        """The units in which something changed."""
        return frozenset(unit_id for unit_id, _ in self.marks)


@dataclass(frozen=True)
class Judgement:
    """What a judgement came to."""

    opened: int
    moved: int
    closed: int
    inhibited: int
    told: int = 0
    urged: int = 0
    climbed: int = 0


@dataclass(frozen=True)
class Outcome:
    """What came of an act on several alerts: the ids done, and for the others the sentence why not."""

    done: tuple[int, ...]
    refused: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Subject:
    """What is urged: the object by its natural key, whose it is, who is in charge, and who stands above."""

    object_key: str
    unit_id: int
    label: str
    path: str
    person_id: int | None = None
    above_id: int | None = None
    is_marked: bool = False
    alert_id: int | None = None
