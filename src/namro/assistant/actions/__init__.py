"""The verbs of the assistant."""

from namro.assistant.actions.loading import load_package

__all__ = ["load_package"]
