"""What happened, appended only, and what is derived from it: states by day and counts by day."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from namro.organisation.models import Person, Unit
from namro.tasks.models.work import Register, Task
from namro.tasks.terms import OVERDUE_STATES, State


class Moment(models.Model):
    """Mốc: one act in the life of a task; appended, never changed (a trigger refuses it)."""

    client_id = models.UUIDField(unique=True, null=True)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="moments")
    verb = models.CharField(max_length=20)
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    from_stage = models.CharField(max_length=12, blank=True)
    to_stage = models.CharField(max_length=12, blank=True)
    due_day = models.DateField(
        null=True, help_text="the due date that holds after this act, where it sets one"
    )
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("mốc của nhiệm vụ")
        ordering = ["task_id", "id"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.verb} {self.task_id}"


class Span(models.Model):
    """Khoảng trạng thái: a state a task holds from a day to a day (exclusive); derived from its moments."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="spans")
    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="+")
    lead_unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    is_marked = models.BooleanField()
    state = models.CharField(max_length=20, choices=State.choices)
    start = models.DateField()
    end = models.DateField()

    class Meta:
        verbose_name = _("khoảng trạng thái")
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="span_not_empty")]
        indexes = [
            models.Index(fields=["lead_unit", "register", "start"], name="span_unit"),
            models.Index(fields=["start", "task"], name="span_start"),
            models.Index(fields=["register", "start", "task"], name="span_register_start"),
            # What was late on a past day, read from the index alone.
            models.Index(
                fields=["lead_unit", "start", "end", "task", "is_marked"],
                name="span_unit_late",
                condition=Q(state__in=OVERDUE_STATES),
            ),
            models.Index(
                fields=["start", "task"],
                include=["end"],
                name="span_late",
                condition=Q(state__in=OVERDUE_STATES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.state} {self.start} – {self.end}"


class RunningCount(models.Model):
    """How many tasks of a register hold each state from a day on, until the next row; derived."""

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    is_marked = models.BooleanField()
    day = models.DateField()
    not_started = models.IntegerField()
    not_started_late = models.IntegerField()
    in_progress = models.IntegerField()
    in_progress_late = models.IntegerField()
    done = models.IntegerField()
    done_late = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.register_id}/{self.unit_id} {self.day}"


class Tally(RunningCount):
    """Sổ đếm: the running count of the tasks that a unit itself leads."""

    class Meta:
        verbose_name = _("sổ đếm nhiệm vụ")
        constraints = [
            models.UniqueConstraint(fields=["register", "unit", "is_marked", "day"], name="tally_unique"),
        ]


class TallyBelow(RunningCount):
    """Sổ đếm cấp dưới: the running count of the tasks led by all units that stand below a unit, without its own."""

    class Meta:
        verbose_name = _("sổ đếm nhiệm vụ cấp dưới")
        constraints = [
            models.UniqueConstraint(
                fields=["register", "unit", "is_marked", "day"], name="tally_below_unique"
            ),
        ]
