"""An act that is sent twice: its repetitions wait for it, and then find what it left."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

Given = ParamSpec("Given")
Result = TypeVar("Result")


def once(verb: Callable[Given, Result]) -> Callable[Given, Result]:
    """Run a verb in one transaction, never beside another call of its `client_id`, which is a keyword.

    Who presses twice in one instant sends two calls, neither of which sees what the other has not committed: both
    would write, or one be refused by what the other wrote. In turn, the second finds the row of the first.
    """

    @wraps(verb)
    def in_turn(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        with transaction.atomic():
            take_turn(kwargs["client_id"])
            return verb(*args, **kwargs)

    return in_turn


def take_turn(mark: object) -> None:
    """Wait while another transaction holds the mark (an act's id, a name that one alone may bear), then hold it.

    It is held until the transaction ends; outside of one it would be let go at once, so that is an error.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a turn lasts as long as the transaction: open one")
    number = int.from_bytes(blake2b(str(mark).encode(), digest_size=8).digest(), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
