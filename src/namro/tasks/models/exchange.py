"""What people send about a task: requests for time, reports, evidence, words."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from namro.organisation.models import Person
from namro.tasks.models.history import Moment
from namro.tasks.models.work import Task
from namro.tasks.terms import ExtensionStatus


class Extension(models.Model):
    """Gia hạn: a move of the due date, asked, granted or refused; it names who granted it and on which document."""

    client_id = models.UUIDField(unique=True)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="extensions")
    status = models.CharField(max_length=10, choices=ExtensionStatus.choices)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    asked_day = models.DateField()
    reason = models.TextField()
    due_before = models.DateField()
    due_after = models.DateField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_day = models.DateField(null=True)
    granted_by = models.CharField(
        max_length=200, blank=True, help_text="the authority, as the document names it"
    )
    document = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        verbose_name = _("gia hạn")
        ordering = ["asked_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_after__gt=F("due_before")), name="extension_moves_forward"
            ),
            models.CheckConstraint(
                condition=~Q(status="granted") | (~Q(granted_by="") & ~Q(document="")),
                name="extension_names_its_ground",
            ),
            models.UniqueConstraint(
                fields=["task"], condition=Q(status="asked"), name="extension_one_open_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.due_before:%d/%m/%Y} → {self.due_after:%d/%m/%Y}"


class ProgressReport(models.Model):
    """Báo cáo tiến độ: percentage and words on a day."""

    client_id = models.UUIDField(unique=True)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="progress_reports")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta:
        verbose_name = _("báo cáo tiến độ")
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.task_id} {self.percent} %"


class Evidence(models.Model):
    """Minh chứng: a file that shows a report or a result to be true."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="evidence")
    moment = models.ForeignKey(Moment, on_delete=models.PROTECT, related_name="evidence")
    file = models.FileField(upload_to="evidence/%Y/%m/")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100, help_text="media type found in the content")
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("minh chứng")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """Trao đổi: words said on a task."""

    client_id = models.UUIDField(unique=True)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="comments")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        verbose_name = _("trao đổi")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]
