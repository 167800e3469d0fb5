"""Letters to applicants: what is owed, tried and arrived; where to is read from the dossier when one is sent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.dossiers.models.history import DossierEvent
from namro.dossiers.terms import LetterState


class ApplicantLetter(models.Model):
    """Thư báo người nộp: one for an event that they wait for; known to the mail server by its number."""

    event = models.OneToOneField(DossierEvent, on_delete=models.PROTECT, related_name="letter")
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(help_text="while one sends it: when another may take it over")
    sent_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("thư báo người nộp")
        indexes = [
            models.Index(
                fields=["next_try_at"], name="applicant_letter_queued", condition=Q(state=LetterState.QUEUED)
            ),
            models.Index(fields=["-id"], name="applicant_letter_dead", condition=Q(state=LetterState.DEAD)),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.state}"
