"""What is declared: registers and rules in use, and the text of a procedure that a rule's quotes must stand in."""

from django.db.models import QuerySet

from namro.offers.models import OfferRule, PersonalRegister
from namro.procedures.models import Procedure


def registers() -> QuerySet[PersonalRegister]:
    """The registers in use, in their order."""
    return PersonalRegister.objects.filter(is_live=True)


def rules() -> QuerySet[OfferRule]:
    """The rules in use with their registers, by code."""
    return OfferRule.objects.filter(is_live=True).select_related("register")


def rule(code: str) -> OfferRule | None:
    """The rule of a code, also one that is no longer in use."""
    return OfferRule.objects.select_related("register").filter(code=code).first()


def text_of(code: str) -> str:
    """All words of the procedure in force, '' for one that has ended: what is not there cannot be quoted."""
    row = Procedure.objects.select_related("current").filter(code=code).first()
    body = row.current.body if row and row.current else None
    if not body:
        return ""
    return "\n".join([body["name"], body["conditions"], body["result"], *body["steps"]])
