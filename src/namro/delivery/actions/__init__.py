"""Verbs of the delivery."""

from namro.delivery.actions.telling import tell

__all__ = ["tell"]
