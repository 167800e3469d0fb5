"""What each part counts, said once in SQL: of which dossiers, and which of them fulfil it; the readings choose words.

`dossier` is a row of the dossiers, `cut` the end of its period or the present moment if that comes first, `last` its
day, `rated` what the applicant said of it, `complained` since when somebody complained of it. A list of what cost
points is `among AND NOT fulfils`.
"""

from dataclasses import dataclass
from enum import StrEnum

from namro.dossiers.terms import Channel, FeedbackKind, FeedbackState, Outcome
from namro.quality.terms import Measure, Readings


class Base(StrEnum):
    """Which dossiers belong to a period: those received in it, or those settled in it."""

    RECEIVED = "received"
    SETTLED = "settled"


@dataclass(frozen=True)
class Condition:
    """Of which dossiers (`among`) a part counts those that fulfil it.

    `by_procedure`: it counts their procedures; `carried`: also what was received before and ran on into the period.
    """

    base: Base
    among: str
    fulfils: str
    by_procedure: bool = False
    carried: bool = False


# Beside the parts: what 5.4 is made of.
LATE, UNHAPPY, BOTH = "late", "unhappy", "both"

_ONLINE = f"dossier.channel = '{Channel.ONLINE.value}'"
_FEE = "dossier.fee > 0"
_GRANTED = f"dossier.outcome = '{Outcome.GRANTED.value}'"
_ENDED = f"dossier.outcome <> '{Outcome.WITHDRAWN.value}'"
# Not content with the settlement itself, served below the middle of the scale, or moved to complain.
# Complaints that were taken on; a period that is over is not lowered by a later one.
COMPLAINED = f"""
SELECT dossier_id, min(received_at) AS since FROM dossiers_feedback
WHERE kind = '{FeedbackKind.COMPLAINT.value}' AND state <> '{FeedbackState.RETURNED.value}' GROUP BY dossier_id
"""  # noqa: S608 - of our own words
_UNHAPPY = """COALESCE(
    complained.since < period.cut OR rated.handling < 3 OR NOT rated.is_settlement_liked, false)"""
# LEAST passes over what is not there: an end, or a clock that stands, stops the time that is measured.
_PAST_DUE = "LEAST(dossier.finished_at, dossier.stopped_since, period.cut) > dossier.due_at"


def conditions(readings: Readings) -> dict[str, Condition]:
    """Return what is counted of dossiers under the readings: by the value of its measure, and what 5.4 is made of."""
    return _of_received(readings) | _of_settled(readings)


def _of_received(readings: Readings) -> dict[str, Condition]:
    payable = f"{_FEE} AND dossier.is_eligible_online"
    found = {
        Measure.SYNCHRONISED: ("true", "dossier.synced_at IS NOT NULL", False),
        Measure.IN_TIME: (_timed(readings), f"NOT {_late(readings)}", False),
        Measure.ONLINE: ("dossier.is_eligible_online", _filed_online(readings), False),
        Measure.PAYABLE_ONLINE: (_FEE, "dossier.is_eligible_online", True),
        Measure.EVER_PAID_ONLINE: (payable, "dossier.paid_online", True),
        Measure.PAID_ONLINE: (_with_fee(readings), "dossier.paid_online", False),
        Measure.CERTIFIED_COPIES: (_with_copies(readings), "dossier.certified_copies > 0", False),
        Measure.REUSED: ("true", "dossier.reused_papers > 0", False),
        Measure.POPULATION_PROCEDURES: ("true", "dossier.uses_population_data", True),
        Measure.POPULATION_DOSSIERS: ("true", "dossier.uses_population_data", False),
    }
    carried = {Measure.IN_TIME} if readings["tien_do_pham_vi"] == "ca_ton_ky_truoc" else set()
    return {
        measure.value: Condition(Base.RECEIVED, *told, carried=measure in carried)
        for measure, told in found.items()
    }


def _of_settled(readings: Readings) -> dict[str, Condition]:
    late, ended = _late(readings), f"{_ENDED} AND {_timed(readings)}"
    by_procedure = readings["ket_qua_don_vi_dem"] == "thu_tuc"
    electronic = f"{_GRANTED} AND dossier.result_is_electronic"
    found = {
        Measure.ELECTRONIC_RESULT.value: (_GRANTED, "dossier.result_is_electronic", by_procedure),
        Measure.DIGITISED.value: (_GRANTED, "dossier.is_digitised AND dossier.result_is_electronic", False),
        Measure.SHARED.value: (electronic, "dossier.synced_at IS NOT NULL", False),
        Measure.SETTLEMENT_LIKED.value: (ended, f"NOT ({late} OR {_UNHAPPY})", False),
        LATE: (ended, late, False),
        UNHAPPY: (ended, _UNHAPPY, False),
        BOTH: (ended, f"{late} AND {_UNHAPPY}", False),
    }
    return {name: Condition(Base.SETTLED, *told) for name, told in found.items()}


def _late(readings: Readings) -> str:
    """A dossier is late that was noted so by the end of the period, or whose clock ran past the due moment by then.

    A second request for a supplement is noted as lateness on its day: where it is not looked at, the clock alone tells.
    """
    noted = "dossier.late_on <= period.last"
    if readings["bo_sung_lan_hai"] == "tinh_tre":
        return f"COALESCE({noted} OR {_PAST_DUE}, false)"
    return f"COALESCE({noted} AND dossier.supplements < 2 OR {_PAST_DUE}, false)"


def _timed(readings: Readings) -> str:
    """Whether a dossier whose limit could not be read from its procedure is measured at all."""
    return "true" if readings["khong_ngay_hen"] == "han_luat" else "NOT dossier.limit_is_default"


def _filed_online(readings: Readings) -> str:
    strict = readings["nop_truc_tuyen"] == "khong_giay_to"
    return f"{_ONLINE} AND NOT dossier.needs_paper_result" if strict else _ONLINE


def _with_fee(readings: Readings) -> str:
    return f"{_FEE} AND dossier.fee_paid_at IS NOT NULL" if readings["phi_mau_so"] == "da_nop_phi" else _FEE


def _with_copies(readings: Readings) -> str:
    return "true" if readings["ban_sao_mau_so"] == "tat_ca" else _ONLINE
