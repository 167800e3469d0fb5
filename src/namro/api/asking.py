"""What calls have in common: pages by cursor, the day as of which is read."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Schema

from namro.ground import clock
from namro.organisation.models import Unit
from namro.organisation.queries import unit_on
from namro.organisation.terms import Refused, Viewer

Size = Annotated[int, Query(ge=1, le=200, description="Số dòng một trang.")]
DayCursor = Annotated[
    str, Query(pattern=r"^(\d{4}-\d{2}-\d{2}_\d{1,18})?$", description="Giá trị next của trang trước.")
]
NumberCursor = Annotated[str, Query(pattern=r"^\d{0,18}$", description="Giá trị next của trang trước.")]
Code = Annotated[str, Query(max_length=60)]


class UnitName(Schema):
    """A unit, named."""

    code: str
    name: str


def day_asked(as_of: date | None) -> date:
    """Return the day as of which is read, today where none is given; one that has not come is refused."""
    today = clock.today()
    if as_of is not None and as_of > today:
        raise Refused("Ngày as_of chưa đến.")
    return as_of or today


def unit_asked(viewer: Viewer, code: str) -> Unit | None:
    """Return the unit of a code within reach, None where none is asked for; one that is not there is refused."""
    if not code:
        return None
    found = unit_on(code)
    if found is None or not viewer.sees_unit(found.pk):
        raise Refused(f"Không có đơn vị «{code}» trong phạm vi của khóa.")
    return found


def check_cursor_day(cursor: str) -> None:
    """Refuse a cursor whose day is none."""
    try:
        date.fromisoformat(cursor[:10] or "2000-01-01")
    except ValueError:
        raise Refused("Tham số cursor không phải là giá trị next của trang trước.") from None


def page(rows: list[Any], after: str, as_of: date) -> dict[str, Any]:
    """Return a page: its rows, the cursor to the next (empty at the end), the day."""
    return {"rows": rows, "next": after, "as_of": as_of}


class Paged(Schema):
    """What every page says of itself."""

    next: str
    as_of: date
