"""The law as the package brings it: documents with the days on which they hold, and their articles."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from namro.assistant.terms import Wording


class LawDocument(models.Model):
    """Văn bản pháp luật: number, kind, name, and from when to when it holds, where the source says so."""

    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=1000)
    source = models.CharField(max_length=100)
    wording = models.CharField(max_length=12, choices=Wording.choices, default=Wording.AS_PASSED)
    valid_from = models.DateField(null=True, help_text="none: the source does not say")
    valid_to = models.DateField(
        null=True, help_text="the first day on which it no longer holds; none: not known to end"
    )
    ended_by = models.CharField(max_length=100, blank=True)
    basis = models.CharField(max_length=200, blank=True, help_text="where the days were read")

    class Meta:
        verbose_name = _("văn bản pháp luật")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="law_document_days",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class LawArticle(models.Model):
    """Điều của văn bản: its words, with days of its own where they differ from the document's, and what amended it."""

    document = models.ForeignKey(LawDocument, on_delete=models.CASCADE, related_name="articles")
    key = models.CharField(max_length=80, unique=True, help_text="number#article")
    article = models.CharField(max_length=20)
    title = models.TextField(blank=True)
    text = models.TextField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    amended_by = models.TextField(blank=True)
    amended_from = models.DateField(
        null=True, help_text="the first day of what amended it, where that is known"
    )
    digest = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("điều của văn bản")

    def __str__(self) -> str:
        return self.key


class CorpusState(models.Model):
    """Trạng thái kho tri thức: which file of the package stands in the tables, so that it is read once."""

    corpus = models.CharField(max_length=20, unique=True)
    digest = models.CharField(max_length=64)
    as_of = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("trạng thái kho tri thức")

    def __str__(self) -> str:
        return self.corpus
