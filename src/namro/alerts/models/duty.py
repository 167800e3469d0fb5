"""Who is on duty: of which unit, for which service group, on which days and in which shift."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from namro.alerts.terms import Shift
from namro.organisation.models import Person, Unit


class Duty(models.Model):
    """Ca trực: a person who hears and answers for a unit's alerts on some days; it is never deleted."""

    client_id = models.UUIDField(unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    group = models.CharField(max_length=40, blank=True, help_text="service group; empty: all of them")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField(help_text="the day on which it ends, itself on duty")
    shift = models.CharField(max_length=8, choices=Shift.choices, default=Shift.WHOLE)
    note = models.TextField(blank=True)
    taken_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="given_to", help_text="handed over from"
    )
    set_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    is_ended = models.BooleanField(default=False, help_text="taken back before it began")

    class Meta:
        verbose_name = _("ca trực")
        ordering = ["first", "shift", "id"]
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="duty_has_days")]
        indexes = [
            models.Index(fields=["unit", "last"], name="duty_unit", condition=Q(is_ended=False)),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.first:%d/%m/%Y}–{self.last:%d/%m/%Y}"
