"""The clears of a task: what the reviewed lists find missing or vague in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from namro.organisation.models import Unit
from namro.tasks.clarity import (
    FIVE_CLEARS,
    ClarityWords,
    ClearSet,
    Draft,
    Finding,
    Severity,
    check_clarity,
    clears_of,
    words_of,
)
from namro.tasks.clarity.missing import check_missing
from namro.tasks.models import Rulebook, Task
from namro.tasks.rules import lead_covers, stands_above


@dataclass(frozen=True)
class Rules:
    """The lists by which a text is read: the words, and the set of clears in use."""

    words: ClarityWords
    clears: ClearSet = FIVE_CLEARS

    def findings(self, draft: Draft) -> list[Finding]:
        """What is missing or vague, in the order of the clears."""
        return check_clarity(draft, self.words, self.clears)

    def missing(self, draft: Draft) -> list[Finding]:
        """What keeps the task from being issued; reads no text, so that thousands of rows can be asked."""
        found = (
            each for each in check_missing(draft, self.clears.topics) if each.severity == Severity.MISSING
        )
        return [
            replace(each, clear=clear.code) for each in found if (clear := self.clears.clear_of(each.topic))
        ]


def rules_in_use() -> Rules:
    """The loaded lists; the five clears and no words where a package brought none. One query."""
    bodies = dict(Rulebook.objects.filter(code__in=("clarity", "clears")).values_list("code", "body"))
    sets = clears_of(bodies.get("clears", {}))
    return Rules(words_of(bodies.get("clarity", {})), sets[0] if sets else FIVE_CLEARS)


def clarity_draft(task: Task, cooperating: Iterable[Unit]) -> Draft:
    """A task, stored or not, as the check reads it."""
    partners = list(cooperating)
    lead = task.lead_unit if task.lead_unit_id else None
    above = task.escalate_to
    climbs = above is not None and (lead is None or stands_above(above, lead))
    return Draft(
        work=task.title,
        result=task.result,
        proof_kind=task.proof_kind or None,
        has_indicator=bool(task.proof_indicator),
        has_target=task.proof_target is not None,
        lead_unit=str(lead or ""),
        lead_kind=lead.kind if lead else "",
        has_lead_person=task.lead_person_id is not None,
        supervisor=str(task.supervisor_unit) if task.supervisor_unit_id else "",
        cooperating=tuple(str(unit) for unit in partners),
        start=task.start_day,
        due=task.due_day,
        authority=task.authority,
        escalate_to=str(above) if climbs else "",
        lead_covers=lead_covers(lead, partners, above),
    )


def findings_on(task: Task) -> list[Finding]:
    """What is missing or vague in a stored task."""
    partners = [
        row.unit for row in task.participations.filter(involvement="cooperating").select_related("unit")
    ]
    return rules_in_use().findings(clarity_draft(task, partners))
