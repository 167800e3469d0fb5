"""The inner way of a dossier: which desks it passes, and what the package rules for the one-stop desk."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Route(models.Model):
    """Quy trình nội bộ: the desks that dossiers of some procedures pass; the first route that fits holds."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(help_text="the most particular first")
    procedures = ArrayField(models.CharField(max_length=30), default=list, help_text="codes; none: any")
    fields = ArrayField(models.CharField(max_length=200), default=list, help_text="fields; none: any")
    levels = ArrayField(models.CharField(max_length=8), default=list, help_text="xa, tinh; none: any")
    owner = models.CharField(max_length=40)
    next_review = models.DateField()
    is_current = models.BooleanField(
        default=True, help_text="a route that the package dropped stays for its dossiers"
    )

    class Meta:
        verbose_name = _("quy trình nội bộ")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class DeskStep(models.Model):
    """Bước xử lý: a desk of a route, and its share of the dossier's time limit."""

    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200, help_text="what is done there")
    desk = models.CharField(max_length=200, help_text="the desk of the unit")
    share = models.DecimalField(max_digits=4, decimal_places=3, help_text="of the time limit, 0 to 1")
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("bước xử lý hồ sơ")
        ordering = ["route_id", "order"]
        constraints = [models.UniqueConstraint(fields=["route", "order"], name="desk_step_order")]

    def __str__(self) -> str:
        return self.name


class DeskRules(models.Model):
    """Quy định một cửa: limits by default, when a dossier is at risk, which files are taken; from the package."""

    code = models.CharField(max_length=20, unique=True)
    body = models.JSONField()
    owner = models.CharField(max_length=40)
    next_review = models.DateField()

    class Meta:
        verbose_name = _("quy định một cửa")

    def __str__(self) -> str:
        return self.code
