"""What comes in as lists: reviewed rulebooks of a package, sheets of tasks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from namro.organisation.models import Person


class Rulebook(models.Model):
    """Sách quy tắc: the reviewed lists of a package by which a task's text is read (the clears, the vague words)."""

    code = models.CharField(max_length=40, unique=True)
    body = models.JSONField()

    class Meta:
        verbose_name = _("sách quy tắc")

    def __str__(self) -> str:
        return self.code


class ImportBatch(models.Model):
    """Lượt nhập Excel: a sheet sent in, kept between the preview of its rows and the word to write the good ones."""

    client_id = models.UUIDField(unique=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m/")
    written_at = models.DateTimeField(null=True, blank=True)
    written = models.PositiveIntegerField(default=0, help_text="tasks made of good rows")
    issued = models.PositiveIntegerField(default=0, help_text="of these, issued at once")

    class Meta:
        verbose_name = _("lượt nhập Excel")
        indexes = [models.Index(fields=["by", "-at"], name="import_batch_by")]

    def __str__(self) -> str:
        return self.name
