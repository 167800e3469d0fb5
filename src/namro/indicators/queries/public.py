"""Reads of figures for those who do not sign in: what is about too few people is withheld."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from namro.indicators.queries.definitions import definitions
from namro.indicators.queries.figures import latest_known
from namro.indicators.rules import withheld
from namro.indicators.terms import FigureRow, IndicatorDef
from namro.organisation.models import Unit


def public_figures(unit: Unit, day: date) -> list[FigureRow]:
    """Return the last figure of every indicator and breakdown of a unit as the public may read it; two queries."""
    return as_public(latest_known(unit, day), {each.code: each for each in definitions()})


def as_public(rows: Iterable[FigureRow], known: Mapping[str, IndicatorDef]) -> list[FigureRow]:
    """Return figures without the numbers of those about fewer people than their definition asks for."""
    read = [row for row in rows if row.indicator in known]
    hidden = withheld(read, {code: each.min_people for code, each in known.items()})
    return [
        replace(row, value=None, numerator=None, denominator=None, below=None, is_withheld=True)
        if number in hidden
        else row
        for number, row in enumerate(read)
    ]
