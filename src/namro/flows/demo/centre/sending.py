"""What agencies would do: a made source put where its connector looks, into the inbox or into a database of its own."""

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
from django.db import connection
from psycopg import sql

from namro.flows.demo.centre.recipes import Kitchen
from namro.flows.demo.centre.rows import Window
from namro.flows.demo.centre.writing import Sender, write_files

IN_A_DATABASE = "sql"
SCHEMA = "demo_nguon"  # stands for the database of another agency
KINDS = {
    "int64": "bigint",
    "double": "double precision",
    "date32[day]": "date",
    "timestamp[s]": "timestamp",
    "bool": "boolean",
}


def send(kitchen: Kitchen, source: str, window: Window, inbox: Path) -> int:
    """Make a source for a window of days and put it where its connector looks; again is as once. Returns the rows."""
    rows, how = kitchen.table(source, window), kitchen.recipe(source)["write"]
    if how["kind"] == IN_A_DATABASE:
        write_table(source, rows)
    else:
        sender = Sender.of(kitchen.contract(source), how)
        write_files(inbox / source, sender.files(rows, kitchen.planted_in(source)))
    return int(rows.num_rows)


def write_table(source: str, rows: pa.Table) -> None:
    """Put rows into a table of the schema that stands for another agency's database; whoever is there may read it."""
    table, sink = sql.Identifier(SCHEMA, source), io.BytesIO()
    pyarrow.csv.write_csv(rows, sink, pyarrow.csv.WriteOptions(include_header=False))
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(field.name), sql.SQL(KINDS.get(str(field.type), "text")))
        for field in rows.schema
    )
    with connection.cursor() as cursor:
        for statement in (
            sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(SCHEMA)),
            sql.SQL("DROP TABLE IF EXISTS {}").format(table),
            sql.SQL("CREATE TABLE {} ({})").format(table, columns),
        ):
            cursor.execute(statement)
        with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(table)) as copy:
            copy.write(sink.getvalue())
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO PUBLIC").format(sql.Identifier(SCHEMA)))
        cursor.execute(sql.SQL("GRANT SELECT ON {} TO PUBLIC").format(table))
