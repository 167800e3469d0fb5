"""How machines come in: service accounts and their keys."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from namro.access.terms import Scope
from namro.organisation.models import Person, Unit


class ServiceAccount(models.Model):
    """Tài khoản máy: a program that reads for a unit; a person answers for it."""

    name = models.CharField(max_length=120, unique=True)
    purpose = models.CharField(max_length=300)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("tài khoản máy")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ApiKey(models.Model):
    """Khóa API: what a service account shows to be let in; kept as a digest, shown once, with scopes and an end."""

    account = models.ForeignKey(ServiceAccount, on_delete=models.PROTECT, related_name="keys")
    prefix = models.CharField(
        max_length=12, unique=True, help_text="its beginning, by which people know it again"
    )
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=40, choices=Scope.choices))
    end = models.DateField(help_text="the first day on which it no longer opens")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("khóa API")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.account} ({self.prefix}…)"
