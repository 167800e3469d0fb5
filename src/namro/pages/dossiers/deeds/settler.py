"""What is done at the desks: take, pass on, ask for a supplement, decide, refuse, say sorry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.dossiers import actions
from namro.dossiers.models import Dossier
from namro.dossiers.queries.desk import next_desk
from namro.dossiers.queries.today import now, today
from namro.dossiers.rules import late_on_at
from namro.dossiers.terms import Verb
from namro.ground.hours import closing
from namro.organisation.queries import people_of
from namro.organisation.terms import Viewer
from namro.pages.citizens.papers import signed_result
from namro.pages.dayfield import DayField
from namro.pages.dossiers.deeds.form import DossierForm
from namro.pages.fields import UnitField, words


class Claim(DossierForm):
    """Take into one's own hands."""

    leads = True
    verb, slug, opens, sends = Verb.CLAIM, "nhan", _("Nhận xử lý"), _("Nhận xử lý")
    done, at_once = _("Hồ sơ nay do bạn xử lý."), True

    @classmethod
    def makes_sense(cls, row: Dossier, viewer: Viewer) -> bool:
        """Only what nobody holds."""
        return row.holder_id is None

    def act(self, **given: Any) -> Any:
        """Claim."""
        return actions.claim(self.row.pk, **given)


class Release(DossierForm):
    """Put back on the desk."""

    verb, slug, opens, sends = Verb.RELEASE, "tra-ve-ban", _("Trả về bàn chung"), _("Trả về bàn chung")
    done, at_once = _("Hồ sơ đã về bàn chung."), True

    @classmethod
    def makes_sense(cls, row: Dossier, viewer: Viewer) -> bool:
        """Only what one holds."""
        return row.holder_id == viewer.person_id

    def act(self, **given: Any) -> Any:
        """Release."""
        return actions.release(self.row.pk, **given)


class MoveOn(DossierForm):
    """Pass on to the next desk."""

    leads = True
    verb, slug, opens, sends = Verb.MOVE_ON, "chuyen-buoc", _("Chuyển bước sau"), _("Chuyển bước sau")
    done = _("Đã chuyển sang bước sau.")
    words = words(_("Ý kiến cho bước sau"), required=False)

    @classmethod
    def makes_sense(cls, row: Dossier, viewer: Viewer) -> bool:
        """Not from the last desk."""
        return next_desk(row) is not None

    def act(self, **given: Any) -> Any:
        """Move on."""
        return actions.move_on(self.row.pk, **given)


class AskSupplement(DossierForm):
    """Ask for what is missing."""

    verb, slug = Verb.ASK_SUPPLEMENT, "yeu-cau-bo-sung"
    opens, sends = _("Yêu cầu bổ sung"), _("Gửi yêu cầu bổ sung")
    done = _("Đã gửi yêu cầu bổ sung; đồng hồ dừng tới khi người nộp bổ sung.")
    words = words(_("Còn thiếu gì, sửa gì"), _("Hỏi một lần cho đủ: từ lần thứ hai hồ sơ tính là trễ."))

    def act(self, **given: Any) -> Any:
        """Ask."""
        return actions.ask_supplement(self.row.pk, **given)


class Decide(DossierForm):
    """Grant what was asked, with the result as a file where it is electronic."""

    leads = True
    verb, slug, opens, sends = Verb.DECIDE, "quyet-dinh", _("Quyết định"), _("Đồng ý, ra kết quả")
    done = _("Đã quyết định; kết quả chờ trả.")
    words = words(_("Nội dung quyết định"), required=False)
    result = forms.FileField(
        label=_("Kết quả điện tử"), required=False,
        help_text=_("PDF đã ban hành; hệ thống ký số bằng chứng thư của nơi này nếu có. Bỏ trống: trả bản giấy."),
    )  # fmt: skip

    @classmethod
    def makes_sense(cls, row: Dossier, viewer: Viewer) -> bool:
        """Only at the last desk."""
        return next_desk(row) is None

    def act(self, **given: Any) -> Any:
        """Decide; a file is signed before it is kept."""
        sent = given.pop("result")
        if sent is None:
            return actions.decide(self.row.pk, **given)
        return actions.decide(self.row.pk, **given, **signed_result(sent))


class Refuse(DossierForm):
    """Refuse what was asked."""

    verb, slug, opens, sends = Verb.REFUSE, "tu-choi", _("Từ chối"), _("Từ chối giải quyết")
    done, danger = _("Đã từ chối; người nộp đọc được căn cứ."), True
    grounds = words(_("Căn cứ từ chối"), _("Nêu điều, khoản; người nộp đọc được lời này."))

    def act(self, **given: Any) -> Any:
        """Refuse."""
        return actions.refuse(self.row.pk, **given)


class Apologise(DossierForm):
    """Say sorry in writing, with the new day."""

    verb, slug = Verb.APOLOGISE, "xin-loi"
    opens, sends = _("Xin lỗi, hẹn lại"), _("Ký phiếu xin lỗi")
    done = _("Đã lập phiếu xin lỗi; tải về ở mục Phiếu xin lỗi.")
    tells = _("Hạn ban đầu không dời: xin lỗi không làm hồ sơ thành đúng hạn.")
    new_day = DayField(label=_("Hẹn lại ngày"))
    reason = words(_("Lý do chậm"))

    @classmethod
    def makes_sense(cls, row: Dossier, viewer: Viewer) -> bool:
        """Only for what is late."""
        return late_on_at(row, now()) is not None

    def act(self, **given: Any) -> Any:
        """Apologise; the new moment is when offices close on that day."""
        given.pop("version", None)
        return actions.apologise(self.row.pk, new_at=closing(given.pop("new_day")), **given)


class Transfer(DossierForm):
    """Pass to the unit that has the authority."""

    verb, slug = Verb.TRANSFER, "chuyen-don-vi"
    opens, sends = _("Chuyển đơn vị khác"), _("Chuyển hồ sơ")
    done = _("Đã chuyển hồ sơ; hạn hẹn giữ nguyên.")
    unit: Any = UnitField(label=_("Đơn vị có thẩm quyền"))
    reason = words(_("Lý do chuyển"))

    def act(self, **given: Any) -> Any:
        """Transfer."""
        return actions.transfer(self.row.pk, **given)


class Reassign(DossierForm):
    """Give to another, or back to the desk."""

    verb, slug, opens, sends = Verb.REASSIGN, "giao-lai", _("Giao lại"), _("Giao lại")
    done = _("Đã giao lại hồ sơ.")
    to: Any = forms.ModelChoiceField(
        None, label=_("Người xử lý"), required=False, empty_label=_("Về bàn chung, ai rảnh nhận")
    )
    reason = words(_("Lý do giao lại"), _("Ví dụ: người giữ nghỉ phép, quá tải."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = people_of([self.row.unit_id], today())  # type: ignore[attr-defined]

    def act(self, **given: Any) -> Any:
        """Reassign."""
        given.pop("version", None)
        return actions.reassign(self.row.pk, **given)
