"""Words of the delivery: levels, channels, what is told and what is not, where a message stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(IntegerChoices):
    """Mức of what is told: how soon it must be heard."""

    INFO = 0, _("Thông tin")
    WATCH = 1, _("Theo dõi")
    WARNING = 2, _("Cảnh báo")
    CRITICAL = 3, _("Nghiêm trọng")


class Channel(TextChoices):
    """Kênh by which it is told; on the page always, by the others as chosen."""

    IN_APP = "in_app", _("Trong hệ thống")
    EMAIL = "email", _("Thư điện tử")
    WEBHOOK = "webhook", _("Webhook")


class MessageState(TextChoices):
    """Trạng thái of a message in the outbox."""

    QUEUED = "queued", pgettext_lazy("tin gửi", "Chờ gửi")
    SENT = "sent", pgettext_lazy("tin gửi", "Đã gửi")
    DEAD = "dead", pgettext_lazy("tin gửi", "Không gửi được")


class Dropped(TextChoices):
    """Vì sao a notice does not go by a channel."""

    SWITCHED_OFF = "switched_off", _("người nhận đã tắt kênh này cho mức này")
    NOT_USUAL = "not_usual", _("theo quy chế, mức này không gửi qua kênh này")
    NO_ADDRESS = "no_address", _("người nhận chưa có địa chỉ thư")
    NO_MAIL_SERVER = "no_mail_server", _("hệ thống chưa khai máy chủ thư")
    ACCOUNT_SHUT = "account_shut", _("tài khoản đang khóa")
    READ = "read", _("người nhận đã đọc trong hệ thống trước giờ gửi")
    ENDPOINT_ENDED = "endpoint_ended", _("điểm nhận đã ngừng dùng")


# What stands in the place of words that may not leave the house, nor be read without the right to.
CONFIDENTIAL = _("Việc có độ mật: mở trong hệ thống để xem")


class When(StrEnum):
    """How soon a level goes out: at once, within minutes, or with the next digest."""

    AT_ONCE = "at_once"
    SOON = "soon"
    DIGEST = "digest"


Quiet = tuple[time, time]


@dataclass(frozen=True, slots=True)
class LevelRule:
    """How one level goes out: when, after how many minutes, not in which hours, on working days only, by what."""

    when: When
    minutes: int = 0
    quiet: Quiet | None = None
    working_days: bool = False
    channels: frozenset[Channel] = frozenset({Channel.EMAIL})


DEFAULT_LEVELS: Mapping[Level, LevelRule] = {
    Level.CRITICAL: LevelRule(When.AT_ONCE),
    Level.WARNING: LevelRule(When.SOON, minutes=5, quiet=(time(21), time(6, 30))),
    Level.WATCH: LevelRule(When.DIGEST, quiet=(time(20), time(7)), working_days=True),
    Level.INFO: LevelRule(
        When.DIGEST, quiet=(time(20), time(7)), working_days=True, channels=frozenset()
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PolicyDef:
    """Quy chế chuyển tin: the place's rule, from the package; without one, these defaults."""

    levels: Mapping[Level, LevelRule] = field(default_factory=lambda: dict(DEFAULT_LEVELS))
    digest_hours: tuple[time, ...] = (time(7, 30), time(13, 30))
    required: Mapping[str, Mapping[Level, frozenset[Channel]]] = field(default_factory=dict)
    between_minutes: int = 15
    per_minute: int = 300
    attempts: int = 8


@dataclass(frozen=True, slots=True)
class Bundle:
    """Nhóm nguyên nhân: what notices of one cause share, so that many of them are told as one.

    `key` tells causes apart, `name` and `what` say what there is many of («Bụi PM2.5 vượt ngưỡng: 12 cảnh báo»),
    `path` shows all of the cause, `wider` all of the level.
    """

    key: str
    name: str
    what: str
    path: str
    wider: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the notices that were told as one: its own event, topic and reason, for machines and for the log."""

    event: str
    topic: str
    title: str
    reason: str
    path: str
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person must hear of; `event` and person together are told once, ever.

    `topic` is what the why-log is asked by; `reason` says why this person; `due` is when it may be sent at the
    earliest, `out_after` when it may leave the house though it stands on the page at once; what is `confidential`
    leaves the house without its words, as a link only. Many of one `bundle` are told as one, of which they are then
    the `parts`.
    """

    event: str
    topic: str
    person_id: int
    level: Level
    title: str
    reason: str
    body: str = ""
    path: str = ""
    unit_id: int | None = None
    due: datetime | None = None
    out_after: datetime | None = None
    confidential: bool = False
    bundle: Bundle | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class NotTold:
    """A decision not to tell a person, with its reason; kept for the log."""

    event: str
    topic: str
    person_id: int
    reason: str
