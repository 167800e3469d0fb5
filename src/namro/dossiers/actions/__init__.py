"""Verbs that write dossiers; each in one transaction, with one event and one line of the log."""

from namro.dossiers.actions.act import Done, Hand
from namro.dossiers.actions.filing import (
    Draft,
    OldText,
    file,
    receive_at_desk,
    renew_draft,
    save_draft,
    submit,
)
from namro.dossiers.actions.lateness import note_late
from namro.dossiers.actions.loading import load_package
from namro.dossiers.actions.moving import claim, move_on, reassign, reassign_many, release, transfer
from namro.dossiers.actions.noting import DataUsed, note_data
from namro.dossiers.actions.papers import Paper, attach, digitise, drop_paper, reuse_paper, take_paper
from namro.dossiers.actions.paying import ask_fee, begin_payment, hear_payment, pay_back, take_fee
from namro.dossiers.actions.people import applicant_of
from namro.dossiers.actions.rating import rate
from namro.dossiers.actions.receiving import check, hand_over_result, receive, send, turn_away, withdraw
from namro.dossiers.actions.settling import answer_supplement, apologise, ask_supplement, decide, refuse
from namro.dossiers.actions.synchronising import Synchronised, synchronise

__all__ = [
    "DataUsed", "Done", "Draft", "Hand", "OldText", "Paper", "Synchronised", "answer_supplement",
    "apologise", "applicant_of", "ask_fee", "ask_supplement", "attach", "begin_payment", "check",
    "claim", "decide", "digitise", "drop_paper", "file", "hand_over_result", "hear_payment",
    "load_package", "move_on", "note_data", "note_late", "pay_back", "rate", "reassign",
    "reassign_many", "receive", "receive_at_desk", "refuse", "release", "renew_draft", "reuse_paper",
    "save_draft", "send", "submit", "synchronise", "take_fee", "take_paper", "transfer", "turn_away",
    "withdraw",
]  # fmt: skip
