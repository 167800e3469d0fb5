"""The state table of a ticket, and the sentences that refuse."""

from dataclasses import dataclass
from datetime import date

from namro.ground.days import format_day
from namro.organisation.terms import Refused
from namro.queues.terms import AT_COUNTER, State, Verb


@dataclass(frozen=True)
class Transition:
    """A row of the state table: a verb, from which states to which; `holder`: only at the ticket's own counter."""

    verb: Verb
    sources: tuple[State, ...]
    target: State
    holder: bool = True


TRANSITIONS: tuple[Transition, ...] = (
    Transition(Verb.CALL, (State.WAITING, State.HELD), State.CALLED, holder=False),
    Transition(Verb.RECALL, (State.CALLED,), State.CALLED),
    Transition(Verb.SERVE, (State.CALLED,), State.SERVING),
    Transition(Verb.FINISH, AT_COUNTER, State.DONE),
    Transition(Verb.HOLD, AT_COUNTER, State.HELD),
    Transition(Verb.NO_SHOW, (State.CALLED,), State.NO_SHOW),
    Transition(Verb.TRANSFER, AT_COUNTER, State.WAITING),
    Transition(Verb.RETURN, (State.NO_SHOW, State.LEFT), State.WAITING, holder=False),
    Transition(Verb.LEAVE, (State.WAITING, State.HELD), State.LEFT, holder=False),
)
BY_VERB: dict[str, Transition] = {row.verb: row for row in TRANSITIONS}


@dataclass(frozen=True)
class Standing:
    """What the rules need to know of a ticket: its number, day, state, and the counter at which it stands."""

    number: str
    day: date
    state: str
    counter: int | None = None


def check_can(verb: Verb, ticket: Standing, *, counter: int | None, today: date) -> Transition:
    """Refuse in a sentence unless the verb may be done to the ticket at this counter now; return its row."""
    row = BY_VERB[verb]
    if ticket.day != today:
        raise Refused(f"Số {ticket.number} là số của ngày {format_day(ticket.day)}; hãy lấy số mới.")
    if ticket.state not in row.sources:
        raise Refused(_why_not(ticket))
    if row.holder and ticket.counter != counter:
        raise Refused(f"Số {ticket.number} đang ở quầy {ticket.counter}; chỉ quầy đó làm được việc này.")
    return row


def can(verb: Verb, ticket: Standing, *, counter: int | None, today: date) -> bool:
    """Whether to show the button: the same rule as `check_can`."""
    try:
        check_can(verb, ticket, counter=counter, today=today)
    except Refused:
        return False
    return True


def check_free(counter: int, held: str | None) -> None:
    """Refuse a call from a counter at which somebody still stands; `held` is that ticket's number."""
    if held is not None:
        raise Refused(
            f"Quầy {counter} còn số {held} chưa xong; hãy bấm Xong, Tạm giữ hoặc Gọi không thấy trước."
        )


def _why_not(ticket: Standing) -> str:
    if ticket.state in AT_COUNTER:
        return f"Số {ticket.number} đã được quầy {ticket.counter} gọi; hãy gọi số tiếp theo."
    label = str(State(ticket.state).label).lower()
    return f"Số {ticket.number} đang ở trạng thái «{label}» nên không làm được việc này."
