"""Computed from values alone: Erlang's formulas, the simulator, the forecast of a wait."""
