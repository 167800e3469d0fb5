"""Tables of the alerts: rules, alerts with their flips and deeds, urges; and what the last judgement left as a mark.

A judgement writes alerts and flips by the hundred thousand, each row of it joined from the rule, the unit, the person
themselves: those foreign keys are not checked a second time, row by row (`db_constraint`).
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.alerts.catalog import rule_of
from namro.alerts.terms import AlertState, DeedVerb, Kind, RuleDef, Step, Worse
from namro.delivery.terms import Level
from namro.organisation.models import Person, Unit

OPEN = Q(state=AlertState.OPEN)


class Rule(models.Model):
    """Quy tắc cảnh báo: as its package declares it; `body` is the reviewed file, the columns are for the SELECTs."""

    code = models.CharField(max_length=60, unique=True)
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, choices=Kind.choices)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    owner = models.CharField(max_length=40, help_text="unit code")
    next_review = models.DateField()
    within = models.CharField(max_length=40, help_text="code of the unit in and below which it looks")
    unit_kinds = ArrayField(models.CharField(max_length=20), default=list, help_text="empty: every kind")
    register = models.CharField(max_length=40, blank=True)
    form = models.CharField(max_length=60, blank=True)
    indicator = models.CharField(max_length=60, blank=True)
    breakdown = models.CharField(max_length=60, blank=True)
    worse = models.CharField(max_length=4, choices=Worse.choices)
    watch = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    warning = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    critical = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    covers_below = models.BooleanField(
        default=False, help_text="an alert of a unit above inhibits those on the same thing below"
    )
    body = models.JSONField()
    package = models.CharField(max_length=60)
    is_live = models.BooleanField(default=True, help_text="still declared by its package")

    class Meta:
        verbose_name = _("quy tắc cảnh báo")
        ordering = ["kind", "code"]
        indexes = [
            models.Index(fields=["kind", "within"], name="rule_kind_within", condition=Q(is_live=True))
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def definition(self) -> RuleDef:
        """The rule as a value."""
        return rule_of(self.body)


class Alert(models.Model):
    """Cảnh báo: what a rule sees of one thing of one unit; found again by its natural key, never rebuilt."""

    rule = models.ForeignKey(
        Rule, on_delete=models.PROTECT, related_name="alerts", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=30, choices=Kind.choices, help_text="its rule's, for the lists")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    object_key = models.CharField(max_length=160, db_collation="C")
    object_label = models.CharField(max_length=600)
    path = models.CharField(max_length=300, help_text="page of the object")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    value = models.DecimalField(max_digits=24, decimal_places=4)
    due = models.DateField(null=True)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False,
        help_text="in charge of the object",
    )  # fmt: skip
    above = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False,
        help_text="the authority to which it climbs",
    )  # fmt: skip
    is_marked = models.BooleanField(default=False, help_text="the object bears a mark of secrecy")
    silences = models.CharField(max_length=100, blank=True, help_text="the cause that it is to others")
    drawn_from = ArrayField(
        models.CharField(max_length=100), default=list, help_text="the causes it hangs on"
    )
    since = models.DateField(help_text="first day of it")
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=AlertState.choices, default=AlertState.OPEN)
    told_level = models.PositiveSmallIntegerField(default=0, help_text="the level last told")
    told_at = models.DateTimeField(null=True, help_text="when it was last told, or told again")
    inhibited_by = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.SET_NULL,
        related_name="inhibits",
        db_index=False,
        db_constraint=False,
    )
    owner = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, help_text="took it on"
    )
    deadline = models.DateField(null=True, help_text="by when the owner said")
    acknowledged_at = models.DateTimeField(null=True)
    silenced_until = models.DateField(null=True, help_text="last day of silence")
    silence_reason = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    close_reason = models.TextField(blank=True)
    still_true = models.BooleanField(
        default=False,
        help_text="closed by a person while its condition held: no new one until it rises or returns",
    )
    task_code = models.CharField(max_length=40, blank=True, help_text="the task made from it")

    class Meta:
        verbose_name = _("cảnh báo")
        ordering = ["-level", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "unit", "object_key"], condition=OPEN, name="alert_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["-level", "-id"], name="alert_gravest", condition=OPEN),
            models.Index(fields=["since", "id"], name="alert_oldest", condition=OPEN),
            models.Index(fields=["unit", "-level", "-id"], name="alert_unit", condition=OPEN),
            models.Index(fields=["kind", "-level", "-id"], name="alert_kind", condition=OPEN),
            models.Index(
                fields=["id"], name="alert_untold", condition=OPEN & Q(level__gt=models.F("told_level"))
            ),
            models.Index(
                fields=["inhibited_by"], name="alert_inhibited", condition=Q(inhibited_by__isnull=False)
            ),
            models.Index(fields=["owner"], name="alert_owner", condition=Q(owner__isnull=False)),
            models.Index(fields=["above"], name="alert_above", condition=OPEN),
            models.Index(fields=["object_key"], name="alert_object"),
            models.Index(
                fields=["rule", "unit", "object_key"], name="alert_still", condition=Q(still_true=True)
            ),
            models.Index(fields=["silences"], name="alert_silences", condition=OPEN & ~Q(silences="")),
            models.Index(fields=["task_code"], name="alert_task", condition=~Q(task_code="")),
        ]

    def __str__(self) -> str:
        return self.object_label

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store one; its kind is its rule's."""
        self.kind = self.rule.kind
        super().save(*args, **kwargs)

    @property
    def topic(self) -> str:
        """What the log of delivery is asked by."""
        return f"alert:{self.pk}"


