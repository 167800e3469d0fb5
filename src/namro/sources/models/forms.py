"""Tables of the sources: declared forms, what was sent on them, what does not add up, runs of the feeds."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.ground.period import Kind, Period
from namro.organisation.models import Declared, Person, Unit
from namro.sources.catalog.forms import form_of
from namro.sources.terms import CheckKind, FormDef

KINDS = [(kind.value, kind.value) for kind in Kind]


class Form(Declared):
    """Biểu: a form as its package declares it; `body` is the reviewed file."""

    class Meta(Declared.Meta):
        verbose_name = _("biểu")

    @property
    def definition(self) -> FormDef:
        """The form as a value."""
        return form_of(self.body)


class Submission(models.Model):
    """Bản nộp biểu: what a unit sent for a period; a correction is a new version, and what was sent before stays."""

    client_id = models.UUIDField(unique=True, help_text="made by the sender, so that a retry does not double")
    form = models.CharField(max_length=60)
    form_version = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period_kind = models.CharField(max_length=10, choices=KINDS)
    period_start = models.DateField()
    period = models.CharField(max_length=10, help_text="key of the period")
    version = models.PositiveIntegerField()
    values = models.JSONField(help_text="exact numbers as text, by field")
    as_of = models.DateField(help_text="the day for which the values are stated")
    due_day = models.DateField()
    submitted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    submitted_day = models.DateField(help_text="day of submitted_at in Việt Nam")
    source = models.CharField(max_length=300, blank=True, help_text="the document it was taken from, if any")
    synthetic = models.BooleanField(default=False, help_text="made by the demo's generator")

    class Meta:
        verbose_name = _("bản nộp biểu")
        ordering = ["form", "period_start", "unit", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "unit", "period_kind", "period_start", "version"],
                name="submission_version_unique",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="submission_version_from_one"),
        ]
        indexes = [
            models.Index(fields=["unit", "form", "period_start"], name="submission_unit"),
            models.Index(fields=["submitted_day"], name="submission_day"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.period}, bản {self.version}"

    @property
    def when(self) -> Period:
        """Its period as a value."""
        return Period(Kind(self.period_kind), self.period_start)

    @property
    def known_on(self) -> date:
        """The day since which the house knows these values: sent, and the day they speak of has come."""
        return max(self.as_of, self.submitted_day)


class Finding(models.Model):
    """Phát hiện: a check that does not hold on what was sent; closed by the correction that mends it, never erased."""

    form = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period_kind = models.CharField(max_length=10, choices=KINDS)
    period_start = models.DateField()
    period = models.CharField(max_length=10)
    check_code = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in CheckKind])
    fields = models.JSONField(help_text="codes of the fields in doubt")
    stated = models.DecimalField(max_digits=30, decimal_places=10)
    expected = models.DecimalField(max_digits=30, decimal_places=10)
    difference = models.DecimalField(max_digits=30, decimal_places=10, help_text="stated minus expected")
    text = models.TextField()
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="findings")
    opened_day = models.DateField()
    closed_day = models.DateField(null=True)
    closed_by = models.ForeignKey(Submission, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("phát hiện")
        ordering = ["form", "period_start", "unit", "check_code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "unit", "period_kind", "period_start", "check_code", "submission"],
                name="finding_unique",
            ),
        ]
        indexes = [models.Index(fields=["unit", "closed_day"], name="finding_unit")]

    def __str__(self) -> str:
        return self.text


class FeedRun(models.Model):
    """Lần lấy số liệu: how a feed ran for a day; a feed that fails is shown, and the river goes on without it."""

    feed = models.CharField(max_length=40)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=[("ok", "ok"), ("failed", "failed")])
    rows = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    ended_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lần lấy số liệu")
        ordering = ["-day", "feed"]
        constraints = [models.UniqueConstraint(fields=["feed", "day"], name="feed_run_unique")]

    def __str__(self) -> str:
        return f"{self.feed} {self.day:%d/%m/%Y}: {self.state}"
