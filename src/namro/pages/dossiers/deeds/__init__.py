"""One small form a verb: what is asked for it, and the action it calls; the state table says who sees which."""

from namro.pages.dossiers.deeds.clerk import (
    AnswerSupplement,
    AskFee,
    Check,
    HandOver,
    NoteData,
    PayBack,
    Receive,
    Send,
    TakeFee,
    TurnAway,
    Withdraw,
)
from namro.pages.dossiers.deeds.form import DossierForm
from namro.pages.dossiers.deeds.settler import (
    Apologise,
    AskSupplement,
    Claim,
    Decide,
    MoveOn,
    Reassign,
    Refuse,
    Release,
    Transfer,
)

# In the order in which a desk reaches for them.
DEEDS: tuple[type[DossierForm], ...] = (
    Receive, Check, Send, Claim, MoveOn, Decide, AnswerSupplement, HandOver, TakeFee, AskFee, PayBack, AskSupplement,
    NoteData, Apologise, Release, Reassign, Transfer, TurnAway, Refuse, Withdraw,
)  # fmt: skip
BY_SLUG = {deed.slug: deed for deed in DEEDS}
