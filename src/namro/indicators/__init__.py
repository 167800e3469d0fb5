"""Chỉ tiêu: definitions, formulas, figures, targets."""
