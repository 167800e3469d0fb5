"""The words of a procedure for people: its limit and its fee as they can be relied on."""

from typing import Any

from django.utils.translation import gettext as _

from namro.ground.numbers import format_money, format_number
from namro.procedures.formulas.fees import read_fee
from namro.procedures.formulas.limits import read_limit
from namro.procedures.terms import Amount, FeeKind, LimitKind


def limit_words(text: str) -> str:
    """Return a time limit in words: '5 ngày làm việc'; what cannot be read is shown as the source has it."""
    limit = read_limit(text)
    if limit.amount is None:
        told = {
            LimitKind.MISSING: _("Nguồn không ghi"),
            LimitKind.NONE_SET: _("Không quy định thời hạn"),
        }
        return told.get(limit.kind) or _("Nguồn ghi: “%s”") % text
    units = {
        LimitKind.WORKING_DAYS: _("%s ngày làm việc"),
        LimitKind.DAYS: _("%s ngày"),
        LimitKind.HOURS: _("%s giờ"),
        LimitKind.MONTHS: _("%s tháng"),
    }
    return units[limit.kind] % format_number(limit.amount)


def fee_words(text: str) -> dict[str, Any]:
    """Return a fee as `said` (a sentence), `amounts` (sum and what it is for), `note` (what stands beside it)."""
    fee = read_fee(text)
    if fee.kind is FeeKind.AMOUNTS:
        return {"said": "", "amounts": [(_sum(amount), amount.note) for amount in fee.amounts], "note": ""}
    told = {
        FeeKind.FREE: _("Miễn phí (theo nguồn)"),
        FeeKind.NONE_SET: _("Không quy định mức thu"),
        FeeKind.MISSING: _("Nguồn không ghi"),
        FeeKind.SEE_NOTE: _("Nguồn ghi “Miễn phí” kèm ghi chú, hãy đọc:"),
    }
    known = told.get(fee.kind)
    return {"said": known or _("Nguồn ghi:"), "amounts": [], "note": fee.note if known else text}


def _sum(amount: Amount) -> str:
    if amount.currency == "USD":
        return f"{format_number(amount.value)} USD"
    return format_money(amount.value)
