"""The definition card: what is counted against what, how it adds up, who answers for it and why it matters."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namro.ground.days import format_day
from namro.indicators.terms import AddsUp, IndicatorDef, IndicatorKind, Own, Part
from namro.organisation.models import Unit
from namro.pages.asof import AsOf
from namro.pages.indicators.doors import Door
from namro.pages.links import address, unit_page

PARTS = {
    Part.NUMERATOR: gettext_lazy("Tử số"),
    Part.DENOMINATOR: gettext_lazy("Mẫu số"),
    Part.VALUE: gettext_lazy("Giá trị"),
}
Fact = tuple[str, str, str]  # words, what, where it leads ('' nowhere)


def facts(definition: IndicatorDef, found: Sequence[Door], owner: Unit | None, as_of: AsOf) -> list[Fact]:
    """Return the rows of the card."""
    made_of = [(str(PARTS[door.part]), _of_form(door), door.href) for door in found]
    if definition.index:
        made_of = [
            (
                _("Cách tính"),
                _("từng thành phần, trọng số và cách quy điểm"),
                address("index", definition.code, **as_of.query),
            )
        ]
    return [
        *made_of,
        (_("Đơn vị tính"), definition.unit_of_measure, ""),
        (_("Chiều tốt"), str(definition.direction.label), ""),
        (_("Cộng lên cấp trên"), adds_up(definition), ""),
        (_("Chịu trách nhiệm"), owner.name if owner else definition.owner, unit_page(owner, as_of) if owner else ""),
        (_("Vì sao đo"), definition.why, ""),
        (_("Nguồn"), definition.source, ""),
        (_("Phiên bản"), _("bản %(version)s, rà soát lại trước %(day)s") % {
            "version": definition.version, "day": format_day(definition.next_review)
        }, ""),
        (_("Mã chỉ số"), definition.code, ""),
    ]  # fmt: skip


def _of_form(door: Door) -> str:
    if not door.source:
        return door.label
    return _("%(label)s (biểu «%(form)s»)") % {"label": door.label, "form": door.source}


def adds_up(definition: IndicatorDef) -> str:
    """Return how the units below make the figure of the unit above, in words."""
    if definition.index:
        return _("Trung bình điểm của các đơn vị")
    if definition.adds_up is AddsUp.NONE:
        return _("Không cộng: mỗi đơn vị tự nêu số của mình")
    if definition.kind is IndicatorKind.RATIO:
        how = _("Cộng tử số và mẫu số của các đơn vị bên dưới rồi mới chia")
    else:
        how = _("Cộng số của các đơn vị bên dưới")
    if definition.own is Own.TOTAL:
        return how + _("; đơn vị tự nêu số chung thì lấy số đó, tổng bên dưới dùng để đối chiếu")
    return how + _(", cùng phần của chính đơn vị")
