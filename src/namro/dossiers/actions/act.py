"""How every verb runs: lock the row, let a repeated act pass, ask the rules, write, leave an event and a log line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from namro.audit.actions import line, record_many
from namro.audit.models import Entry
from namro.dossiers.actions.letters import owe_letter
from namro.dossiers.models import Applicant, Dossier, DossierEvent
from namro.dossiers.queries import today
from namro.dossiers.queries.scope import visible_to
from namro.dossiers.rules import BY_VERB, Doer, check_can, late_on_at
from namro.dossiers.terms import VERB_LABELS, Verb, Who
from namro.ground.clock import VIETNAM
from namro.organisation.models import Person
from namro.organisation.terms import Refused, Viewer

Change = Callable[[Dossier, datetime], Mapping[str, Any]]
# What people fill in and are called is theirs: the log, which outlives the dossier, does not repeat it.
UNLOGGED = {"filled", "folded"}


@dataclass(frozen=True)
class Hand:
    """Whose hand does a thing: an officer's, an applicant's, or, with neither, the machine's."""

    person: Person | None = None
    viewer: Viewer | None = None
    applicant: Applicant | None = None

    @classmethod
    def of_officer(cls, person: Person, viewer: Viewer) -> "Hand":
        """The hand of somebody who holds a post."""
        return cls(person, viewer)

    @classmethod
    def of_applicant(cls, applicant: Applicant) -> "Hand":
        """The hand of whoever files."""
        return cls(applicant=applicant)

    @classmethod
    def of_machine(cls) -> "Hand":
        """Nobody's hand: what happens by itself."""
        return cls()

    @property
    def doer(self) -> Doer:
        """The same for the rules, which know no tables."""
        return Doer(self.viewer, self.applicant.pk if self.applicant else None)

    @property
    def log_name(self) -> Any:
        """Who stands in the log: an applicant without a name and without a person's number."""
        return self.person or (_Unnumbered(str(self.applicant)) if self.applicant else None)


@dataclass(frozen=True)
class _Unnumbered:
    """Somebody in the log who is no person of the organisation."""

    name: str
    pk: None = None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Act:
    """What is done by whom: `version` is the one the person saw (None: not asked)."""

    verb: Verb
    hand: Hand
    client_id: UUID | None
    version: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """The dossier after the act, its event, and whether this call was the repetition of an earlier one."""

    dossier: Dossier
    event: DossierEvent
    repeated: bool


def lock(dossier_id: int, hand: Hand) -> Dossier:
    """The dossier, locked until the transaction ends; Dossier.DoesNotExist for who may not open it."""
    rows = Dossier.objects.all()
    if hand.viewer is not None:
        rows = visible_to(hand.viewer)
    elif hand.applicant is not None:
        rows = rows.filter(applicant=hand.applicant)
    related = rows.select_related("unit", "procedure", "desk", "applicant", "holder")
    return related.select_for_update(of=("self",)).get(pk=dossier_id)


def repetition(dossier: Dossier, client_id: UUID | None) -> Done | None:
    """The act that this number did before, None for a new one; refuses a number that did something elsewhere."""
    if client_id is None:
        return None
    earlier = DossierEvent.objects.filter(client_id=client_id).first()
    if earlier is None:
        return None
    if earlier.dossier_id != dossier.pk:
        raise Refused("Lần gửi này đã được dùng cho hồ sơ khác; hãy tải lại trang.")
    return Done(dossier, earlier, repeated=True)


def check_act(dossier: Dossier, act: Act) -> dict[str, Any]:
    """Refuse unless the act may be done now; return the new state, where the state table names one."""
    row = check_can(act.verb, dossier, act.hand.doer)
    check_version(dossier, act.version)
    return {"state": row.target} if row.target is not None else {}


def check_version(dossier: Dossier, version: int | None) -> None:
    """Refuse when somebody else wrote since the person saw the dossier; say who and when."""
    if version is None or version == dossier.version_no:
        return
    last = dossier.events.select_related("by").order_by("-id").first()
    who = f"{last.by or _nobody(last.verb)} ({VERB_LABELS[last.verb]}, " if last else "người khác ("
    when = f"{last.at.astimezone(VIETNAM):%H:%M %d/%m/%Y})" if last else "vừa xong)"
    raise Refused(f"Hồ sơ vừa được {who}{when} cập nhật; hãy xem bản mới rồi làm lại.")


def _nobody(verb: str) -> str:
    """Who wrote where no officer did."""
    return "hệ thống" if Who.MACHINE in BY_VERB[verb].actors else "người nộp hồ sơ"


def moment_for(dossier: Dossier) -> datetime:
    """Now, yet never before what happened last: with a clock set back no event is earlier than the one before."""
    return max(today.now(), dossier.touched_at).astimezone(VIETNAM)


def write(dossier: Dossier, act: Act, at: datetime, values: Mapping[str, Any]) -> Done:
    """Set the values, note lateness as of the moment, raise the version, append the event, log before and after."""
    values = {**values, "late_on": late_on_at(dossier, at) or values.get("late_on")}
    before = {name: getattr(dossier, name) for name in values}
    state_before = dossier.state
    for name, value in values.items():
        setattr(dossier, name, value)
    dossier.version_no += 1
    dossier.touched_at = at
    dossier.save(update_fields=[*values, "version_no", "touched_at"])
    event = append(dossier, act, at, state_before)
    owe_letter(dossier, event)
    changed = {name for name, value in values.items() if before[name] != value} - UNLOGGED
    old, new = ({name: each[name] for name in changed} for each in (before, values))
    record_many([line_of(act, dossier, old, new)])
    return Done(dossier, event, repeated=False)


def append(dossier: Dossier, act: Act, at: datetime, state_before: str) -> DossierEvent:
    """Append the event of an act."""
    event = event_of(dossier, act, at, state_before)
    event.save(force_insert=True)
    return event


def event_of(dossier: Dossier, act: Act, at: datetime, state_before: str) -> DossierEvent:
    """The event of an act, not stored."""
    return DossierEvent(
        client_id=act.client_id, dossier=dossier, at=at, verb=act.verb, by=act.hand.person,
        state_before=state_before, state_after=dossier.state, desk_id=dossier.desk_id, due_at=dossier.due_at,
        detail=dict(act.detail),
    )  # fmt: skip


def line_of(act: Act, dossier: Dossier, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Entry:
    """The line of the log that an act owes, not stored; words of applicants are theirs and stay with the dossier."""
    is_theirs = act.hand.applicant is not None or act.verb == Verb.ANSWER_SUPPLEMENT
    ground = "" if is_theirs else str(act.detail.get("words", ""))
    return line(
        by=act.hand.log_name, verb=act.verb, obj=dossier, before=before, after=after,
        unit=dossier.unit.code, ground=ground,
    )  # fmt: skip


def unchanged(dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    """For acts that change nothing but the state."""
    return {}


def perform(dossier_id: int, act: Act, change: Change = unchanged) -> Done:
    """Carry out an act on one dossier: `change` says what it sets beside the state, and may refuse."""
    dossier = lock(dossier_id, act.hand)
    earlier = repetition(dossier, act.client_id)
    if earlier is not None:
        return earlier
    target = check_act(dossier, act)
    at = moment_for(dossier)
    return write(dossier, act, at, {**target, **change(dossier, at)})
