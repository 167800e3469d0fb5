"""Words of the offers: how sure a basis is, what moves a rule, whom a simulation reaches and why not the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(TextChoices):
    """Mức chắc chắn of what a rule is founded on; what is unverified is never told to a citizen as law."""

    SOURCE = "source", _("Theo tài liệu gốc của chương trình")
    PUBLIC = "public", _("Theo nguồn công khai")
    UNVERIFIED = "unverified", _("Chưa đối chiếu")


class LeapDay(TextChoices):
    """Cách đọc of a birthday on 29 February in a year that has none: the day before or the day after."""

    BEFORE = "before", _("28/02")
    AFTER = "after", _("01/03")


class FieldKind(TextChoices):
    """Loại ô of a register of personal data."""

    DAY = "day", _("Ngày")
    TEXT = "text", _("Chữ")


class Channel(TextChoices):
    """Nơi đồng ý: where a person agreed."""

    ONLINE = "online", _("Trực tuyến")
    DESK = "desk", _("Tại quầy")


class Outcome(TextChoices):
    """Kết quả mô phỏng for one person and one occasion: reached, or the first reason why not."""

    REACHED = "reached", _("Sẽ được mời")
    NO_CONSENT = "no_consent", _("Chưa đồng ý cho dùng dữ liệu")
    WITHDRAWN = "withdrawn", _("Đã rút sự đồng ý")
    CONSENT_ENDED = "consent_ended", _("Sự đồng ý hết hạn trước ngày mời")
    NEVER_AGAIN = "never_again", _("Đã đề nghị không mời nữa")
    ALREADY_OFFERED = "already_offered", _("Đã được mời về việc này")
    HAS_DOSSIER = "has_dossier", _("Đã có hồ sơ của thủ tục này")
    MISSING = "missing", _("Thiếu dữ liệu để điền sẵn")


class RunState(TextChoices):
    """Trạng thái of a run: it is simulated before it can be launched."""

    SIMULATED = "simulated", pgettext_lazy("đợt mời", "Đã mô phỏng")
    LAUNCHED = "launched", pgettext_lazy("đợt mời", "Đã mở")
    STOPPED = "stopped", pgettext_lazy("đợt mời", "Đã dừng")


class OfferState(TextChoices):
    """Trạng thái of an offer; that its time has run out is read from the days, not stored."""

    OPEN = "open", pgettext_lazy("lời mời", "Chờ trả lời")
    ACCEPTED = "accepted", pgettext_lazy("lời mời", "Đã nhận")
    REFUSED = "refused", pgettext_lazy("lời mời", "Đã từ chối")
    TAKEN_BACK = "taken_back", pgettext_lazy("lời mời", "Đã thu lại")


class OfferVerb(StrEnum):
    """What can be done with an offer."""

    ACCEPT = "accept_offer"
    REFUSE = "refuse_offer"
    TAKE_BACK = "take_back_offer"


@dataclass(frozen=True)
class Basis:
    """Căn cứ of a rule: the document, what of it the rule relies on, where that is known from, and how surely.

    `quote` are words that must stand in the text of the procedure in force: when they go, the rule may not be launched.
    """

    document: str
    says: str
    source: str
    standing: Standing
    quote: str = ""


@dataclass(frozen=True)
class When:
    """Sự kiện: a day of a register's entry, and how many years after it each occasion lies (0: the day itself)."""

    date: str
    years: tuple[int, ...] = (0,)
    leap_day: LeapDay = LeapDay.BEFORE


@dataclass(frozen=True)
class Lead:
    """Báo trước: how long before the occasion a person is reached, in days or working days, and how many days after
    it the offer stays open (below 0: it closes so many days before)."""

    days: int = 0
    working: bool = False
    open_after: int = 0


@dataclass(frozen=True)
class OfferRuleDef:
    """Quy tắc chủ động, as a reviewed file states it; `where` narrows the entries, `prefill` leads from places of the
    dossier to fields of the register; `settled_by` is a unit's code, empty: the commune where the person lives."""

    code: str
    version: int
    name: str
    name_en: str
    owner: str
    next_review: date
    register: str
    procedure: str
    when: When
    lead: Lead
    reason: str
    reason_en: str
    why: str
    bases: tuple[Basis, ...]
    prefill: Mapping[str, str]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recent_days: int = 180
    settled_by: str = ""


@dataclass(frozen=True)
class RegisterField:
    """Ô of a register: its code, what it is called, and what it holds."""

    code: str
    name: str
    name_en: str
    kind: FieldKind


@dataclass(frozen=True)
class RegisterDef:
    """Sổ dữ liệu cá nhân, as a reviewed file states it: who keeps it, what it holds, what a person agrees to."""

    code: str
    name: str
    name_en: str
    keeper: str
    agreed: str
    agreed_en: str
    fields: tuple[RegisterField, ...]


@dataclass(frozen=True)
class Agreed:
    """Sự đồng ý as the rules need it: first and last day, and the day of withdrawal (None: it stands)."""

    first: date
    last: date
    withdrawn: date | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of one entry of a register when a rule is tried: whose it is, its days and words, what the person
    agreed to, asked not to hear of, was offered, and has a dossier of (the days these were filed)."""

    key: int
    person: int
    unit: int
    days: Mapping[str, date]
    words: Mapping[str, str]
    agreed: tuple[Agreed, ...] = ()
    never_again: bool = False
    offered: frozenset[date] = frozenset()
    filed: tuple[date, ...] = ()


@dataclass(frozen=True)
class Window:
    """The days of a run, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Occasion:
    """Dịp: the day on which something happens, the day on which the person is reached, the last day of the offer."""

    on: date
    reach_on: date
    closes_on: date


@dataclass(frozen=True)
class Verdict:
    """What a rule comes to for one entry and one occasion."""

    facts: Facts
    occasion: Occasion
    outcome: Outcome
