"""Calls made in one instant, each on a connection of its own."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

from django.db import connection

SECONDS = 600  # a busy machine may take long; whoever is still awaited then never comes


def together(calls: Sequence[Callable[[], object]]) -> list[Any]:
    """Make the calls at the same moment; what came of each, be it an answer or a fault, in the order of their ends."""
    gate, got = Barrier(len(calls), timeout=SECONDS), []

    def make(call: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            gate.wait()
            got.append(call())
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is what came of the call
            got.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=make, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got
