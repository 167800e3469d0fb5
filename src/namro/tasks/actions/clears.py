"""The gate before a task is given out: no clear may be missing."""

from collections.abc import Sequence

from namro.organisation.terms import Refused
from namro.tasks.clarity import ClearSet, Finding, Severity
from namro.tasks.models import Task
from namro.tasks.queries.clears import findings_on, rules_in_use


def check_clears(task: Task) -> None:
    """Refuse in one sentence that names the missing clears and what each lacks."""
    missing = [found for found in findings_on(task) if found.severity == Severity.MISSING]
    if missing:
        raise Refused(sentence_on(missing, rules_in_use().clears), field=missing[0].field)


def sentence_on(missing: Sequence[Finding], clears: ClearSet) -> str:
    """The missing clears, each by name with what it lacks: «Chưa giao được vì thiếu rõ người (…); rõ kết quả (…).»"""
    named = []
    for clear in clears.clears:
        lacks = [found.message.rstrip(".") for found in missing if found.clear == clear.code]
        if lacks:
            named.append(f"{clear.name} ({'; '.join(_lower(each) for each in lacks)})")
    return f"Chưa giao được vì thiếu {', '.join(named)}."


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
