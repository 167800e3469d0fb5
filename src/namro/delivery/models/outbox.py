"""The outbox: which notice goes by which channel when, the messages they were gathered into, each try to send one."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.delivery.models.choosing import Endpoint
from namro.delivery.models.telling import Told
from namro.delivery.terms import Channel, Dropped, Level, MessageState
from namro.organisation.models import Person


class Message(models.Model):
    """Thư gửi: one message with all that was due for one receiver by one channel, known there by its id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    endpoint = models.ForeignKey(Endpoint, null=True, on_delete=models.PROTECT, related_name="messages")
    level = models.PositiveSmallIntegerField(choices=Level.choices, help_text="the highest in it")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(help_text="while one sends it: when another may take it over")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("thư gửi")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(endpoint__isnull=False), name="message_one_receiver"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-level", "next_try_at"], name="message_queued", condition=Q(state="queued")
            ),
            models.Index(fields=["-made_at", "id"], name="message_dead", condition=Q(state="dead")),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} → {self.person or self.endpoint}"


class Delivery(models.Model):
    """Lượt chuyển: a notice by one channel: when it is due, the message it went in, or why it did not go."""

    told = models.ForeignKey(Told, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    endpoint = models.ForeignKey(Endpoint, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="deliveries")
    dropped = models.CharField(max_length=20, choices=Dropped.choices, blank=True)

    class Meta:
        verbose_name = _("lượt chuyển tin")
        constraints = [
            models.UniqueConstraint(
                fields=["told", "channel", "endpoint"], nulls_distinct=False, name="delivery_once"
            ),
            models.CheckConstraint(
                condition=Q(dropped="", due_at__isnull=False) | (~Q(dropped="") & Q(message__isnull=True)),
                name="delivery_due_or_dropped",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="delivery_waiting", condition=Q(message__isnull=True, dropped="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.told_id} {self.channel}"


class Attempt(models.Model):
    """Lần gửi: one try to send a message; without an end it was cut off, and nobody knows whether it arrived."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("lần gửi")
        ordering = ["message", "number"]
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="attempt_unique")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.number}"
