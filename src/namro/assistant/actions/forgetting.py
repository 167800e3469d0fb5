"""Forgetting: what people typed is kept no longer than the place has set."""

from datetime import timedelta

from django.conf import settings

from namro.assistant.models import HandOver, Opinion, Turn
from namro.ground import clock

LEDGER_DAYS = 400


def forget_old() -> dict[str, int]:
    """Delete opinions and hand-overs after NAMRO_ASSISTANT_KEEP_DAYS, the ledger after LEDGER_DAYS; rows by kind."""
    words_before = clock.now() - timedelta(days=settings.NAMRO_ASSISTANT_KEEP_DAYS)
    lines_before = clock.now() - timedelta(days=LEDGER_DAYS)
    return {
        "opinions": Opinion.objects.filter(at__lt=words_before).delete()[0],
        "hand_overs": HandOver.objects.filter(at__lt=words_before).delete()[0],
        "turns": Turn.objects.filter(at__lt=lines_before).delete()[0],
    }
