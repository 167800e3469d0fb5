"""Tables of the intake: declared sources, each batch with its receipt, and the rows that were held back."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.organisation.models import Declared, Person
from namro.sources.catalog.contracts import contract_of
from namro.sources.terms import BatchState, ContractDef, RowState


class Source(Declared):
    """Nguồn: a data contract as its package declares it; `body` is the reviewed file."""

    next_run = models.DateTimeField(null=True, help_text="when it is due; empty: nobody fetches it")

    class Meta(Declared.Meta):
        verbose_name = _("nguồn số liệu")
        indexes = [models.Index(fields=["next_run"], name="source_next_run", condition=Q(is_active=True))]

    @property
    def definition(self) -> ContractDef:
        """The contract as a value."""
        return contract_of(self.body)


class Batch(models.Model):
    """Lô: what came of a source at once, with its receipt; it lands whole or not at all."""

    id = models.UUIDField(primary_key=True, default=uuid4, help_text="made by the sender or of the content")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="batches")
    state = models.CharField(max_length=10, choices=BatchState.choices)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    rows_in = models.PositiveBigIntegerField(default=0)
    rows_landed = models.PositiveBigIntegerField(default=0)
    rows_quarantined = models.PositiveBigIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    cursor = models.CharField(max_length=100, blank=True, help_text="how far an incremental source was read")
    snapshot = models.BigIntegerField(null=True, help_text="of the lake's table")
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    months = ArrayField(models.CharField(max_length=7), default=list, help_text="YYYY-MM, touched")
    error = models.TextField(blank=True)
    origin = models.CharField(max_length=300, help_text="file or address, without secrets")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("lô số liệu")
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["source", "-started_at"], name="batch_source")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=BatchState.RUNNING, ended_at=None) | Q(ended_at__isnull=False),
                name="batch_ended_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin}: {self.state}"


class QuarantinedRow(models.Model):
    """Dòng cách ly: a row that broke its contract, why, and what became of it."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="quarantined")
    row = models.BigIntegerField(help_text="number in the batch, from 1")
    body = models.JSONField(help_text="as it came, by column; personal columns hashed or left out")
    reasons = models.JSONField(help_text="sentences")
    state = models.CharField(max_length=10, choices=RowState.choices, default=RowState.OPEN)
    sent_again = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="mended")

    class Meta:
        verbose_name = _("dòng cách ly")
        ordering = ["batch", "row"]
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="quarantined_row_unique")]
        indexes = [models.Index(fields=["batch", "state"], name="quarantined_state")]

    def __str__(self) -> str:
        return f"{self.batch_id} dòng {self.row}"
