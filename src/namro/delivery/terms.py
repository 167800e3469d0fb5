"""Words of the delivery: levels, channels, what is told and what is not, where a message stands."""

from dataclasses import dataclass
from datetime import datetime

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
    NO_ADDRESS = "no_address", _("người nhận chưa có địa chỉ thư")
    NO_MAIL_SERVER = "no_mail_server", _("hệ thống chưa khai máy chủ thư")
    ACCOUNT_SHUT = "account_shut", _("tài khoản đang khóa")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person must hear of; `event` and person together are told once, ever.

    `topic` is what the why-log is asked by; `reason` says why this person; `due` is when it may be sent at the
    earliest; what is `confidential` leaves the house without its words, as a link only.
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
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class NotTold:
    """A decision not to tell a person, with its reason; kept for the log."""

    event: str
    topic: str
    person_id: int
    reason: str
