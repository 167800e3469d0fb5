"""Definitions, formulas, figures, targets, charts."""
