"""From what a source calls a unit to the unit of today: codes, former codes and names, and what cannot be guessed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from namro.ground.text import fold
from namro.sources.terms import Codes, UnitCodes, UnitColumn


@dataclass(frozen=True)
class Meant:
    """The units that a code means in rows from before the change (`early`) and since (`late`), or why none."""

    raw: str
    early: str | None = None
    late: str | None = None
    changed_on: date | None = None
    reason: str = ""


def meant(came: Iterable[str], known: UnitCodes, rule: UnitColumn) -> list[Meant]:
    """Return for each different code what it means."""
    return [_meant(raw, known, rule) for raw in came]


def _meant(raw: str, known: UnitCodes, rule: UnitColumn) -> Meant:
    now = known.now.get(raw)
    if rule.codes != Codes.FORMER:
        return Meant(raw, late=now, reason="" if now else f"Không có đơn vị mã «{raw[:60]}».")
    before, reason = _before(raw, known, rule)
    now = now or known.now.get(fold(raw))
    if not (now or before):
        return Meant(raw, reason=reason)
    return Meant(raw, early=before, late=now, changed_on=known.changed_on)


def _before(raw: str, known: UnitCodes, rule: UnitColumn) -> tuple[str | None, str]:
    """Return the unit of today that a former code or name leads to, or the sentence why it leads to none."""
    name = raw if raw in known.former else fold(raw)
    heirs = known.former.get(name, ())
    if len(heirs) == 1 or (heirs and rule.split == "largest"):
        return heirs[0], ""
    if heirs:
        told = ", ".join(heirs[:5]) + ("…" if len(heirs) > 5 else "")
        return None, f"Đơn vị cũ «{raw[:60]}» nay thuộc nhiều đơn vị ({told}); hãy ghi mã đơn vị mới."
    if name in known.ambiguous:
        return None, f"Tên «{raw[:60]}» là của nhiều đơn vị cũ; hãy ghi mã đơn vị."
    return None, f"Không có đơn vị mã hoặc tên «{raw[:60]}», nay cũng như trước 01/7/2025."
