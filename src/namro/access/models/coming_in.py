"""How people come in: identities elsewhere, visits, second factors, recovery codes; and how often they failed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.access.terms import FactorKind, Method
from namro.organisation.models import Person


class Identity(models.Model):
    """Danh tính: the account of a person at the city's own sign-in; bound once, not by name."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("danh tính")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_subject_unique"),
            models.UniqueConstraint(fields=["issuer", "person"], name="identity_person_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.issuer})"


class Visit(models.Model):
    """Phiên đăng nhập: one stay of a person on one device, from coming in to leaving."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    method = models.CharField(max_length=20, choices=Method.choices)
    device = models.CharField(max_length=120)
    address = models.CharField(
        max_length=60, blank=True, help_text="neighbourhood of the address, not the address"
    )
    at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("phiên đăng nhập")
        indexes = [models.Index(fields=["person", "-id"], name="visit_person")]

    def __str__(self) -> str:
        return f"{self.device} {self.at:%d/%m/%Y %H:%M}"


class Factor(models.Model):
    """Xác thực lớp hai: what a person has besides the password: an application that makes codes, or a passkey."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=FactorKind.choices)
    name = models.CharField(max_length=60)
    secret = models.BinaryField(help_text="seed of the codes, sealed; or the public key of a passkey")
    credential_id = models.BinaryField(null=True, max_length=1024)
    last_step = models.BigIntegerField(default=0, help_text="the last half minute whose code was used")
    sign_count = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("xác thực lớp hai")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind=FactorKind.TOTP), name="factor_one_totp_a_person"
            ),
            models.UniqueConstraint(fields=["credential_id"], name="factor_credential_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """Mã dự phòng: opens the second lock once, when the device is lost."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mã dự phòng")
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="recovery_code_unique")]

    def __str__(self) -> str:
        return f"mã dự phòng của {self.person}"


class TryCount(models.Model):
    """Bộ đếm lần thử: how often something was tried in a stretch of time, by whom only as a digest."""

    digest = models.CharField(max_length=64)
    stretch = models.BigIntegerField(help_text="number of the stretch since 1970")
    ends = models.BigIntegerField(
        help_text="second of the real clock after which the row may go", db_index=True
    )
    count = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("bộ đếm lần thử")
        constraints = [models.UniqueConstraint(fields=["digest", "stretch"], name="try_count_unique")]

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.count}"
