"""A rule and entries of a register, as tests ask for them."""

from datetime import date
from typing import Any

from namro.offers.terms import Agreed, Basis, Facts, Lead, OfferRuleDef, Standing, When

TODAY = date(2025, 7, 9)
ENDS = date(2025, 8, 20)
ALWAYS = Agreed(date(2025, 1, 1), date(2026, 1, 1))
BASIS = Basis(
    "Thủ tục 1.014063", "Đổi thẻ ở xã nào cũng được", "Cổng Dịch vụ công quốc gia", Standing.PUBLIC, "đổi thẻ"
)


def rule(**more: Any) -> OfferRuleDef:
    """Return a rule over cards that end, told 30 days before."""
    said: dict[str, Any] = {
        "code": "the_het_han", "version": 1, "name": "Thẻ sắp hết hạn", "name_en": "A card ends", "owner": "H17.HCC",
        "next_review": date(2026, 1, 15), "register": "can_cuoc", "procedure": "1.014063", "when": When("het_han"),
        "lead": Lead(days=30, open_after=60), "reason": "Thẻ hết hạn ngày {on}.", "reason_en": "Ends on {on}.",
        "why": "Thẻ hết hạn làm tắc mọi việc khác.", "bases": (BASIS,), "prefill": {"ngay_het_han": "het_han"},
    }  # fmt: skip
    return OfferRuleDef(**said | more)


def facts(**more: Any) -> Facts:
    """Return an entry of somebody who agreed and whose card ends in six weeks."""
    said: dict[str, Any] = {
        "key": 1, "person": 1, "unit": 1, "days": {"het_han": ENDS}, "words": {"so_cuoi": "0123"}, "agreed": (ALWAYS,),
    }  # fmt: skip
    return Facts(**said | more)
