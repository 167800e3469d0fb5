"""What the index needs beside the dossiers: its declaration, announcements of procedures, national counts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.ground.period import Kind
from namro.organisation.models import Unit
from namro.procedures.models import Procedure
from namro.quality.catalog import scheme_of
from namro.quality.terms import Scheme


class QualityIndex(models.Model):
    """Bộ chỉ số phục vụ: the index as the package declares it, with the readings that the city takes."""

    code = models.CharField(max_length=40, unique=True)
    version = models.PositiveIntegerField()
    body = models.JSONField()

    class Meta:
        verbose_name = _("bộ chỉ số phục vụ")

    def __str__(self) -> str:
        return self.code

    @property
    def scheme(self) -> Scheme:
        """The index as the program reads it."""
        return scheme_of(self.body)


class Announcement(models.Model):
    """Quyết định công bố thủ tục: when a change of a procedure was decided and published, and by when it had to be."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", help_text="who announces")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    effective_on = models.DateField(help_text="its legal basis takes effect")
    decided_on = models.DateField()
    decide_by = models.DateField(help_text="5 working days before the legal basis takes effect")
    published_on = models.DateField(null=True)
    publish_by = models.DateField(help_text="5 working days after the decision")
    whole_since = models.DateField(null=True, help_text="since when all parts are published")
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("quyết định công bố thủ tục")
        constraints = [
            models.UniqueConstraint(fields=["unit", "number", "procedure"], name="announcement_once"),
        ]
        indexes = [models.Index(fields=["unit", "decided_on"], name="announcement_of_unit")]

    def __str__(self) -> str:
        return self.number


class ReportedCount(models.Model):
    """Số tiếp nhận theo báo cáo quốc gia: how many dossiers of a unit the national report has for a month or a year."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period_kind = models.CharField(max_length=8)
    period_start = models.DateField()
    received = models.PositiveIntegerField()
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("số tiếp nhận theo báo cáo quốc gia")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period_kind", "period_start"], name="reported_count_once"
            ),
            models.CheckConstraint(
                condition=Q(period_kind__in=[Kind.MONTH.value, Kind.YEAR.value]), name="reported_count_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period_start}"
