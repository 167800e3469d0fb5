"""Tables of the reports: the declared templates, and the reports that units have sent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.ground.period import Kind, Period
from namro.organisation.models import Declared, Person, Unit
from namro.reports.catalog.templates import TemplateDef, template_of
from namro.reports.formulas.freezing import seal_of, thawed
from namro.reports.terms import Report


class Template(Declared):
    """Mẫu báo cáo: a report as its package declares it; `body` is the reviewed file."""

    class Meta(Declared.Meta):
        verbose_name = _("mẫu báo cáo")

    @property
    def definition(self) -> TemplateDef:
        """The template as a value."""
        return template_of(self.body)


class SentReport(models.Model):
    """Báo cáo đã gửi: a report as a unit sent it for a period, locked; a correction is a new version with a reason."""

    client_id = models.UUIDField(unique=True, help_text="made by the sender, so that a retry does not double")
    template = models.CharField(max_length=60)
    template_version = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period_kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    period_start = models.DateField()
    period = models.CharField(max_length=10, help_text="key of the period")
    version = models.PositiveIntegerField()
    reason = models.TextField(blank=True, help_text="why an earlier version is corrected")
    due_day = models.DateField()
    as_of = models.DateField()
    body = models.JSONField(help_text="the whole report, frozen")
    seal = models.CharField(max_length=64, help_text="SHA-256 of the body")
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sent_day = models.DateField(help_text="day of sent_at in Việt Nam")

    class Meta:
        verbose_name = _("báo cáo đã gửi")
        ordering = ["template", "period_start", "unit", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "unit", "period_kind", "period_start", "version"],
                name="sent_report_version_unique",
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="correction_has_a_reason"),
        ]
        indexes = [models.Index(fields=["unit", "template", "period_start"], name="sent_report_unit")]

    def __str__(self) -> str:
        return f"{self.template} {self.period}, bản {self.version}"

    @property
    def when(self) -> Period:
        """Its period as a value."""
        return Period(Kind(self.period_kind), self.period_start)

    @property
    def is_late(self) -> bool:
        """Whether it came in after it was due; asked of the first version."""
        return self.sent_day > self.due_day

    @property
    def is_whole(self) -> bool:
        """Whether the body is the one that was sealed."""
        return seal_of(self.body) == self.seal

    @property
    def report(self) -> Report:
        """The report as it was sent."""
        return thawed(self.body)