class Flip(models.Model):
    """Chuyển mức: the level of an alert changed; appended only. 0 means there is none."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="flips", db_constraint=False)
    before = models.PositiveSmallIntegerField(choices=Level.choices)
    after = models.PositiveSmallIntegerField(choices=Level.choices)
    day = models.DateField()
    at = models.DateTimeField()
    value = models.DecimalField(max_digits=24, decimal_places=4)

    class Meta:
        verbose_name = _("chuyển mức cảnh báo")
        ordering = ["alert_id", "id"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.before} → {self.after}"


class Deed(models.Model):
    """Việc xử lý cảnh báo: what a person did with an alert; appended only."""

    client_id = models.UUIDField(unique=True)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="deeds")
    verb = models.CharField(max_length=16, choices=DeedVerb.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True, help_text="the deadline, or the last day of silence")
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("việc xử lý cảnh báo")
        ordering = ["alert_id", "id"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.verb}"


class Urge(models.Model):
    """Đôn đốc: a reminder with weight: about what, to whom, on which ground, and when it was answered."""

    client_id = models.UUIDField(unique=True, null=True, help_text="of an urge by hand")
    slot = models.CharField(
        max_length=120, blank=True, help_text="the place in the schedule of an urge by rule"
    )
    object_key = models.CharField(max_length=160, db_collation="C")
    object_label = models.CharField(max_length=600)
    path = models.CharField(max_length=300)
    alert = models.ForeignKey(Alert, null=True, on_delete=models.SET_NULL, related_name="urges")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    above = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_marked = models.BooleanField(default=False)
    step = models.PositiveSmallIntegerField(choices=Step.choices)
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", help_text="empty: the rule"
    )
    ground = models.CharField(max_length=300, help_text="the rule and its day, or who asked")
    words = models.TextField(blank=True)
    grace = models.PositiveSmallIntegerField(help_text="working days until it climbs; 0 never")
    grace_hours = models.PositiveSmallIntegerField(
        default=0, help_text="working hours until it climbs, where it counts by hours"
    )
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=300, blank=True, help_text="what the answer was")

    class Meta:
        verbose_name = _("đôn đốc")
        ordering = ["object_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["object_key", "unit", "slot"], condition=~Q(slot=""), name="urge_slot_once"
            ),
        ]
        indexes = [
            models.Index(fields=["object_key", "unit"], name="urge_object"),
            models.Index(
                fields=["unit", "object_key"], name="urge_unanswered", condition=Q(answered_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.object_label}"

    @property
    def topic(self) -> str:
        """What the log of delivery is asked by: its alert, else the thing itself."""
        return f"alert:{self.alert_id}" if self.alert_id else self.object_key


class Touched(models.Model):
    """Đơn vị có thay đổi: something that rules look at changed in a unit since the last judgement; triggers write it.

    Without a unit: something that concerns all of them. `about` is the table, of figures with their indicator. Rows are
    never changed, and go when they were judged.
    """

    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    about = models.CharField(max_length=100, blank=True, db_default="")

    class Meta:
        verbose_name = _("đơn vị có thay đổi")

    def __str__(self) -> str:
        return str(self.unit_id or "*")


class Judged(models.Model):
    """Dấu lần xét: the day that was judged last, and the digest of all that was asked; one row."""

    day = models.DateField()
    asked = models.CharField(max_length=64, help_text="SHA-256 of the question")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("dấu lần xét cảnh báo")

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
