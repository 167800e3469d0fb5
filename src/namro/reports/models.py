"""Tables of the reports: the declared templates."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from namro.reports.catalog.templates import TemplateDef, template_of


class Template(models.Model):
    """Mẫu báo cáo: a report as its package declares it; `body` is the reviewed file."""

    code = models.CharField(max_length=60, unique=True)
    version = models.PositiveIntegerField()
    body = models.JSONField()
    owner = models.CharField(max_length=40, help_text="unit code")
    next_review = models.DateField()
    package = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True, help_text="still declared by its package")

    class Meta:
        verbose_name = _("mẫu báo cáo")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    @property
    def definition(self) -> TemplateDef:
        """The template as a value."""
        return template_of(self.body)
