"""Words of the service-quality index: its parts, the readings of what its text leaves open, counts and points."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Readings = Mapping[str, str]  # the choice that holds, by reading


class ReadingRefused(ValueError):
    """A reading or a choice that does not exist; the message is a Vietnamese sentence."""


class Measure(StrEnum):
    """What a part of the index counts, as the program knows it."""

    ANNOUNCED_IN_TIME = "announced_in_time"
    PUBLISHED_IN_TIME = "published_in_time"
    PUBLISHED_WHOLE = "published_whole"
    SYNCHRONISED = "synchronised"
    IN_TIME = "in_time"
    ONLINE = "online"
    PAYABLE_ONLINE = "payable_online"
    EVER_PAID_ONLINE = "ever_paid_online"
    PAID_ONLINE = "paid_online"
    ELECTRONIC_RESULT = "electronic_result"
    DIGITISED = "digitised"
    CERTIFIED_COPIES = "certified_copies"
    REUSED = "reused"
    SHARED = "shared"
    POPULATION_PROCEDURES = "population_procedures"
    POPULATION_DOSSIERS = "population_dossiers"
    FEEDBACK_IN_TIME = "feedback_in_time"
    FEEDBACK_LIKED = "feedback_liked"
    SETTLEMENT_LIKED = "settlement_liked"


class Costs(StrEnum):
    """What stands in the list of what cost points."""

    DOSSIERS = "dossiers"
    PROCEDURES = "procedures"
    ANNOUNCEMENTS = "announcements"
    FEEDBACK = "feedback"


COSTS: Mapping[Measure, Costs] = {
    Measure.ANNOUNCED_IN_TIME: Costs.ANNOUNCEMENTS,
    Measure.PUBLISHED_IN_TIME: Costs.ANNOUNCEMENTS,
    Measure.PUBLISHED_WHOLE: Costs.ANNOUNCEMENTS,
    Measure.PAYABLE_ONLINE: Costs.PROCEDURES,
    Measure.EVER_PAID_ONLINE: Costs.PROCEDURES,
    Measure.POPULATION_PROCEDURES: Costs.PROCEDURES,
    Measure.FEEDBACK_IN_TIME: Costs.FEEDBACK,
    Measure.FEEDBACK_LIKED: Costs.FEEDBACK,
}


class Level(StrEnum):
    """Cấp: where a part is computed."""

    CITY = "city"
    AGENCY = "agency"
    COMMUNE = "commune"


class Scale(StrEnum):
    """How a rate becomes points: in proportion, full from a threshold on, or as the reading of the unstated says."""

    LINEAR = "linear"
    THRESHOLD = "threshold"
    UNSTATED = "unstated"


# What the text of the Decision leaves open: each reading with its choices, as the program knows them; a package says
# which one holds and in which words it is told.
READINGS: Mapping[str, tuple[str, ...]] = {
    "khong_ap_dung": ("chia_lai", "khong_diem", "tron_diem"),
    "nguong_khong_ghi": ("tuyen_tinh", "nguong_chung"),
    "tien_do_quy_doi": ("tuyen_tinh", "nguong_chung"),
    "tien_do_pham_vi": ("tiep_nhan_trong_ky", "ca_ton_ky_truoc"),
    "bo_sung_lan_hai": ("tinh_tre", "bo_qua"),
    "khong_ngay_hen": ("han_luat", "khong_tinh"),
    "nop_truc_tuyen": ("nop_qua_mang", "khong_giay_to"),
    "cong_khai_cap_xa": ("theo_thanh_pho", "khong_ap_dung"),
    "dong_bo_mau_so": ("lon_nhat", "cua_cong"),
    "phi_mau_so": ("co_phi", "da_nop_phi"),
    "ket_qua_don_vi_dem": ("ho_so", "thu_tuc"),
    "ban_sao_mau_so": ("nop_truc_tuyen", "tat_ca"),
    "khong_hai_long": ("cong_ty_le", "moi_ho_so_mot_lan"),
}
NOT_APPLICABLE = "khong_ap_dung"
UNSTATED = "nguong_khong_ghi"


@dataclass(frozen=True)
class Choice:
    """One way to read what is open."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True)
