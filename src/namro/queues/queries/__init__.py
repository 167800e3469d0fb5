"""Reads of the queues: offices, who waits, what was told and came true, the rhythm as it was counted."""

from namro.queues.queries.appointments import appointment, free_slots, offered_days
from namro.queues.queries.forecast import Forecast, calibration_of, forecast, standing
from namro.queues.queries.hall import (
    Board,
    Hall,
    board,
    given_without_a_line,
    hall,
    mine_without_a_line,
    waiting_by_office,
)
from namro.queues.queries.history import (
    Coverage,
    Page,
    Sought,
    coverage,
    days_of,
    first_counted,
    months_of,
    tickets_page,
    uncalled,
)
from namro.queues.queries.offices import office_of, offices_in_reach
from namro.queues.queries.rhythm import Counted, rhythm_of_office
from namro.queues.queries.tickets import Place, place_of, ticket

__all__ = [
    "Board",
    "Counted",
    "Coverage",
    "Forecast",
    "Hall",
    "Page",
    "Place",
    "Sought",
    "appointment",
    "board",
    "calibration_of",
    "coverage",
    "days_of",
    "first_counted",
    "forecast",
    "free_slots",
    "given_without_a_line",
    "hall",
    "mine_without_a_line",
    "months_of",
    "offered_days",
    "office_of",
    "offices_in_reach",
    "place_of",
    "rhythm_of_office",
    "standing",
    "ticket",
    "tickets_page",
    "uncalled",
    "waiting_by_office",
]
