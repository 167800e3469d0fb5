"""Hồ sơ một cửa: dossiers on a working-day clock, from the draft to the result handed over, each step on record."""
