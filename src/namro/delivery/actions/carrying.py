"""The run of the delivery: decide ways, gather what is due, send."""

from namro.delivery.actions.gathering import gather
from namro.delivery.actions.routing import route
from namro.delivery.actions.sending import send_due
from namro.delivery.queries import policy


def carry() -> dict[str, int]:
    """Carry what is due; any number of runs side by side tell nobody twice. Returns how much of each."""
    rule = policy()
    return {"routed": route(rule), "gathered": gather(rule), "sent": send_due(rule)}
