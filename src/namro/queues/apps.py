"""The queues as a Django app."""

from django.apps import AppConfig


class QueuesConfig(AppConfig):
    """App config."""

    name = "namro.queues"
    label = "queues"
