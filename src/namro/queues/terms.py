"""Words of the queues: states of a ticket, what can be done to it, how it was taken, what a forecast says."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# The hours of an office: minutes of the day from which to which it works.
Halves = Sequence[tuple[float, float]]


class State(TextChoices):
    """Trạng thái of a ticket."""

    WAITING = "waiting", _("Đang chờ")
    CALLED = "called", _("Đang gọi")
    SERVING = "serving", _("Đang làm thủ tục")
    HELD = "held", _("Tạm giữ chỗ")
    DONE = "done", _("Đã xong")
    NO_SHOW = "no_show", _("Gọi không thấy")
    LEFT = "left", _("Đã bỏ số")


AT_COUNTER = (State.CALLED, State.SERVING)
OPEN_STATES = (State.WAITING, State.CALLED, State.SERVING, State.HELD)
# Who did not come when called may be let in again: the page of the number goes on listening.
FOLLOWED_STATES = (*OPEN_STATES, State.NO_SHOW)


class Verb(StrEnum):
    """What can be done to a ticket; each leaves a moment in its history."""

    ISSUE = "issue"
    CALL = "call"
    RECALL = "recall"
    SERVE = "serve"
    FINISH = "finish"
    HOLD = "hold"
    NO_SHOW = "no_show"
    TRANSFER = "transfer"
    RETURN = "return"
    LEAVE = "leave"


VERB_LABELS: dict[str, Any] = {
    Verb.ISSUE: _("Lấy số"),
    Verb.CALL: _("Gọi số"),
    Verb.RECALL: _("Gọi lại"),
    Verb.SERVE: _("Bắt đầu làm"),
    Verb.FINISH: _("Xong"),
    Verb.HOLD: _("Tạm giữ chỗ"),
    Verb.NO_SHOW: _("Gọi không thấy"),
    Verb.TRANSFER: _("Chuyển nhóm việc"),
    Verb.RETURN: _("Cho vào chờ lại"),
    Verb.LEAVE: _("Bỏ số"),
}


class Channel(TextChoices):
    """Cách lấy số."""

    KIOSK = "kiosk", _("Máy lấy số")
    PHONE = "phone", _("Điện thoại")
    DESK = "desk", _("Tại quầy")
    OFFLINE = "offline", _("Tại quầy khi mất mạng")


class Booking(TextChoices):
    """Trạng thái lịch hẹn."""

    BOOKED = "booked", _("Đã đặt")
    CAME = "came", _("Đã đến")
    CANCELLED = "cancelled", _("Đã hủy")


@dataclass(frozen=True)
class Turns:
    """How turns are given, in minutes: what an appointment is ahead by, how late it may come, what each class gets."""

    booked_head: float
    grace: float
    heads: tuple[tuple[str, float], ...] = ()

    def head_of(self, priority: str) -> float:
        """Return the head start of a priority class; none for a class that is not known."""
        return dict(self.heads).get(priority, 0.0)

    @property
    def most(self) -> float:
        """The longest time by which somebody who comes later may be called earlier."""
        return self.grace + self.booked_head + max((head for _, head in self.heads), default=0.0)


@dataclass(frozen=True)
class Interval:
    """A wait in whole minutes, from and to; `is_calibrated` is False while there is too little history."""

    low: int
    high: int
    is_calibrated: bool


@dataclass(frozen=True)
class Priority:
    """Đối tượng ưu tiên: a class of people, with its head start in minutes."""

    code: str
    name: str
    name_en: str
    head_start: int


@dataclass(frozen=True)
class ServiceLoad:
    """A service: its share of the visits, how many minutes it takes, and the standard deviation of that."""

    code: str
    share: float
    minutes: float
    spread: float


@dataclass(frozen=True)
class Demand:
    """What brings people to the hall: dossiers a working day, visits that each kind of dossier makes, other visits."""

    dossiers: float
    visits_at_desk: float
    visits_online: float
    other_visits: float

    def visits(self, online: float) -> float:
        """Return the visits a working day at a share of online dossiers."""
        each = (1 - online) * self.visits_at_desk + online * self.visits_online
        return self.dossiers * each + self.other_visits


@dataclass(frozen=True)
class Rhythm:
    """The rhythm of an office: weights by half-hour of the day and by weekday (mean 1), services, priority classes."""

    halves: Halves
    slot_minutes: int
    profile: tuple[tuple[int, float], ...]
    weekdays: tuple[float, ...]
    services: tuple[ServiceLoad, ...]
    demand: Demand
    priorities: tuple[tuple[str, float], ...]
    turns: Turns

    @property
    def usual_minutes(self) -> float:
        """The mean length of a service over all visits."""
        return sum(each.share * each.minutes for each in self.services) / sum(
            each.share for each in self.services
        )
