"""Reception: who comes, what they brought, what they paid; a person with forty others behind them waits for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.dossiers.formulas.fees import fee_of
from namro.dossiers.queries.desk import record_of
from namro.dossiers.terms import ApplicantKind, Channel
from namro.ground.numbers import format_money
from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.pages.citizens.forms import NUMBERS
from namro.pages.citizens.papers import asked_in, cases_of
from namro.pages.dayfield import DayField
from namro.pages.fields import NumberField, RequestForm, UnitField
from namro.procedures.models import Procedure, ProcedureVersion
from namro.procedures.terms import Level

# What stays when another case is chosen; the papers are those of the case.
TYPED = ("client_id", "kind", "number", "name", "phone", "birth_day", "unit", "channel", "fee", "fee_taken",
         "uses_population_data", "needs_paper_result")  # fmt: skip
# What is nearly always the same, and therefore folded away.
USUAL = ("kind", "birth_day", "unit", "channel")
# On another choice the page shows at once what follows from it: the papers of the case, the sum of the way.
SHOWS_ANEW = {"data-shows-anew": ""}
AT_DESK = [(Channel.DESK.value, Channel.DESK.label), (Channel.POST.value, Channel.POST.label)]


class ReceiveForm(RequestForm):
    """A dossier at the desk: the fields in the order in which one asks."""

    kind = forms.ChoiceField(
        label=_("Người nộp là"), choices=ApplicantKind.choices, initial=ApplicantKind.CITIZEN
    )
    number = forms.CharField(
        label=_("Số định danh hoặc mã số doanh nghiệp"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": True}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Họ và tên, hoặc tên doanh nghiệp"), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Điện thoại"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "class": "short"}),
    )  # fmt: skip
    birth_day = DayField(label=_("Ngày sinh"), required=False)
    unit: Any = UnitField(
        label=_("Nơi giải quyết"), help_text=_("Nhận thay cho bất kỳ đơn vị nào trong thành phố.")
    )
    channel = forms.ChoiceField(label=_("Cách nộp"), choices=AT_DESK, initial=Channel.DESK)
    case = forms.TypedChoiceField(
        label=_("Trường hợp"), coerce=int, required=False, widget=forms.RadioSelect(attrs=SHOWS_ANEW)
    )
    papers = forms.MultipleChoiceField(
        label=_("Giấy tờ mang theo"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Bỏ dấu giấy còn thiếu."),
    )  # fmt: skip
    uses_population_data = forms.BooleanField(
        label=_("Đã khai thác Cơ sở dữ liệu quốc gia về dân cư"), required=False
    )
    needs_paper_result = forms.BooleanField(label=_("Người nộp cần kết quả bản giấy"), required=False)
    fee = NumberField(label=_("Mức phí, lệ phí, đồng"), required=False)
    fee_taken = forms.BooleanField(label=_("Đã thu tại quầy"), required=False)

    def __init__(
        self, *args: Any, row: Procedure, version: ProcedureVersion, viewer: Viewer, case: int, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.listed = asked_in(version, case)
        self.cases, self.chosen_case = cases_of(version), case
        self.fees = {channel: fee_of(record_of(version), channel) for channel, _label in AT_DESK}
        self.fields["papers"].choices = [(each.key, each.name) for each in self.listed]  # type: ignore[attr-defined]
        self.initial.setdefault("papers", [each.key for each in self.listed])
        self.usual = {name: self.fields[name].initial for name in USUAL}
        if Level.COMMUNE in row.levels:
            self.usual["unit"] = Unit.objects.get(pk=viewer.home_unit_id)
            self.initial.setdefault("unit", self.usual["unit"])
        self._settle_case()
        self._settle_fee()

    @property
    def is_unusual(self) -> bool:
        """Whether what is folded away is not what the fold says, or has to be filled in."""
        unit = self.fields["unit"].prepare_value(self.usual["unit"])
        usual = self.usual | {"unit": unit}
        said = {name: str(self[name].value() or "") for name in USUAL}
        return not said["unit"] or any(said[name] != str(usual[name] or "") for name in USUAL)

    def _settle_case(self) -> None:
        """Ask for the case only where the papers are told apart by it."""
        if not self.cases:
            del self.fields["case"]
            return
        self.fields["case"].choices = [(0, _("mọi trường hợp")), *enumerate(self.cases, start=1)]  # type: ignore[attr-defined]
        self.initial["case"] = self.chosen_case

    @property
    def known_fee(self) -> int | None:
        """Đồng to pay by the text for the way that is chosen; None where it states no sure sum."""
        return self.fees.get(str(self["channel"].value()), self.fees[Channel.DESK])

    @property
    def fees_differ(self) -> bool:
        """Whether one pays more or less by post than at the desk."""
        return len(set(self.fees.values())) > 1

    def _settle_fee(self) -> None:
        """Ask the sum only where the text does not state one; nothing where nothing is paid."""
        if self.fees_differ:
            self.fields["channel"].widget.attrs |= SHOWS_ANEW
        if self.known_fee is None:
            return
        del self.fields["fee"]
        if not self.known_fee:
            del self.fields["fee_taken"]
        else:
            self.fields["fee_taken"].label = _("Đã thu %(sum)s tại quầy") % {
                "sum": format_money(self.known_fee)
            }

    def clean(self) -> dict[str, Any]:
        """Fill in what was not asked."""
        said = super().clean() or {}
        number, kind = str(said.get("number", "")).replace(" ", "").upper(), said.get("kind", "")
        if number and kind and not NUMBERS[kind].fullmatch(number):
            self.add_error("number", _("Số này không đúng dạng; hãy xem lại số chữ số."))
        fee = said.get("fee")
        said["fee"] = int(fee) if fee is not None else None
        said["fee_taken"] = bool(said.get("fee_taken"))
        if said["fee_taken"] and self.known_fee is None and not said["fee"]:
            self.add_error("fee", _("Hãy ghi mức đã thu."))
        return said

    def filled(self) -> dict[str, Any]:
        """What is kept of the person's own words: how to reach them, which papers they brought."""
        said = self.cleaned_data
        brought = [each.name for each in self.listed if each.key in said["papers"]]
        lacking = [each.name for each in self.listed if each.key not in said["papers"]]
        return {"phone": said["phone"], "brought": brought, "lacking": lacking, "case": self.chosen_case}
