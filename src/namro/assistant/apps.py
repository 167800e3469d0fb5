"""The assistant as a Django app."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    """App config."""

    name = "namro.assistant"
    label = "assistant"
