"""What is given out: registers, directives, tasks, and the units that take part."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from namro.organisation.models import Person, Unit
from namro.tasks.terms import OPEN_STAGES, Involvement, Mark, Proof, Stage


class Register(models.Model):
    """Sổ theo dõi: a list of tasks that is counted as one (of the centre, of the city's committee, of the communes)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    note = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("sổ theo dõi")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.short_name


class Directive(models.Model):
    """Văn bản giao việc: the document by which tasks are given."""

    client_id = models.UUIDField(unique=True)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="directives")
    kind = models.CharField(max_length=60, help_text="nghị quyết, kết luận, kế hoạch, thông báo …")
    number = models.CharField(max_length=80)
    issuer = models.CharField(max_length=200)
    day = models.DateField()
    title = models.CharField(max_length=500)
    file = models.FileField(upload_to="directives/", blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("văn bản giao việc")
        ordering = ["-day", "number"]
        constraints = [
            models.UniqueConstraint(fields=["number", "issuer", "day"], name="directive_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Task(models.Model):
    """Nhiệm vụ: a work owed by a lead unit, with the five clears and where it stands now."""

    client_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=40, unique=True)
    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="tasks")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    # rõ việc: the work
    title = models.CharField(max_length=500)
    detail = models.TextField(blank=True)
    # rõ người: the person
    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    lead_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    supervisor_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # rõ thời gian: the time
    start_day = models.DateField()
    due_day = models.DateField()
    original_due_day = models.DateField()
    # rõ thẩm quyền: the authority
    authority = models.CharField(max_length=300, blank=True)
    escalate_to = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # rõ kết quả: the result
    result = models.TextField(blank=True)
    proof_kind = models.CharField(max_length=10, choices=Proof.choices, default=Proof.PRODUCT)
    proof_indicator = models.CharField(max_length=80, blank=True)
    proof_target = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)

    mark = models.CharField(max_length=12, choices=Mark.choices, default=Mark.NORMAL)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.DRAFT)
    percent = models.PositiveSmallIntegerField(default=0)
    issued_day = models.DateField(null=True, blank=True)
    submitted_day = models.DateField(null=True, blank=True)
    done_day = models.DateField(null=True, blank=True)
    done_late = models.BooleanField(default=False)
    late_from = models.DateField(
        null=True, blank=True, help_text="first day late; empty when the clock does not run"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    synthetic = models.BooleanField(default=False)
    folded = models.TextField(help_text="code, title, detail and result without marks")
    words = models.GeneratedField(
        expression=SearchVector("folded", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name = pgettext_lazy("dòng nhật ký", "nhiệm vụ")
        constraints = [
            models.CheckConstraint(condition=Q(due_day__gte=F("start_day")), name="task_due_after_start"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_percent_at_most_100"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="task_not_its_own_parent"),
        ]
        indexes = [
            models.Index(fields=["due_day", "id"], name="task_due"),
            models.Index(fields=["register", "due_day", "id"], name="task_register_due"),
            models.Index(fields=["lead_unit", "due_day", "id"], name="task_unit_due"),
            models.Index(fields=["due_day", "id"], name="task_open_due", condition=Q(stage__in=OPEN_STAGES)),
            models.Index(
                fields=["register", "due_day", "id"],
                name="task_register_open_due",
                condition=Q(stage__in=OPEN_STAGES),
            ),
            models.Index(
                fields=["lead_unit", "late_from"], name="task_unit_late", condition=Q(late_from__isnull=False)
            ),
            models.Index(
                fields=["late_from", "id"], name="task_late_from", condition=Q(late_from__isnull=False)
            ),
            models.Index(
                fields=["register", "late_from", "id"],
                name="task_register_late_from",
                condition=Q(late_from__isnull=False),
            ),
            models.Index(fields=["stage", "due_day", "id"], name="task_stage_due"),
            models.Index(fields=["lead_unit", "stage", "due_day"], name="task_unit_stage"),
            models.Index(fields=["lead_person", "late_from"], name="task_person"),
            # What the rules of the alerts weigh of a million open tasks, without the words of them.
            models.Index(
                fields=["late_from", "start_day", "id"],
                include=["lead_unit", "stage", "percent"],
                name="task_open_weighed",
                condition=Q(stage__in=OPEN_STAGES),
            ),
            GinIndex(fields=["words"], name="task_words"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Participation(models.Model):
    """Tham gia: a unit that leads or cooperates in a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="participations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    involvement = models.CharField(max_length=12, choices=Involvement.choices)

    class Meta:
        verbose_name = _("tham gia nhiệm vụ")
        constraints = [models.UniqueConstraint(fields=["unit", "task"], name="participation_unique")]

    def __str__(self) -> str:
        return f"{self.unit} {self.involvement} {self.task_id}"
