"""Words of the clarity check: the draft it reads, the clears it asks for, the findings it gives."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Severity(StrEnum):
    """`missing` keeps a task from being issued, `vague` warns."""

    MISSING = "missing"
    VAGUE = "vague"


class Topic(StrEnum):
    """What a clear may ask of a task; a set of clears is made of these."""

    LEAD_UNIT = "lead_unit"
    LEAD_PERSON = "lead_person"
    SUPERVISOR = "supervisor"
    WORK = "work"
    START = "start"
    DUE = "due"
    AUTHORITY = "authority"
    COVERAGE = "coverage"
    RESULT = "result"
    PROOF = "proof"


@dataclass(frozen=True)
class Draft:
    """A task as it is being written; units and offices by name, empty where nothing is entered yet."""

    work: str = ""
    result: str = ""
    proof_kind: str | None = None
    has_indicator: bool = False
    has_target: bool = False
    lead_unit: str = ""
    lead_kind: str = ""
    has_lead_person: bool = False
    supervisor: str = ""
    cooperating: tuple[str, ...] = ()
    start: date | None = None
    due: date | None = None
    authority: str = ""
    escalate_to: str = ""
    lead_covers: bool | None = None


@dataclass(frozen=True)
class Finding:
    """One thing unclear: where (a field and the span of its text), why, and how to mend it.

    `replacement`, where there is one, can be put in place of the span as it stands.
    """

    code: str
    topic: str
    field: str
    message: str
    suggestion: str
    severity: Severity = Severity.VAGUE
    span: tuple[int, int] = (0, 0)
    replacement: str | None = None
    clear: str = ""


@dataclass(frozen=True)
class Clear:
    """One clear of a set: its code, its Vietnamese name, and what it asks for."""

    code: str
    name: str
    asks: tuple[Topic, ...]


@dataclass(frozen=True)
class ClearSet:
    """A list of clears in use; `standing` says how well its source is known."""

    code: str
    name: str
    standing: str
    clears: tuple[Clear, ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Everything the set asks for, in its order."""
        return tuple(topic for clear in self.clears for topic in clear.asks)

    def clear_of(self, topic: str) -> Clear | None:
        """Return the first clear that asks for the topic, None if the set does not ask for it."""
        return next((clear for clear in self.clears if topic in clear.asks), None)


FIVE_CLEARS = ClearSet(
    "nam_ro",
    "5 rõ",
    "source",
    (
        Clear("person", "rõ người", (Topic.LEAD_UNIT, Topic.LEAD_PERSON)),
        Clear("work", "rõ việc", (Topic.WORK,)),
        Clear("time", "rõ thời gian", (Topic.START, Topic.DUE)),
        Clear("authority", "rõ thẩm quyền", (Topic.AUTHORITY, Topic.COVERAGE)),
        Clear("result", "rõ kết quả", (Topic.RESULT, Topic.PROOF)),
    ),
)
