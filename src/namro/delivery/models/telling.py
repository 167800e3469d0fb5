"""What was told to whom, and what was not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.delivery.terms import Level
from namro.organisation.models import Person, Unit


class Told(models.Model):
    """Tin báo: what a person was told; it stands on their page at once, the other channels follow."""

    event = models.CharField(max_length=160)
    topic = models.CharField(max_length=160)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    instead_of = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, help_text="who is away"
    )
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    title = models.CharField(max_length=300)
    reason = models.CharField(max_length=300, help_text="why this person")
    body = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True, help_text="the page it leads to")
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    confidential = models.BooleanField(default=False)
    at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    out_after = models.DateTimeField(null=True, help_text="no channel beside the page before it")
    read_at = models.DateTimeField(null=True)
    is_routed = models.BooleanField(default=False, help_text="its way by each channel is decided")

    class Meta:
        verbose_name = _("tin báo")
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="told_person"),
            models.Index(fields=["person", "-id"], name="told_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["topic", "id"], name="told_topic"),
            models.Index(fields=["id"], name="told_unrouted", condition=Q(is_routed=False)),
        ]

    def __str__(self) -> str:
        return self.title


class ToldPart(models.Model):
    """Phần của tin gộp: one of the notices that a person was told as one; it has its own event, topic and reason."""

    told = models.ForeignKey(Told, on_delete=models.CASCADE, related_name="parts")
    event = models.CharField(max_length=160)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    topic = models.CharField(max_length=160)
    title = models.CharField(max_length=300)
    reason = models.CharField(max_length=300, help_text="why this person")
    path = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        verbose_name = _("phần của tin gộp")
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="told_part_once")]
        indexes = [models.Index(fields=["topic", "id"], name="told_part_topic")]

    def __str__(self) -> str:
        return self.title


class Untold(models.Model):
    """Tin không báo: a decision not to tell a person, with its reason."""

    event = models.CharField(max_length=160)
    topic = models.CharField(max_length=160)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("tin không báo")
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="untold_once")]
        indexes = [models.Index(fields=["topic", "id"], name="untold_topic")]

    def __str__(self) -> str:
        return f"{self.event}: {self.reason}"
