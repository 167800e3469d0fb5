"""What a rule came to when it was tried on history."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RuleTrial(models.Model):
    """Kết quả thử: how often a version of a rule would have called in a time, what it found and what it cried for
    nothing; kept when the rule changes."""

    rule = models.CharField(max_length=60, help_text="code")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    first = models.DateField()
    last = models.DateField()
    calls = models.PositiveIntegerField()
    right = models.PositiveIntegerField(help_text="calls behind which there was something")
    found = models.JSONField(default=list, help_text="codes of planted faults")
    missed = models.JSONField(default=list, help_text="codes of planted faults that it is for")
    lead = models.FloatField(null=True, help_text="days, median; below 0 the call came after the fault")

    class Meta:
        verbose_name = _("kết quả thử quy tắc")
        ordering = ["rule", "-version", "-at"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "version", "first", "last"], name="rule_trial_unique")
        ]

    def __str__(self) -> str:
        return f"{self.rule} v{self.version}"

    @property
    def false_alarms(self) -> int:
        """Calls behind which there was nothing."""
        return self.calls - self.right

    @property
    def precision(self) -> float | None:
        """The share of calls behind which there was something; None without a call."""
        return self.right / self.calls if self.calls else None

    @property
    def recall(self) -> float | None:
        """The share found of the faults that it is for, or found besides; None where there was none."""
        faults = len(self.found) + len(self.missed)
        return len(self.found) / faults if faults else None
