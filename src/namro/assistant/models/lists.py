"""What a package declares for the assistant, as it was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Wordbook(models.Model):
    """Danh mục từ của trợ lý: a reviewed list of the package (topics out of scope, words that mean the same)."""

    code = models.CharField(max_length=40, unique=True)
    body = models.JSONField()

    class Meta:
        verbose_name = _("danh mục từ của trợ lý")

    def __str__(self) -> str:
        return self.code
