"""Exact arithmetic on whole columns: decimals as integers, so that a ratio is rounded once and half a unit goes up."""

from typing import Any

import numpy as np
import pyarrow as pa

Ints = np.ndarray[Any, Any]
LOW = (1 << 64) - 1
SAFE = 2**62


def whole(column: pa.ChunkedArray) -> tuple[Ints, Ints]:
    """Return the decimals of a column as integers of their last place (0 where there is none), and which are there."""
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], column.type)
    there = np.asarray(array.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
    halves = np.frombuffer(array.buffers()[1] or b"", dtype="<i8").reshape(-1, 2)
    low, high = (halves[array.offset : array.offset + len(array), side] for side in (0, 1))
    if bool(np.all((high == low >> 63) | ~there)):
        return np.where(there, low, 0), there
    wide = high.astype(object) * (1 << 64) + low.view("<u8").astype(object)
    return np.where(there, wide, 0), there


def decimals(values: Ints, there: Ints, kind: pa.Decimal128Type) -> pa.Array:
    """Return integers of the last place as decimals; none where it is not there."""
    halves = np.empty((len(values), 2), dtype="<i8")
    if values.dtype == object:
        halves[:, 0] = (values & LOW).astype("<u8").view("<i8")
        halves[:, 1] = (values >> 64).astype("<i8")
    else:
        halves[:, 0], halves[:, 1] = values, values >> 63
    valid = pa.py_buffer(np.packbits(there, bitorder="little"))
    return pa.Array.from_buffers(kind, len(values), [valid, pa.py_buffer(halves)])


def scaled(values: Ints, times: int) -> Ints:
    """Return values times a whole number, in as narrow integers as hold it."""
    most = int(np.abs(values).max()) if len(values) and values.dtype != object else SAFE
    return values * times if most * times < SAFE else values.astype(object) * times


def shares(numerators: Ints, denominators: Ints, times: int, places: int) -> Ints:
    """Return numerator × times ÷ denominator in units of the last of so many decimal places, halves away from zero.

    No denominator may be 0. Machine integers are used where they hold every step, else Python's own.
    """
    if not len(numerators):
        return numerators
    positive = (numerators < 0) == (denominators < 0)
    top, bottom = _shorter(np.abs(numerators), np.abs(denominators))
    most, largest = int((top // bottom).max() + 1) * times * 10**places, int(bottom.max())
    if max(most, largest * 1000, int(top.max()) * times) < SAFE:
        found = _long_division(top * times, bottom, places, digits=len(str(SAFE // largest)) - 1)
    else:
        top, bottom = top.astype(object), bottom.astype(object)
        found = (top * (2 * times * 10**places) + bottom) // (bottom * 2)
    return np.where(positive, found, -found)


def _shorter(top: Ints, bottom: Ints) -> tuple[Ints, Ints]:
    """Return both sides without the decimals that none of them uses."""
    unused = 10**6
    if np.any(top % unused) or np.any(bottom % unused):
        return top, bottom
    return top // unused, bottom // unused


def _long_division(top: Ints, bottom: Ints, places: int, digits: int) -> Ints:
    """Return top ÷ bottom as on paper, so many digits at a time."""
    found, rest = np.divmod(top, bottom)
    while places:
        step = 10 ** min(digits, places)
        more, rest = np.divmod(rest * step, bottom)
        found, places = found * step + more, places - min(digits, places)
    return found + (rest * 2 >= bottom)
