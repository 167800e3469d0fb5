"""Who waits: appointments, tickets, and what was done to a ticket (appended only)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.organisation.models import Person
from namro.queues.models.office import Counter, Office, Service
from namro.queues.terms import AT_COUNTER, Booking, Channel, State


class Appointment(models.Model):
    """Lịch hẹn: a slot of a service that somebody took; of the person only a digest of the telephone number is kept."""

    client_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=10, unique=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    slot = models.PositiveSmallIntegerField(help_text="minute of the day")
    state = models.CharField(max_length=10, choices=Booking.choices, default=Booking.BOOKED)
    phone_digest = models.CharField(max_length=64)
    phone_tail = models.CharField(max_length=3)
    dossier_code = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lịch hẹn")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "day", "phone_digest"], name="appointment_one_a_day",
                condition=Q(state=Booking.BOOKED),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["office", "day", "slot"], name="appointment_slot")]

    def __str__(self) -> str:
        return self.code


class Ticket(models.Model):
    """Phiếu số thứ tự: a number of a day, its turn, where it stands, and the wait that was told with it."""

    client_id = models.UUIDField(unique=True)
    key = models.CharField(max_length=22, unique=True, help_text="leads to its page; nobody can guess it")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.CharField(max_length=8)
    serial = models.PositiveIntegerField(help_text="running number of the office's day")
    priority = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    appointment = models.OneToOneField(
        Appointment, null=True, on_delete=models.PROTECT, related_name="ticket"
    )
    dossier_code = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    counter = models.ForeignKey(Counter, null=True, on_delete=models.PROTECT, related_name="+")
    calls = models.PositiveSmallIntegerField(default=0)
    issued_at = models.DateTimeField()
    turn = models.FloatField(help_text="minute of the day as of which the person counts as having come")
    called_at = models.DateTimeField(null=True, help_text="the first call")
    last_call_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    expected = models.FloatField(help_text="minutes until the call, as expected when it was taken")
    told_low = models.PositiveSmallIntegerField(help_text="minutes")
    told_high = models.PositiveSmallIntegerField(help_text="minutes")
    is_calibrated = models.BooleanField(help_text="whether history made the interval")
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("phiếu số thứ tự")
        constraints = [
            models.UniqueConstraint(fields=["office", "day", "number"], name="ticket_number_of_day"),
            models.UniqueConstraint(fields=["office", "day", "serial"], name="ticket_serial_of_day"),
            models.UniqueConstraint(
                fields=["counter", "day"], name="ticket_one_at_a_counter", condition=Q(state__in=AT_COUNTER)
            ),
            models.CheckConstraint(
                condition=Q(counter__isnull=False) | ~Q(state__in=AT_COUNTER),
                name="ticket_called_to_a_counter",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "day", "turn", "serial"],
                name="ticket_waiting",
                condition=Q(state=State.WAITING),
            ),
            models.Index(fields=["office", "-day", "-serial"], name="ticket_of_day"),
            models.Index(
                fields=["office", "-called_at"], name="ticket_called", condition=Q(called_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class TicketMoment(models.Model):
    """Mốc của phiếu: one act on a ticket; appended, never changed (a trigger refuses it)."""

    client_id = models.UUIDField(unique=True, null=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="moments")
    verb = models.CharField(max_length=10)
    at = models.DateTimeField()
    heard_at = models.DateTimeField(help_text="when the house heard of it: later, if the line was cut")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    counter = models.ForeignKey(Counter, null=True, on_delete=models.PROTECT, related_name="+")
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("mốc của phiếu")
        ordering = ["ticket_id", "id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.ticket_id}"
