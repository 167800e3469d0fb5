"""What people say about the service: feedback, proposals and complaints, each with limits of its own."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.dossiers.models.dossier import Dossier
from namro.dossiers.models.people import Applicant
from namro.dossiers.terms import FeedbackKind, FeedbackState
from namro.organisation.models import Person, Unit
from namro.procedures.models import Procedure

OPEN = (FeedbackState.RECEIVED, FeedbackState.TAKEN, FeedbackState.SUPPLEMENT_ASKED, FeedbackState.ANSWERED)


class Feedback(models.Model):
    """Phản ánh, kiến nghị: what somebody said to a unit, by when it is owed an answer, and what came of it."""

    client_id = models.UUIDField(unique=True)
    code = models.CharField(
        max_length=40, unique=True, help_text="with a tail nobody guesses: the sender's key"
    )
    kind = models.CharField(max_length=10, choices=FeedbackKind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", help_text="answers it")
    procedure = models.ForeignKey(Procedure, null=True, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(
        Dossier, null=True, on_delete=models.PROTECT, related_name="feedback", db_index=False
    )
    applicant = models.ForeignKey(Applicant, null=True, on_delete=models.PROTECT, related_name="feedback")
    repeats = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the same matter, said before",
    )
    words = models.TextField()
    sender_name = models.CharField(max_length=200, blank=True)
    sender_contact = models.CharField(max_length=200, blank=True, help_text="phone or mail, as given")
    state = models.CharField(max_length=16, choices=FeedbackState.choices, default=FeedbackState.RECEIVED)

    received_at = models.DateTimeField()
    judge_by = models.DateField()
    judged_at = models.DateTimeField(null=True, help_text="taken on, returned, or asked for more")
    asked_by = models.DateField(help_text="by when more may be asked in time")
    asked_at = models.DateTimeField(null=True)
    add_by = models.DateField(null=True, help_text="how long the sender is awaited")
    added_at = models.DateTimeField(null=True)
    answer_by = models.DateField(help_text="with room for the days on which the sender is awaited")
    answer_by_unasked = models.DateField(null=True, help_text="answer_by as it was before more was asked")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    publish_by = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    late_on = models.DateField(null=True, help_text="first day on which a limit was broken; never erased")

    asked_words = models.TextField(blank=True, help_text="what more was asked")
    added_words = models.TextField(blank=True)
    answer = models.TextField(blank=True, help_text="the answer, or the ground of the return")
    public_words = models.TextField(
        blank=True, help_text="the matter in words that name nobody, as published"
    )
    public_answer = models.TextField(
        blank=True, help_text="the answer in words that name nobody, as published"
    )

    is_satisfied = models.BooleanField(null=True)
    rated_words = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)
    version_no = models.PositiveIntegerField(default=1)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("phản ánh, kiến nghị")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_satisfied__isnull=True, rated_at__isnull=True)
                | Q(is_satisfied__isnull=False, rated_at__isnull=False),
                name="feedback_rated_at",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "answer_by", "id"], name="feedback_open", condition=Q(state__in=OPEN)
            ),
            models.Index(fields=["unit", "received_at", "id"], name="feedback_unit"),
            models.Index(
                fields=["-published_at", "-id"],
                name="feedback_published",
                condition=Q(published_at__isnull=False),
            ),
            models.Index(fields=["dossier"], name="feedback_dossier", condition=Q(dossier__isnull=False)),
        ]

    def __str__(self) -> str:
        # Not the whole code: with it whoever reads the log could speak as the sender.
        return f"{FeedbackKind(self.kind).label} {self.code[:9]}"


class FeedbackEvent(models.Model):
    """Diễn biến ý kiến: one act; appended, never changed (a trigger refuses it)."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="events")
    client_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=24)
    by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", help_text="none: the sender"
    )
    words = models.TextField(blank=True)

    class Meta:
        verbose_name = _("diễn biến ý kiến")
        ordering = ["feedback_id", "id"]

    def __str__(self) -> str:
        return f"{self.feedback_id} {self.verb}"
