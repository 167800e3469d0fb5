"""Tables of adding a source on the web: the contract in the making, and the sealed sample it is made from."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.organisation.models import Person
from namro.sources.models.intake import Source
from namro.sources.terms.drafts import DraftState


class SourceDraft(models.Model):
    """Bản nháp nguồn: a data contract in the making; whoever runs the sources may go on with it."""

    id = models.UUIDField(primary_key=True, default=uuid4, help_text="made by the browser that began it")
    code = models.CharField(max_length=60, help_text="of the source that it is to be")
    body = models.JSONField(help_text="what is known of the contract so far, by its keys")
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.OPEN)
    version = models.PositiveIntegerField(default=1, help_text="one more with each step that is saved")
    revises = models.ForeignKey(
        Source,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="a source with a newer contract to come",
    )
    source = models.ForeignKey(
        Source, null=True, on_delete=models.PROTECT, related_name="+", help_text="what it became"
    )
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản nháp nguồn")
        ordering = ["-saved_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(state=DraftState.OPEN), name="source_draft_code_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.body.get("name", self.code))


class SourceSample(models.Model):
    """Mẫu số liệu: the rows a draft is made from, sealed; they go when the source has them or after two weeks."""

    draft = models.OneToOneField(SourceDraft, on_delete=models.CASCADE, related_name="sample")
    rows = models.BinaryField(help_text="text under the headings as they came: Parquet, encrypted")
    count = models.PositiveIntegerField()
    whole = models.BooleanField(help_text="all that was sent, not only its first rows")
    origin = models.CharField(max_length=300, help_text="file or address, without secrets")
    batch = models.UUIDField(help_text="id under which what was sent lands")
    hidden = models.JSONField(default=list, help_text="headings whose values are hashed for good")
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name = _("mẫu số liệu")

    def __str__(self) -> str:
        return self.origin
