"""The offers as a Django app."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """App config."""

    name = "namro.offers"
    label = "offers"
