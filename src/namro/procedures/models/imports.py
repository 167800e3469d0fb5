"""Imports: a file of records between its coming in and its being published by a person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.organisation.models import Person
from namro.procedures.terms import Change, ImportState


class ProcedureImport(models.Model):
    """Lô nhập thủ tục: a file that was sent in or came with the package, what it would change, and who published it."""

    client_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    source_as_of = models.CharField(max_length=60, blank=True, help_text="when the source said so, in words")
    is_complete = models.BooleanField(help_text="codes that are not in the file end")
    from_package = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.RECEIVED)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    records = models.PositiveIntegerField()
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, help_text="lines not taken: line, what, raw")

    class Meta:
        verbose_name = _("lô nhập thủ tục")
        indexes = [models.Index(fields=["-received_at", "-id"], name="procedure_import_at")]

    def __str__(self) -> str:
        return self.name


class ProcedureChange(models.Model):
    """Thay đổi chờ công bố: what an import would do to one procedure; the version it would follow is `base`."""

    batch = models.ForeignKey(ProcedureImport, on_delete=models.CASCADE, related_name="changes")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=2000)
    kind = models.CharField(max_length=8, choices=Change.choices)
    parts = models.JSONField(default=list, help_text="the parts that differ from the base")
    body = models.JSONField(null=True, help_text="the new record; none where the procedure ends")
    base = models.ForeignKey(
        "procedures.ProcedureVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("thay đổi chờ công bố")
        constraints = [
            models.UniqueConstraint(fields=["batch", "code"], name="procedure_change_once"),
            models.CheckConstraint(
                condition=Q(kind=Change.ENDED, body__isnull=True)
                | (~Q(kind=Change.ENDED) & Q(body__isnull=False)),
                name="procedure_change_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind}"
