"""What a form counts over its own yes/no boxes."""

from collections.abc import Mapping
from decimal import Decimal

from namro.sources.terms import CountDef, CountKind, FormDef


def counts_of(form: FormDef, values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return each count that the form declares, by its code."""
    return {count.code: Decimal(_count(count, values)) for count in form.counts}


def _count(count: CountDef, values: Mapping[str, Decimal]) -> int:
    answers = [values[code] for code in count.of if code in values]
    if count.kind is CountKind.YES:
        return sum(answer == 1 for answer in answers)
    if count.kind is CountKind.ANSWERED:
        return len(answers)
    if count.kind is CountKind.ALL_YES:
        return int(len(answers) == len(count.of) and all(answer == 1 for answer in answers))
    return 1
