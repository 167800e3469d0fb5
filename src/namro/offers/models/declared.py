"""What the package declares: registers of personal data, and the rules over them."""

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from namro.offers.catalog import register_of, rule_of
from namro.offers.terms import OfferRuleDef, RegisterDef


class PersonalRegister(models.Model):
    """Sổ dữ liệu cá nhân: data of people that may be used for offers by those who agreed, and for nothing else."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()
    longest_years = models.PositiveSmallIntegerField(help_text="a consent may last no longer")
    is_live = models.BooleanField(default=True)
    body = models.JSONField()

    class Meta:
        verbose_name = _("sổ dữ liệu cá nhân")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def definition(self) -> RegisterDef:
        """The register as its file states it."""
        return register_of(self.body)


class OfferRule(models.Model):
    """Quy tắc chủ động: on which day of a life whom one may offer which procedure, and what that is founded on."""

    code = models.CharField(max_length=60, unique=True)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    owner = models.CharField(max_length=40, help_text="code of the unit")
    next_review = models.DateField()
    register = models.ForeignKey(PersonalRegister, on_delete=models.PROTECT, related_name="rules")
    procedure_code = models.CharField(max_length=30)
    is_live = models.BooleanField(default=True)
    body = models.JSONField()

    class Meta:
        verbose_name = _("quy tắc chủ động")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def definition(self) -> OfferRuleDef:
        """The rule as its file states it."""
        return rule_of(self.body)
