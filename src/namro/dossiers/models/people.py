"""Who files: citizens, businesses and organisations, known by a digest of their number."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.dossiers.terms import ApplicantKind
from namro.organisation.models import Unit


class Applicant(models.Model):
    """Người nộp hồ sơ: known again by the keyed digest of their number, of which only the end is kept."""

    kind = models.CharField(max_length=12, choices=ApplicantKind.choices)
    name = models.CharField(max_length=200)
    identity_digest = models.CharField(max_length=64, help_text="HMAC-SHA-256 of kind and number")
    identity_tail = models.CharField(max_length=4)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    birth_day = models.DateField(null=True)
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", help_text="where they live"
    )
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("người nộp hồ sơ")
        constraints = [
            models.UniqueConstraint(fields=["identity_digest"], name="applicant_identity"),
            models.CheckConstraint(condition=Q(kind__in=ApplicantKind.values), name="applicant_kind"),
        ]

    def __str__(self) -> str:
        # The log outlives what it tells of: it learns the end of the number, not the name.
        return f"{ApplicantKind(self.kind).label} …{self.identity_tail}"
