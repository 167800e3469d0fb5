"""Verbs that write tasks; each in one transaction, with one moment and one audit line."""

from namro.tasks.actions.drafting import TaskDraft, draft, edit, issue, issue_many, put_directive, withdraw
from namro.tasks.actions.evidence import Attachment
from namro.tasks.actions.judging import approve, grant_extension, refuse_extension, return_
from namro.tasks.actions.loading import load_package
from namro.tasks.actions.spans import rebuild
from namro.tasks.actions.talking import comment
from namro.tasks.actions.working import accept, accept_many, ask_extension, assign, report, submit

__all__ = [
    "Attachment",
    "TaskDraft",
    "accept",
    "accept_many",
    "approve",
    "ask_extension",
    "assign",
    "comment",
    "draft",
    "edit",
    "grant_extension",
    "issue",
    "issue_many",
    "load_package",
    "put_directive",
    "rebuild",
    "refuse_extension",
    "report",
    "return_",
    "submit",
    "withdraw",
]
