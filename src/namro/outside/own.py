"""Rows of the platform's own tables, such as tasks: read like those of any other database."""

from collections.abc import Iterator

from sqlalchemy.exc import NoSuchTableError, SQLAlchemyError

from namro.outside.connectors import Asked, Shipment, Unreadable
from namro.outside.sql import own_engine, read_table

# Who comes in and by what, and what was said to whom, is nobody's figure.
OPEN = ("tasks_", "sources_", "alerts_", "indicators_", "organisation_unit", "reports_")


def read(asked: Asked) -> Iterator[Shipment]:
    """Yield the rows of one of our tables as one shipment. Unreadable for a table that is not open for this."""
    table = str(asked.settings["table"])
    if not table.startswith(OPEN):
        raise Unreadable(f"Bảng «{table}» của hệ thống không mở cho nguồn số liệu.")
    try:
        with own_engine().connect() as base:
            yield from read_table(base, asked)
    except (NoSuchTableError, SQLAlchemyError) as fault:
        raise Unreadable(f"Không đọc được bảng «{table}» của hệ thống ({type(fault).__name__}).") from None
