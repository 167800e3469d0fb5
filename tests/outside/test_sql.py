"""Rows of another database: how far they were read, and the first of them only."""

from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text

from namro.outside.connectors import Asked
from namro.outside.sql import read_table


@pytest.fixture
def base() -> Any:
    """A database with twelve rows, the last without a number."""
    with create_engine("sqlite://").connect() as opened:
        opened.execute(text("CREATE TABLE tram (so INTEGER, ten TEXT)"))
        for number in [*range(1, 12), None]:
            opened.execute(text("INSERT INTO tram VALUES (:so, 'T')"), {"so": number})
        yield opened


def asked(**more: Any) -> Asked:
    """What is asked of it."""
    return Asked("thu", {"table": "tram"}, **more)


def test_the_cursor_is_the_highest_number_and_not_the_highest_text(base: Connection) -> None:
    [shipment] = read_table(base, asked(cursor_column="so"))
    assert shipment.cursor == "11"
    [again] = read_table(base, asked(cursor_column="so", cursor="9"))
    assert again.rows()["so"].to_pylist() == ["9", "10", "11"]


def test_a_sample_is_the_first_rows_only(base: Connection) -> None:
    [shipment] = read_table(base, asked(first=5))
    assert shipment.rows().num_rows == 5
