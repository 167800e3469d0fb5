"""Where people wait: an office, what they come for, and the counters."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.queues.catalog import from_body
from namro.queues.terms import Priority, Rhythm, Turns


class Office(models.Model):
    """Nơi xếp hàng: the one-stop office of a unit, its hours, its order of turns and its usual rhythm."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(
        max_length=43, unique=True, help_text="what a kiosk shows to be one of this office"
    )
    hours = models.JSONField(help_text="minutes of the day from which to which it works")
    slot_minutes = models.PositiveSmallIntegerField()
    booking_days = models.PositiveSmallIntegerField(help_text="working days ahead for which one may book")
    most_waiting = models.PositiveSmallIntegerField()
    near = models.PositiveSmallIntegerField(help_text="with so few ahead the turn is near")
    level = models.FloatField(help_text="share of waits that shall fall inside the interval told")
    booked_head = models.FloatField(help_text="minutes an appointment is ahead of its time")
    grace = models.FloatField(help_text="minutes an appointment may come late")
    priorities = models.JSONField(help_text="priority classes: code, name, name_en, head_start")
    rhythm = models.JSONField(help_text="the rhythm that the package states")
    online = models.FloatField(help_text="share of dossiers online on a usual day")
    booked = models.FloatField(help_text="share of visits by appointment on a usual day")

    class Meta:
        verbose_name = _("nơi xếp hàng")

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def halves(self) -> tuple[tuple[float, float], ...]:
        """The hours as minutes of the day."""
        return tuple((float(opens), float(closes)) for opens, closes in self.hours)

    @property
    def classes(self) -> list[Priority]:
        """The priority classes."""
        return [Priority(**each) for each in self.priorities]

    @property
    def turns(self) -> Turns:
        """How turns are given."""
        return Turns(
            self.booked_head, self.grace, tuple((each.code, float(each.head_start)) for each in self.classes)
        )

    def stated_rhythm(self) -> Rhythm:
        """The rhythm as the package states it."""
        return from_body(self.rhythm, halves=self.halves, slot_minutes=self.slot_minutes, turns=self.turns)


class Service(models.Model):
    """Nhóm việc: what people come to an office for; its letter heads their numbers."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="services")
    code = models.CharField(max_length=40)
    letter = models.CharField(max_length=1)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    minutes = models.FloatField(help_text="how long it usually takes")
    places = models.PositiveSmallIntegerField(help_text="appointments a slot")
    order = models.PositiveSmallIntegerField()
    is_offered = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("nhóm việc của nơi xếp hàng")
        ordering = ["office_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], name="queue_service_code"),
            models.UniqueConstraint(fields=["office", "letter"], name="queue_service_letter"),
        ]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """Quầy: a place at which people are served; who works there opened it."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="counters")
    number = models.PositiveSmallIntegerField()
    services = ArrayField(models.CharField(max_length=40))
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(
        null=True, help_text="the day on which it was opened; it is closed on every other"
    )

    class Meta:
        verbose_name = _("quầy")
        ordering = ["office_id", "number"]
        constraints = [models.UniqueConstraint(fields=["office", "number"], name="queue_counter_number")]

    def __str__(self) -> str:
        return f"quầy {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether somebody works there today."""
        return self.opened_on == clock.today()
