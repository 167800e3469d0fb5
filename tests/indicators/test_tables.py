"""All indicators of a table in one pass, against a plain reading of the same rule; any engine, to the last digit."""

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.indicators.plainly import figures
from tests.indicators.tables import ABOVE, DAY, DEFINITIONS, PAIRS, ROWS, arrow, told

from namro.indicators.formulas.tables import compute_table
from namro.lake.engine import DuckDB, Engine


def check(rows: list, definitions: list, engine: Engine) -> None:
    """Compare an engine with the plain reading."""
    found = compute_table(engine.given(arrow(rows)), engine, definitions, PAIRS, DAY)
    for each in definitions:
        assert told(found, each.code) == figures(rows, each, ABOVE, DAY)


@settings(max_examples=20)
@given(ROWS, DEFINITIONS, st.sampled_from([0, 16]))
def test_one_pass_says_what_each_row_says(rows: list, definitions: list, few: int) -> None:
    with patch("namro.indicators.formulas.plan.FEW_SHAPES", few):
        engine = Engine(DuckDB())
        check(rows, definitions, engine)
        engine.backend.close()
