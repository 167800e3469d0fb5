"""Tables of the tasks."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from namro.organisation.models import Person, Unit
from namro.tasks.terms import OPEN_STAGES, ExtensionStatus, Involvement, Mark, Proof, Stage, State


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
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.state} {self.start} – {self.end}"


class Tally(models.Model):
    """Sổ đếm: how many tasks of a unit in a register hold each state from a day on, until the next row; derived."""

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
        verbose_name = _("sổ đếm nhiệm vụ")
        constraints = [
            models.UniqueConstraint(fields=["register", "unit", "is_marked", "day"], name="tally_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.register_id}/{self.unit_id} {self.day}"


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


class Rulebook(models.Model):
    """Sách quy tắc: the reviewed lists of a package by which a task's text is read (the clears, the vague words)."""

    code = models.CharField(max_length=40, unique=True)
    body = models.JSONField()

    class Meta:
        verbose_name = _("sách quy tắc")

    def __str__(self) -> str:
        return self.code


class ImportBatch(models.Model):
    """Lượt nhập Excel: a sheet sent in, kept between the preview of its rows and the word to write the good ones."""

    client_id = models.UUIDField(unique=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m/")
    written_at = models.DateTimeField(null=True, blank=True)
    written = models.PositiveIntegerField(default=0, help_text="tasks made of good rows")
    issued = models.PositiveIntegerField(default=0, help_text="of these, issued at once")

    class Meta:
        verbose_name = _("lượt nhập Excel")
        indexes = [models.Index(fields=["by", "-at"], name="import_batch_by")]

    def __str__(self) -> str:
        return self.name
