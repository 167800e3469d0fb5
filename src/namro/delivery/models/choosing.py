"""How the place delivers, what each person chose, and where machines listen."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.delivery.terms import Channel, Level
from namro.organisation.models import Person, Unit


class Policy(models.Model):
    """Quy chế chuyển tin: hours, channels and what each role must receive, as the package says; one row."""

    code = models.CharField(max_length=40, unique=True)
    body = models.JSONField()

    class Meta:
        verbose_name = _("quy chế chuyển tin")

    def __str__(self) -> str:
        return self.code


class Choice(models.Model):
    """Lựa chọn kênh: whether a person hears of a level by a channel, where it differs from the place's rule."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    wanted = models.BooleanField()

    class Meta:
        verbose_name = _("lựa chọn kênh")
        constraints = [
            models.UniqueConstraint(fields=["person", "level", "channel"], name="choice_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.level} {self.channel}: {self.wanted}"


class Endpoint(models.Model):
    """Điểm nhận: a webhook of a person or a unit, set by the administrators; its secret is derived, never stored."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    url = models.URLField(max_length=500)
    level = models.PositiveSmallIntegerField(
        choices=Level.choices, default=Level.WARNING, help_text="from this level up"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("điểm nhận webhook")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(unit__isnull=False), name="endpoint_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.unit)


class CalendarLink(models.Model):
    """Liên kết lịch: a link by which a calendar program reads what a person owes; only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token")
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("liên kết lịch")
        indexes = [models.Index(fields=["person", "-made_at"], name="calendar_link_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.made_at:%d/%m/%Y}"
