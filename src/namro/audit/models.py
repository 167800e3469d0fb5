"""The audit log and its chain: appended, never changed (triggers in the database refuse it)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """Dòng nhật ký: who did what to which row, with the values before and after."""

    at = models.DateTimeField()
    day = models.DateField(help_text="working day by the house clock")
    by_id = models.BigIntegerField(null=True, help_text="person; empty means the machine")
    by_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60, help_text="app.model of the row")
    key = models.CharField(max_length=80, help_text="primary key of the row, as text")
    label = models.CharField(max_length=300, blank=True)
    unit_code = models.CharField(max_length=40, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    ground = models.TextField(blank=True, help_text="the stated reason or document")

    class Meta:
        verbose_name = _("dòng nhật ký")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["kind", "key", "-id"], name="audit_entry_row"),
            models.Index(fields=["by_id", "-id"], name="audit_entry_by"),
            models.Index(fields=["unit_code", "-id"], name="audit_entry_unit"),
            models.Index(fields=["verb", "-id"], name="audit_entry_verb"),
            models.Index(fields=["day", "-id"], name="audit_entry_day"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.by_name} {self.verb} {self.kind}:{self.key}"


class Link(models.Model):
    """Mắt xích nhật ký: the seal of one line, made of its content and of the link before it; appended only."""

    seq = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    sealed_at = models.DateTimeField(db_index=True)
    hash = models.CharField(max_length=64, help_text="SHA-256 of the line and of the hash before it")

    class Meta:
        verbose_name = _("mắt xích nhật ký")
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.entry_id}"
