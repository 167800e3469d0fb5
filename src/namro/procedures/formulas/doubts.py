"""Doubts: which parts of a record cannot be relied on, found by rule; each is told, none is mended."""

import re
from collections.abc import Iterator

from namro.ground.text import fold
from namro.procedures.formulas.fees import read_fee
from namro.procedures.formulas.limits import read_limit
from namro.procedures.terms import FeeKind, Flag, LimitKind, Method, ProcedureDef

_DISTRICT = re.compile(
    r"\b(?:(?:cap|uy ban nhan dan|ubnd|cong an|bao hiem xa hoi) huyen|huyen quan|quan huyen|ubnd cap huyen)\b"
)
# Lines of which the source lost the rest: a bare enumeration sign, or a line broken in the middle of a sentence.
_BARE = re.compile(r"[\W_]*(?:\w|[ivx]{1,4})?[\W_]*")
_CUT = re.compile(r"[a-zà-ỹđ,]\n[a-zà-ỹđ](?![\d.)])")
_FEE_FLAGS = {
    FeeKind.DOUBTFUL: Flag.FEE_DOUBTFUL,
    FeeKind.UNREADABLE: Flag.FEE_UNREADABLE,
    FeeKind.SEE_NOTE: Flag.FEE_NOTE_CONTRADICTS_FREE,
}


def doubts_about(record: ProcedureDef) -> list[Flag]:
    """Return the flags of a record in the order of their kind."""
    found = {*_of_methods(record.submission_methods), *_of_missing(record), *_of_text(record)}
    return [flag for flag in Flag if flag in found]


def _of_methods(methods: tuple[Method, ...]) -> Iterator[Flag]:
    if not methods:
        yield Flag.METHODS_MISSING
        return
    limits = {read_limit(method.time_limit).kind for method in methods}
    fees = {read_fee(method.fee).kind for method in methods}
    if limits == {LimitKind.MISSING}:
        yield Flag.LIMIT_MISSING
    if LimitKind.UNREADABLE in limits:
        yield Flag.LIMIT_UNREADABLE
    if fees == {FeeKind.MISSING}:
        yield Flag.FEE_MISSING
    yield from (flag for kind, flag in _FEE_FLAGS.items() if kind in fees)


def _of_missing(record: ProcedureDef) -> Iterator[Flag]:
    parts = {
        Flag.AGENCY_MISSING: record.agency,
        Flag.STEPS_MISSING: record.steps,
        Flag.DOCUMENTS_MISSING: record.documents,
        Flag.BASES_MISSING: record.legal_bases,
        Flag.RESULT_MISSING: record.result,
    }
    yield from (flag for flag, part in parts.items() if not part)


def _of_text(record: ProcedureDef) -> Iterator[Flag]:
    # Folding is dear: only a text in which the word stands at all is folded.
    said = [text for text in (record.agency, record.name, *record.steps) if _names_district(text)]
    if any(_DISTRICT.search(fold(text)) for text in said):
        yield Flag.DISTRICT_NAMED
    if any(_BARE.fullmatch(step) or _CUT.search(step) for step in record.steps):
        yield Flag.STEPS_SCRAMBLED


def _names_district(text: str) -> bool:
    lowered = text.lower()
    return "huyện" in lowered or "quận" in lowered
