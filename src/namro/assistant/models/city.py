"""What the city itself says, as the package brings it: answers to what is often asked, clauses of its directives."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from namro.assistant.terms import CityKind


class CityText(models.Model):
    """Lời của thành phố: an answer that people reviewed, or a clause of a directive, by the questions it answers."""

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=CityKind.choices)
    asks = models.JSONField(
        help_text="the ways of asking; of a clause its heading, first the one that is shown"
    )
    words = models.TextField()
    source = models.CharField(max_length=300, help_text="the document or page that carries it")
    page = models.CharField(
        max_length=60, blank=True, help_text="name of the route of the house where it is done"
    )
    owner = models.CharField(max_length=20, help_text="code of the unit that answers for it")
    next_review = models.DateField()
    valid_from = models.DateField(null=True, help_text="none: the source does not say")
    valid_to = models.DateField(null=True, help_text="the first day on which it no longer holds")
    digest = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("lời của thành phố")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="city_text_days",
            ),
        ]

    def __str__(self) -> str:
        return self.code
