"""A contract, units that came of old ones, and files for it."""

import io
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import duckdb
import openpyxl
import pyarrow as pa
import yaml
from tests import builders

from namro.lake import tables
from namro.organisation.models import Successor
from namro.organisation.terms import Part, UnitKind
from namro.outside.connectors import Shipment
from namro.sources.actions import declare_sources
from namro.sources.catalog.contracts import contract_of
from namro.sources.models import Source

CONTRACT = Path(__file__).parent / "contracts" / "muc_nuoc.yaml"
HEAD = "Ngày đo,Mã trạm,Xã,Mực nước,Số lần đo,Trạng thái,Số định danh người đo,Điện thoại"
GOOD = "01/07/2025,T1,20194,1.5,3,tốt,048200000001,0905000001"


def declared(**changed: Any) -> Source:
    """Return the stored source of the test contract, with other values at its top level."""
    body = yaml.safe_load(CONTRACT.read_text(encoding="utf-8")) | changed
    declare_sources([(contract_of(body), body)], package="thu")
    return Source.objects.get(code=body["code"])


def world() -> builders.World:
    """The small world, with a ward that went whole to another, one that was divided, and a district that ended."""
    made = builders.world()
    end = builders.TWO_TIERS_FROM
    district = builders.unit("cu-lc", "Quận Liên Chiểu", UnitKind.DISTRICT, made.city, end=end)
    island = builders.unit("498", "Huyện Hoàng Sa", UnitKind.DISTRICT, made.city, end=end)
    whole = builders.unit("20195", "Phường Hòa Hiệp Nam", UnitKind.WARD, district, end=end)
    divided = builders.unit("20196", "Phường Hòa Khánh Bắc", UnitKind.WARD, district, end=end)
    # The code of a ward of today was another's before: Hòa Vang's went to Hải Vân.
    reused = builders.unit("20320", "Xã Hòa Bắc", UnitKind.COMMUNE, district, end=end)
    lines = [(whole, 0), (divided, 0), (divided, 1), (island, 2), (reused, 0)]
    for old, new in lines:
        part = Part.PART if old == divided else Part.WHOLE
        Successor.objects.create(old=old, new=made.communes[new], part=part, change="merged", day=end)
    return made


def csv(*rows: str, head: str = HEAD) -> bytes:
    """A CSV file."""
    return "\n".join([head, *rows, ""]).encode()


def workbook(rows: Iterable[Iterable[Any]], *, merged: str = "") -> bytes:
    """An Excel file; `merged` cells such as A1:F1 are one."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def shipment(rows: pa.Table | list[Mapping[str, Any]], number: UUID | None = None) -> Shipment:
    """A shipment of rows at hand."""
    table = rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(list(rows))
    return Shipment("thử", lambda: table, number or uuid4())


def row(changed: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A row that holds, with other values."""
    good = {
        "Ngày đo": "01/07/2025",
        "Mã trạm": "T1",
        "Xã": "20194",
        "Mực nước": "1.5",
        "Số lần đo": None,
        "Trạng thái": "tốt",
    }
    return good | dict(changed or {})


def lying(*columns: str, **asked: Any) -> list[tuple[Any, ...]]:
    """What lies in the lake of the test source, in the order of the columns."""
    found = tables.files("muc_nuoc", **asked)
    if not found:
        return []
    read = duckdb.sql("SELECT * FROM read_parquet($1, union_by_name=true)", params=[found])
    rows = read.select(*map(duckdb.ColumnExpression, columns)).fetchall()
    return sorted(tuple(_plain(value) for value in row) for row in rows)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value.normalize())
    return value.isoformat() if isinstance(value, date) else value