class Reading:
    """Cách hiểu: something that the Decision leaves open, the ways to read it, and the one that the city takes."""

    code: str
    name: str
    name_en: str
    choices: tuple[Choice, ...]
    chosen: str

    def choice(self, code: str) -> Choice:
        """Return a choice by its code; KeyError if there is none."""
        return {choice.code: choice for choice in self.choices}[code]


@dataclass(frozen=True)
class Part:
    """Chỉ số thành phần: its points at most, what it counts, from which rate on (per cent) it gives all of them.

    `number` is how the Decision numbers it ('' where our source does not say), `how` how it is counted in words,
    `action` what raises it, `is_mendable` whether what cost points in the period can still be mended.
    """

    code: str
    number: str
    name: str
    name_en: str
    group: str
    most: Decimal
    measure: Measure
    scale: Scale
    full_at: Decimal
    levels: frozenset[Level]
    readings: tuple[str, ...]
    standing: str
    how: str
    how_en: str
    action: str
    action_en: str
    is_mendable: bool

    @property
    def costs(self) -> Costs:
        """What stands in its list of what cost points."""
        return COSTS.get(self.measure, Costs.DOSSIERS)


@dataclass(frozen=True)
class Group:
    """Nhóm chỉ số."""

    code: str
    name: str
    name_en: str
    most: Decimal


@dataclass(frozen=True)
class Scheme:
    """Bộ chỉ số: the groups, parts and readings of an index of 100 points, with who answers for them."""

    code: str
    name: str
    name_en: str
    version: int
    owner: str
    next_review: date
    source: str
    standing: str
    general_threshold: Decimal
    groups: tuple[Group, ...]
    parts: tuple[Part, ...]
    readings: tuple[Reading, ...]

    @property
    def chosen(self) -> dict[str, str]:
        """The choice that the city takes, by reading."""
        return {reading.code: reading.chosen for reading in self.readings}

    def part(self, code: str) -> Part:
        """Return a part by its code; KeyError if there is none."""
        return {part.code: part for part in self.parts}[code]


@dataclass(frozen=True)
class Count:
    """Tử số, mẫu số of a part in a period; a denominator of 0 means that the part does not apply."""

    numerator: Fraction
    denominator: Fraction

    @classmethod
    def of(cls, numerator: int, denominator: int) -> "Count":
        """Return the count of two whole numbers."""
        return cls(Fraction(numerator), Fraction(denominator))


@dataclass(frozen=True)
class PartScore:
    """Điểm thành phần: points with two decimals, rate in per cent; both None where the part does not apply."""

    part: Part
    count: Count
    rate: Decimal | None
    points: Decimal | None
    full_at: Decimal
    why_not: str = ""

    @property
    def applies(self) -> bool:
        """Whether the part is counted for this unit and period."""
        return self.points is not None

    @property
    def lost(self) -> Decimal:
        """The points that it did not give; 0 where it does not apply."""
        return Decimal(0) if self.points is None else self.part.most - self.points


@dataclass(frozen=True)
class Score:
    """Điểm: what the parts gave (`points`), of how many that apply (`applicable`), and the total out of 100.

    The total treats what does not apply as the reading `khong_ap_dung` says; None where nothing applies.
    """

    parts: tuple[PartScore, ...]
    points: Decimal
    applicable: Decimal
    total: Decimal | None
    readings: Readings

    def part(self, code: str) -> PartScore:
        """Return the score of a part; KeyError if there is none."""
        return {each.part.code: each for each in self.parts}[code]


@dataclass(frozen=True)
class Action:
    """Việc nên làm: mending so many of what cost points in a part raises the total by `gain` points."""

    part: Part
    count: int
    gain: Decimal
