"""Verbs of the indicators: declare definitions and targets, store figures."""

from namro.indicators.actions.figures import store_figures
from namro.indicators.actions.packages import load_definitions, load_package, load_targets

__all__ = ["load_definitions", "load_package", "load_targets", "store_figures"]
