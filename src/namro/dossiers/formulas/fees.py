"""What is to be paid for a dossier: a sum only where the text states exactly one."""

from namro.dossiers.formulas.promising import METHOD_OF
from namro.dossiers.terms import Channel
from namro.procedures.formulas.fees import read_fee
from namro.procedures.terms import FeeKind, ProcedureDef


def fee_of(record: ProcedureDef, channel: str) -> int | None:
    """Đồng to pay by the text for this way of submission; None where it states several sums, or none that is sure."""
    said = [each.fee for each in record.submission_methods if each.method == METHOD_OF[Channel(channel)]]
    fee = read_fee(said[0]) if said else None
    if fee is None or fee.kind not in (FeeKind.FREE, FeeKind.AMOUNTS):
        return None
    if fee.kind == FeeKind.FREE:
        return 0
    only = fee.amounts[0]
    return int(only.value) if len(fee.amounts) == 1 and only.currency == "VND" and not only.note else None
