"""Papers that a dossier gives rise to: the apology letter as an official document (Decree 30/2020/NĐ-CP)."""

from datetime import datetime

from django.http import HttpResponse

from namro.dossiers.models import Apology, Dossier
from namro.ground.clock import VIETNAM
from namro.ground.days import format_day
from namro.organisation.models import Unit
from namro.organisation.terms import COMMUNE_KINDS
from namro.pages.reports.drawing import pictures
from namro.reports.formulas.build import place_of, within
from namro.reports.renderers import MEDIA_TYPES, render
from namro.reports.terms import Format, Head, Paragraph, Report, Section, Tier

SYMBOL = "PXL"
FORMATS = {Format.DOCX: "docx", Format.PDF: "pdf"}


def apology_letter(apology: Apology, dossier: Dossier, city: Unit) -> Report:
    """Return the letter that says sorry for a late dossier and names the new day, in the words of the state."""
    unit, day = dossier.unit, apology.at.astimezone(VIETNAM).date()
    is_commune = unit.kind in COMMUNE_KINDS
    return Report(
        template="phieu_xin_loi", version=1, kind="PHIẾU XIN LỖI",
        title=f"xin lỗi và hẹn lại ngày trả kết quả hồ sơ {dossier.code}",
        summary=f"Hồ sơ {dossier.code}", as_of=day, period="", period_label="", unit=unit.code, unit_name=unit.name,
        tier=Tier.COMMUNE if is_commune else Tier.AGENCY, head=_head(apology, dossier, city, is_commune=is_commune),
        sections=(Section("noi_dung", "", _paragraphs(apology, dossier)),), figures=(), annex=(), findings=(), facts={},
        opening=(_opening(dossier),), closing=(_closing(dossier, unit),), synthetic=dossier.is_synthetic,
    )  # fmt: skip


def apology_sent(apology: Apology, dossier: Dossier, city: Unit, asked: str) -> HttpResponse:
    """Return the letter to be saved: as PDF where that is asked for, else as Word."""
    form = Format.PDF if asked == Format.PDF.value else Format.DOCX
    file = render(apology_letter(apology, dossier, city), form, pictures())
    name = f"phieu-xin-loi-{dossier.code}.{form.value}"
    return HttpResponse(
        file, content_type=MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )  # fmt: skip


def _head(apology: Apology, dossier: Dossier, city: Unit, *, is_commune: bool) -> Head:
    # The record numbers apologies within a dossier: «code/XL1».
    serial = apology.number.rpartition("/XL")[2]
    unit = dossier.unit
    committee = f"ỦY BAN NHÂN DÂN {city.name.upper()}"
    who = dossier.applicant.name if dossier.applicant else "người nộp hồ sơ"
    return Head(
        issuer=f"ỦY BAN NHÂN DÂN {unit.name.upper()}" if is_commune else unit.name.upper(), above=committee,
        symbol=f"{SYMBOL}-{dossier.code}", place=place_of(unit.name if is_commune else city.name),
        signs_as="CHỦ TỊCH" if is_commune else "THỦ TRƯỞNG CƠ QUAN",
        recipients=("Như trên;", "Bộ phận một cửa;", f"Lưu: VT, hồ sơ {dossier.code}."),
        to=f"Kính gửi: {who}", number=serial,
    )  # fmt: skip


def _opening(dossier: Dossier) -> str:
    received = f" vào {_moment(dossier.received_at)}" if dossier.received_at else ""
    return (
        f"{_body(dossier.unit)} đã tiếp nhận hồ sơ số {dossier.code}{received} về thủ tục “{dossier.procedure.name}” "
        f"(mã {dossier.procedure.code})."
    )


def _paragraphs(apology: Apology, dossier: Dossier) -> tuple[Paragraph, ...]:
    reason = apology.reason.strip().rstrip(".")
    late = (
        f"Thời điểm trả kết quả đã hẹn là {_moment(apology.old_at)}. Đến nay hồ sơ chưa giải quyết xong; "
        f"lý do: {reason}."
    )
    sorry = f"{_body(dossier.unit)} xin lỗi vì sự chậm trễ này và hẹn lại lúc {_moment(apology.new_at)}."
    return Paragraph((late,)), Paragraph((sorry,))


def _closing(dossier: Dossier, unit: Unit) -> str:
    return (
        f"Có thể theo dõi hồ sơ bằng mã {dossier.code} trên trang tra cứu hoặc tại bất kỳ bộ phận một cửa nào của "
        f"thành phố. {_body(unit)} mong nhận được sự thông cảm."
    )


def _body(unit: Unit) -> str:
    return f"Ủy ban nhân dân {within(unit.name)}" if unit.kind in COMMUNE_KINDS else unit.name


def _moment(at: datetime) -> str:
    here = at.astimezone(VIETNAM)
    return f"{here:%H:%M} ngày {format_day(here)}"
