"""Words of the organisation: kinds of unit, roles, capabilities, and the viewer whom every read serves."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    """Loại đơn vị, by the two-tier model in force since 1 July 2025 and the tiers before it."""

    COUNTRY = "country", _("Quốc gia")
    PROVINCE = "province", _("Tỉnh")
    CITY = "city", _("Thành phố")
    WARD = "ward", _("Phường")
    COMMUNE = "commune", _("Xã")
    SPECIAL_ZONE = "special_zone", _("Đặc khu")
    DISTRICT = "district", _("Quận, huyện (trước 01/7/2025)")
    TOWNSHIP = "township", _("Thị trấn (trước 01/7/2025)")
    PARTY_BODY = "party_body", _("Cơ quan Đảng, đoàn thể")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    VERTICAL_AGENCY = "vertical_agency", _("Cơ quan ngành dọc")
    MINISTRY = "ministry", _("Bộ, ngành Trung ương")
    OTHER = "other", _("Đơn vị khác")


COMMUNE_KINDS = frozenset({UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE})
AGENCY_KINDS = frozenset({UnitKind.PARTY_BODY, UnitKind.DEPARTMENT, UnitKind.VERTICAL_AGENCY, UnitKind.OTHER})
PROVINCE_KINDS = frozenset({UnitKind.PROVINCE, UnitKind.CITY})


class Role(TextChoices):
    """Vai trò that a post gives its holder."""

    STEERING = "steering", _("Ban Chỉ đạo")
    SECRETARIAT = "secretariat", _("Tổ thư ký Ban Chỉ đạo")
    AGENCY_LEAD = "agency_lead", _("Lãnh đạo cơ quan")
    OFFICER = "officer", _("Chuyên viên")
    COMMUNE_OFFICER = "commune_officer", _("Cán bộ xã, phường")
    IOC_OPERATOR = "ioc_operator", _("Trực trung tâm điều hành")
    CLERK = "clerk", _("Cán bộ một cửa")
    INSPECTOR = "inspector", _("Kiểm tra, giám sát")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


class Capability(StrEnum):
    """What a role may do; where it may do it follows from the tree."""

    READ_ALL = "read_all"
    READ_MARKED = "read_marked"
    ASSIGN_TASKS = "assign_tasks"
    JUDGE_RESULTS = "judge_results"
    GRANT_EXTENSIONS = "grant_extensions"
    LEAD_UNIT = "lead_unit"
    WORK_TASKS = "work_tasks"
    FILL_FORMS = "fill_forms"
    HANDLE_ALERTS = "handle_alerts"
    RUN_SOURCES = "run_sources"
    PUBLISH_PROCEDURES = "publish_procedures"
    RECEIVE_DOSSIERS = "receive_dossiers"
    SETTLE_DOSSIERS = "settle_dossiers"
    DECIDE_DOSSIERS = "decide_dossiers"
    RUN_DESK = "run_desk"
    EXPORT = "export"
    READ_AUDIT = "read_audit"
    ADMINISTER = "administer"


class Part(TextChoices):
    """Tư cách of a unit in a successor relation: whole or part of the old unit went to the new one."""

    WHOLE = "whole", _("Toàn bộ")
    PART = "part", _("Một phần")


class Refused(Exception):
    """A refusal in one Vietnamese sentence: what is wrong, where, how to mend it; `field` names the place."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


@dataclass(frozen=True)
class Viewer:
    """The person a read or a write serves, with where the posts of today reach; `unit_ids` None means everywhere."""

    person_id: int
    role: Role
    capabilities: frozenset[Capability]
    home_unit_id: int
    home_unit_path: str
    city_id: int
    city_name: str
    city_path: str
    unit_ids: frozenset[int] | None
    post_unit_ids: frozenset[int] = field(default_factory=frozenset)

    def can(self, capability: Capability) -> bool:
        """Whether a post of today gives the capability."""
        return capability in self.capabilities

    def sees_unit(self, unit_id: int) -> bool:
        """Whether rows of the unit are within reach."""
        return self.unit_ids is None or unit_id in self.unit_ids
