"""Rows in, figures out: of the house's own observations, and of the tables of the lake."""

from namro.indicators.formulas.observations import KEPT_DECIMALS, compute, figures
from namro.indicators.formulas.spread import FIGURES
from namro.indicators.formulas.tables import DAYS_KEPT, compute_table

__all__ = ["DAYS_KEPT", "FIGURES", "KEPT_DECIMALS", "compute", "compute_table", "figures"]
