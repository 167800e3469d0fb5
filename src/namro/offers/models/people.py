"""Data of people, and what they agreed that it may be used for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from namro.dossiers.models import Applicant
from namro.offers.models.declared import PersonalRegister
from namro.offers.terms import Channel
from namro.organisation.models import Person, Unit


class RegisterEntry(models.Model):
    """Mục của sổ dữ liệu: what a register says of a person: a card, a child, a licence."""

    register = models.ForeignKey(PersonalRegister, on_delete=models.PROTECT, related_name="entries")
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", help_text="where they live")
    key = models.CharField(max_length=60, help_text="of the register's own")
    values = models.JSONField(help_text="by field; days in ISO form")
    as_of = models.DateField(help_text="when the keeper said so")
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("mục của sổ dữ liệu")
        constraints = [models.UniqueConstraint(fields=["register", "key"], name="register_entry_once")]
        indexes = [models.Index(fields=["register", "unit"], name="register_entry_unit")]

    def __str__(self) -> str:
        return f"{self.register_id} {self.key}"


class Consent(models.Model):
    """Sự đồng ý: of one person for one register, with an end; kept as it was given, a trigger lets it be withdrawn
    once and refuses every other change."""

    client_id = models.UUIDField(unique=True)
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="+")
    register = models.ForeignKey(PersonalRegister, on_delete=models.PROTECT, related_name="consents")
    words = models.TextField(help_text="what the person read and agreed to")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    first = models.DateField()
    last = models.DateField(help_text="included")
    given_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", help_text="the clerk; none: online"
    )
    withdrawn_at = models.DateTimeField(null=True)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("sự đồng ý")
        constraints = [models.CheckConstraint(condition=Q(last__gt=F("first")), name="consent_ends")]
        indexes = [models.Index(fields=["register", "applicant"], name="consent_of")]

    def __str__(self) -> str:
        return f"{self.applicant} · {self.register}"
