"""What a clerk does: receive, check, send, take the fee, hand over the result."""

from dataclasses import fields
from typing import Any
from uuid import uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.dossiers import actions
from namro.dossiers.models import Dossier
from namro.dossiers.terms import PaymentState, Verb
from namro.organisation.terms import Viewer
from namro.pages.dossiers.deeds.form import DossierForm
from namro.pages.fields import NumberField, words

DATA_USED = [each.name for each in fields(actions.DataUsed)]


class Receive(DossierForm):
    """Receive what was filed online."""

    leads = True
    verb, slug, opens, sends = Verb.RECEIVE, "tiep-nhan", _("Tiếp nhận"), _("Tiếp nhận, hẹn ngày trả")
    done, at_once = _("Đã tiếp nhận; ngày hẹn đã ghi trên phiếu."), True

    def act(self, **given: Any) -> Any:
        """Receive."""
        return actions.receive(self.row.pk, **given)


class Check(DossierForm):
    """State that the papers are complete, and send on: two acts on record, one press."""

    leads = True
    verb, slug = Verb.CHECK, "kiem-tra"
    opens, sends = _("Giấy tờ đủ, chuyển xử lý"), _("Giấy tờ đủ, chuyển xử lý")
    done, at_once = _("Giấy tờ đủ; hồ sơ đã tới bàn xử lý đầu tiên."), True

    def act(self, **given: Any) -> Any:
        """Check, then send; the second number comes from the first, so that a repetition does nothing twice."""
        actions.check(self.row.pk, **given)
        given |= {"version": None, "client_id": uuid5(given["client_id"], "send")}
        return actions.send(self.row.pk, **given)


class Send(DossierForm):
    """Send to the first desk."""

    leads = True
    verb, slug, opens, sends = Verb.SEND, "chuyen-xu-ly", _("Chuyển xử lý"), _("Chuyển xử lý")
    done, at_once = _("Đã chuyển tới bàn xử lý đầu tiên."), True

    def act(self, **given: Any) -> Any:
        """Send."""
        return actions.send(self.row.pk, **given)


class TurnAway(DossierForm):
    """Refuse to receive."""

    verb, slug = Verb.TURN_AWAY, "tu-choi-tiep-nhan"
    opens, sends = _("Từ chối tiếp nhận"), _("Từ chối tiếp nhận")
    done, danger = _("Đã từ chối tiếp nhận; người nộp đọc được lý do."), True
    grounds = words(_("Lý do từ chối tiếp nhận"))

    def act(self, **given: Any) -> Any:
        """Turn away."""
        return actions.turn_away(self.row.pk, **given)


class AnswerSupplement(DossierForm):
    """Answer for an applicant who came to the desk."""

    leads = True
    verb, slug = Verb.ANSWER_SUPPLEMENT, "da-bo-sung"
    opens, sends = _("Đã bổ sung tại quầy"), _("Ghi nhận đã bổ sung")
    done = _("Đã ghi nhận bổ sung; đồng hồ chạy tiếp.")
    words = words(_("Người nộp đã bổ sung gì"), required=False)

    def act(self, **given: Any) -> Any:
        """Answer; nothing is read first that an older page could have missed."""
        given.pop("version", None)
        return actions.answer_supplement(self.row.pk, **given)


class AskFee(DossierForm):
    """Say what is to be paid, where the text does not."""

    verb, slug, opens, sends = Verb.ASK_FEE, "bao-phi", _("Báo mức phí"), _("Báo mức phí")
    done = _("Đã báo mức phí cho người nộp.")
    amount = NumberField(label=_("Mức phí, lệ phí, đồng"), help_text=_("Ghi 0 nếu không thu."))

    @classmethod
    def makes_sense(cls, row: Dossier, viewer: Viewer) -> bool:
        """Only where the text did not say it."""
        return row.fee is None

    def clean_amount(self) -> int:
        """Whole đồng."""
        return int(self.cleaned_data["amount"])

    def act(self, **given: Any) -> Any:
        """Ask."""
        return actions.ask_fee(self.row.pk, **given)


class TakeFee(DossierForm):
    """Take the fee at the desk."""

    verb, slug, opens, sends = Verb.TAKE_FEE, "thu-phi", _("Thu phí tại quầy"), _("Đã thu đủ")
    done, at_once = _("Đã ghi nhận thu phí."), True

    @classmethod
    def makes_sense(cls, row: Dossier, viewer: Viewer) -> bool:
        """Only where something is owed."""
        return bool(row.fee) and row.fee_paid_at is None

    def act(self, **given: Any) -> Any:
        """Take."""
        given.pop("version", None)
        return actions.take_fee(self.row.pk, **given)


class PayBack(DossierForm):
    """Give back what came beside the fee."""

    verb, slug, opens, sends = Verb.PAY_BACK, "hoan-phi", _("Hoàn khoản thừa"), _("Hoàn khoản thừa")
    done, at_once = _("Đã ghi nhận hoàn khoản thừa."), True

    @classmethod
    def makes_sense(cls, row: Dossier, viewer: Viewer) -> bool:
        """Only where something is owed back."""
        return row.payments.filter(state=PaymentState.TO_PAY_BACK).exists()

    def act(self, **given: Any) -> Any:
        """Pay back."""
        given.pop("version", None)
        return actions.pay_back(self.row.pk, **given)


class HandOver(DossierForm):
    """Hand the result over at the desk."""

    leads = True
    verb, slug, opens, sends = Verb.HAND_OVER_RESULT, "tra-ket-qua", _("Trả kết quả"), _("Trả kết quả")
    done, at_once = _("Đã trả kết quả."), True

    def act(self, **given: Any) -> Any:
        """Hand over."""
        return actions.hand_over_result(self.row.pk, **given)


class Withdraw(DossierForm):
    """Take back at the applicant's wish."""

    verb, slug, opens, sends = Verb.WITHDRAW, "rut", _("Người nộp rút"), _("Ghi nhận rút hồ sơ")
    done, danger = _("Hồ sơ đã rút theo ý người nộp."), True
    reason = words(_("Lý do rút"), required=False)

    def act(self, **given: Any) -> Any:
        """Withdraw."""
        return actions.withdraw(self.row.pk, **given)


class NoteData(DossierForm):
    """Note what the dossier uses of data that the state holds already."""

    verb, slug, opens, sends = Verb.NOTE_DATA, "du-lieu", _("Dữ liệu đã dùng"), _("Ghi nhận")
    done = _("Đã ghi nhận dữ liệu đã dùng của hồ sơ.")
    tells = _("Bộ chỉ số phục vụ (Quyết định 766/QĐ-TTg) đếm ba điều này.")
    certified_copies = forms.IntegerField(
        label=_("Bản sao chứng thực điện tử"), min_value=0, max_value=99,
        help_text=_("Nhiều nhất bằng số tệp PDF mang chữ ký số trong hồ sơ."),
    )  # fmt: skip
    uses_population_data = forms.BooleanField(
        label=_("Đã khai thác Cơ sở dữ liệu quốc gia về dân cư"), required=False
    )
    needs_paper_result = forms.BooleanField(label=_("Người nộp cần kết quả bản giấy"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in DATA_USED:
            self.initial.setdefault(name, getattr(self.row, name))

    def act(self, **given: Any) -> Any:
        """Note."""
        data = actions.DataUsed(**{name: given.pop(name) for name in DATA_USED})
        return actions.note_data(self.row.pk, data=data, **given)
