"""What stays of a conversation: a line of the ledger without its words, an opinion, a hand-over to people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from namro.assistant.terms import AnswerKind, Audience, HandOverState, OpinionState, Voice, Why
from namro.organisation.models import Person, Unit


class Turn(models.Model):
    """Lượt hỏi đáp: one question answered: how, how fast, at what cost; what was asked does not stand here."""

    key = models.UUIDField(unique=True)
    at = models.DateTimeField()
    audience = models.CharField(max_length=10, choices=Audience.choices)
    kind = models.CharField(max_length=12, choices=AnswerKind.choices)
    reason = models.CharField(max_length=40, blank=True, help_text="topic out of scope")
    voice = models.CharField(max_length=10, choices=Voice.choices)
    model = models.CharField(max_length=100, blank=True, help_text="the language model that was asked")
    fallback = models.CharField(max_length=40, blank=True, help_text="why its words were not used")
    sentences = models.PositiveSmallIntegerField(default=0)
    cut = models.PositiveSmallIntegerField(default=0, help_text="sentences of the model that nothing carried")
    hidden = models.PositiveSmallIntegerField(default=0, help_text="pieces of personal data that were hidden")
    found_ms = models.PositiveIntegerField(help_text="retrieval")
    first_ms = models.PositiveIntegerField(null=True, help_text="until the first words of the model")
    total_ms = models.PositiveIntegerField()
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=2, default=0, help_text="đồng")
    is_estimate = models.BooleanField(
        default=False, help_text="tokens by the letters: the server could not say"
    )

    class Meta:
        verbose_name = _("lượt hỏi đáp")
        indexes = [models.Index(fields=["-at"], name="assistant_turn_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%d/%m/%Y %H:%M}"


class Opinion(models.Model):
    """Ý kiến về câu trả lời: useful or not and why, with question and answer, personal data hidden, until looked at."""

    client_id = models.UUIDField(unique=True)
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="opinions")
    at = models.DateTimeField()
    is_useful = models.BooleanField()
    why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    words = models.CharField(max_length=500, blank=True)
    question = models.CharField(max_length=500)
    answer = models.JSONField(help_text="sentences with the keys of their passages")
    state = models.CharField(max_length=10, choices=OpinionState.choices, default=OpinionState.WAITING)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=500, blank=True, help_text="what was mended, or why nothing was")
    expected = models.CharField(
        max_length=100, blank=True, help_text="the procedure or article that answers it"
    )

    class Meta:
        verbose_name = _("ý kiến về câu trả lời")
        indexes = [models.Index(fields=["state", "-at"], name="assistant_opinion_state")]
        constraints = [models.UniqueConstraint(fields=["turn"], name="one_opinion_a_turn")]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M}"


class HandOver(models.Model):
    """Chuyển câu hỏi cho cán bộ: a conversation, personal data hidden, for the people of a unit; its answer."""

    client_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=500)
    conversation = models.JSONField(help_text="questions and answers so far")
    contact = models.CharField(
        max_length=100, blank=True, help_text="how to reach whoever asked, with consent"
    )
    state = models.CharField(max_length=10, choices=HandOverState.choices, default=HandOverState.WAITING)
    reply = models.CharField(max_length=2000, blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("câu hỏi chuyển cho cán bộ")
        indexes = [models.Index(fields=["unit", "state", "at"], name="assistant_hand_over_unit")]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M}"
