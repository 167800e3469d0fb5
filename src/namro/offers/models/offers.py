"""Runs of a rule, each simulated before it is launched, and the offers that came of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from namro.dossiers.models import Applicant, Dossier
from namro.offers.models.declared import OfferRule
from namro.offers.models.people import Consent, RegisterEntry
from namro.offers.terms import OfferState, RunState
from namro.organisation.models import Person, Unit
from namro.procedures.models import Procedure


class OfferRun(models.Model):
    """Đợt mời: a version of a rule tried for a unit and some days; launched by a person who saw what it comes to."""

    client_id = models.UUIDField(unique=True)
    rule = models.ForeignKey(OfferRule, on_delete=models.PROTECT, related_name="runs")
    version = models.PositiveIntegerField(help_text="of the rule when it was tried")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField(help_text="included")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.SIMULATED)
    outcomes = models.JSONField(help_text="how many by outcome")
    by_unit = models.JSONField(help_text="how many are reached by code of the unit")
    by_week = models.JSONField(help_text="how many are reached in the week of a Monday")
    digest = models.CharField(max_length=64, help_text="of who is reached and when; launched as it was seen")
    simulated_at = models.DateTimeField()
    simulated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    launched_at = models.DateTimeField(null=True)
    launched_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("đợt mời")
        ordering = ["-simulated_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="offer_run_days"),
            models.CheckConstraint(
                condition=Q(state=RunState.SIMULATED) | Q(launched_at__isnull=False),
                name="offer_run_launched",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} · {self.first:%d/%m/%Y} – {self.last:%d/%m/%Y}"


class Offer(models.Model):
    """Lời mời: to one person, about one occasion, one procedure; with the reason, and what the dossier begins with."""

    run = models.ForeignKey(OfferRun, on_delete=models.PROTECT, related_name="offers")
    rule = models.ForeignKey(OfferRule, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", help_text="settles the dossier"
    )
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    occasion = models.DateField()
    reach_on = models.DateField()
    closes_on = models.DateField(help_text="included")
    reason = models.TextField()
    reason_en = models.TextField()
    filled = models.JSONField(help_text="what the dossier begins with")
    state = models.CharField(max_length=12, choices=OfferState.choices, default=OfferState.OPEN)
    answered_at = models.DateTimeField(null=True)
    answer_id = models.UUIDField(null=True, help_text="client_id of the answer: sent twice, it counts once")
    words = models.TextField(blank=True, help_text="why it was refused, if the person says so")
    never_again = models.BooleanField(default=False, help_text="no more offers of this rule")
    dossier = models.ForeignKey(Dossier, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("lời mời làm thủ tục")
        ordering = ["reach_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "entry", "occasion"],
                name="offer_once",
                condition=~Q(state=OfferState.TAKEN_BACK),  # a run that was stopped can be put right
            ),
            models.CheckConstraint(
                condition=Q(reach_on__lte=F("closes_on")), name="offer_closes_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.OPEN, answered_at__isnull=True)
                | (~Q(state=OfferState.OPEN) & Q(answered_at__isnull=False)),
                name="offer_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["applicant", "reach_on"], name="offer_applicant"),
            models.Index(fields=["run", "reach_on", "id"], name="offer_run"),
        ]

    def __str__(self) -> str:
        # The log outlives what it tells of: it learns whose offer it was by the end of the number alone.
        return f"{self.rule_id} · {self.applicant}"
