"""The procedures as a Django app."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """App config."""

    name = "namro.procedures"
    label = "procedures"
