"""Tables of the queues."""

from namro.queues.models.office import Counter, Office, Service
from namro.queues.models.people import Appointment, Ticket, TicketMoment

__all__ = ["Appointment", "Counter", "Office", "Service", "Ticket", "TicketMoment"]
