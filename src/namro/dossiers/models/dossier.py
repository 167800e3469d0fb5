"""The dossier itself: one row says where it stands; what happened to it stands in its events."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from namro.dossiers.models.people import Applicant
from namro.dossiers.models.routes import DeskStep
from namro.dossiers.terms import FILED, HELD, RUNNING, WAITING, Channel, Outcome, State
from namro.organisation.models import Person, Unit
from namro.procedures.models import Procedure, ProcedureVersion

RUNS = Q(state__in=RUNNING)
WAITS = Q(state__in=WAITING)
IS_HELD = Q(state__in=HELD)
IS_FILED = Q(state__in=FILED)
# What is not received or settled yet stands in no index of its moment: a burst of filings writes the fewer.
IS_RECEIVED, IS_FINISHED = Q(received_at__isnull=False), Q(finished_at__isnull=False)


class Dossier(models.Model):
    """Hồ sơ: what somebody filed for a procedure, under the text that held on that day."""

    client_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=40, null=True, db_collation="C", help_text="none for a draft")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="the text it was filed under",
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", db_index=False, help_text="settles it"
    )
    received_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", db_index=False, help_text="anywhere in the city"
    )
    applicant = models.ForeignKey(
        Applicant, null=True, on_delete=models.PROTECT, related_name="dossiers", db_index=False
    )
    channel = models.CharField(max_length=8, choices=Channel.choices)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)

    desk = models.ForeignKey(DeskStep, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    desk_since = models.DateTimeField(null=True)
    desk_due_at = models.DateTimeField(null=True, help_text="its desk's share of the limit ends")
    holder = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    submitted_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True, help_text="on the slip; never changes")
    due_at = models.DateTimeField(null=True, help_text="moves on while the clock stands")
    stopped_since = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True, help_text="decided, refused or withdrawn")
    handed_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField(
        help_text="of its last event: no later one is earlier, however clocks jump"
    )
    late_on = models.DateField(null=True, help_text="the day it became late; never erased")
    supplements = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, null=True)
    limit_words = models.CharField(max_length=200, blank=True, help_text="the limit as the catalogue has it")
    limit_is_default = models.BooleanField(default=False, help_text="no limit could be read from the text")

    fee = models.PositiveBigIntegerField(null=True, help_text="đồng; none: the clerk must say it")
    fee_paid_at = models.DateTimeField(null=True)
    paid_online = models.BooleanField(default=False)

    is_eligible_online = models.BooleanField(default=False)
    needs_paper_result = models.BooleanField(default=False, help_text="the applicant asks for it on paper")
    result_is_electronic = models.BooleanField(default=False)
    is_digitised = models.BooleanField(default=False)
    certified_copies = models.PositiveSmallIntegerField(
        default=0, help_text="electronic ones, counted by the clerk"
    )
    reused_papers = models.PositiveSmallIntegerField(default=0)
    uses_population_data = models.BooleanField(default=False, help_text="of the national database")
    synced_at = models.DateTimeField(null=True, help_text="the national portal has taken it")

    filled = models.JSONField(default=dict, help_text="what the applicant filled in")
    version_no = models.PositiveIntegerField(default=1)
    is_synthetic = models.BooleanField(default=False)
    folded = models.TextField(blank=True, help_text="code, procedure and applicant without marks")
    words = models.GeneratedField(
        expression=SearchVector("folded", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name = _("hồ sơ một cửa")
        constraints = [
            models.UniqueConstraint(fields=["code"], name="dossier_code"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, code__isnull=True)
                | (IS_FILED & Q(code__isnull=False, submitted_at__isnull=False)),
                name="dossier_filed_has_code",
            ),
            models.CheckConstraint(
                condition=~RUNS
                | Q(received_at__isnull=False, promised_at__isnull=False, due_at__isnull=False),
                name="dossier_running_is_promised",
            ),
            models.CheckConstraint(condition=Q(holder__isnull=True) | IS_HELD, name="dossier_held_is_open"),
            models.CheckConstraint(
                condition=Q(stopped_since__isnull=True) | Q(state=State.SUPPLEMENT_ASKED),
                name="dossier_stopped_waits",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="dossier_running", condition=RUNS),
            models.Index(fields=["unit", "due_at", "id"], name="dossier_unit_running", condition=RUNS),
            models.Index(fields=["holder", "due_at", "id"], name="dossier_held", condition=IS_HELD),
            # Where dossiers wait, by unit, desk and person, from the index alone.
            models.Index(
                fields=["unit", "desk", "holder"],
                include=["state", "due_at", "desk_due_at", "late_on"],
                name="dossier_workload",
                condition=RUNS,
            ),
            models.Index(fields=["state", "touched_at", "id"], name="dossier_waiting", condition=WAITS),
            models.Index(
                fields=["unit", "state", "touched_at", "id"], name="dossier_unit_waiting", condition=WAITS
            ),
            models.Index(fields=["submitted_at", "id"], name="dossier_filed", condition=IS_FILED),
            models.Index(
                fields=["unit", "submitted_at", "id"], name="dossier_unit_filed", condition=IS_FILED
            ),
            models.Index(
                fields=["received_unit", "submitted_at", "id"],
                name="dossier_for_others",
                condition=IS_FILED & ~Q(received_unit=F("unit")),
            ),
            models.Index(
                fields=["channel", "submitted_at", "id"], name="dossier_channel", condition=IS_FILED
            ),
            models.Index(fields=["procedure", "submitted_at", "id"], name="dossier_procedure"),
            models.Index(
                fields=["id"], name="dossier_to_synchronise", condition=IS_FILED & Q(synced_at__isnull=True)
            ),
            # What a period of the service index reads: of one unit, and of the whole city.
            models.Index(fields=["unit", "received_at"], name="dossier_unit_received", condition=IS_RECEIVED),
            models.Index(fields=["unit", "finished_at"], name="dossier_unit_finished", condition=IS_FINISHED),
            models.Index(fields=["received_at"], name="dossier_received", condition=IS_RECEIVED),
            models.Index(fields=["finished_at"], name="dossier_finished", condition=IS_FINISHED),
            models.Index(fields=["applicant", "-id"], name="dossier_applicant"),
            models.Index(
                fields=["unit", "late_on", "id"], name="dossier_unit_late", condition=Q(late_on__isnull=False)
            ),
            GinIndex(fields=["words"], name="dossier_words"),
        ]

    def __str__(self) -> str:
        return self.code or f"bản nháp {self.pk}"


class CodeCounter(models.Model):
    """Số hồ sơ trong ngày: the last serial that a unit gave on a day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("số hồ sơ trong ngày")
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="code_counter_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.last}"


class SeedRun(models.Model):
    """Đợt hồ sơ mô phỏng: made-up dossiers of a unit and of which days they tell; pages read as on the last one."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    seed = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("đợt hồ sơ mô phỏng")
        constraints = [
            models.UniqueConstraint(fields=["unit", "first_day", "last_day", "seed"], name="seed_run_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.first_day:%d/%m/%Y} – {self.last_day:%d/%m/%Y}"
