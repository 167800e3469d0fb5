"""Verbs of the queues: take a number, call it and what follows, book, open a counter, catch up, load, fill history."""

from namro.queues.actions.booking import book, cancel
from namro.queues.actions.calling import act_on_ticket, call_next, leave
from namro.queues.actions.catching import OfflineAct, Outcome, catch_up
from namro.queues.actions.counters import close_counter, open_counter, set_services
from namro.queues.actions.history import seed_histories, seed_history
from namro.queues.actions.holding import may_act
from namro.queues.actions.issuing import Wanted, code_of_day, holds_code, issue_ticket
from namro.queues.actions.loading import load_package

__all__ = [
    "OfflineAct", "Outcome", "Wanted", "act_on_ticket", "book", "call_next", "cancel", "catch_up", "close_counter",
    "code_of_day", "holds_code", "issue_ticket", "leave", "load_package", "may_act", "open_counter", "seed_histories",
    "seed_history", "set_services",
]  # fmt: skip
