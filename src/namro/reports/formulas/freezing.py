"""A report as it was sent: the whole value as JSON, word for word, and back; with a seal by which a change shows."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any

from namro.reports import terms
from namro.reports.terms import Report

KIND = "__kind__"


def freeze(value: Any) -> Any:
    """Return a report, or any part of one, as JSON can hold it; `thaw` gives the same value back."""
    if is_dataclass(value) and not isinstance(value, type):
        shown = {field.name: freeze(getattr(value, field.name)) for field in fields(value)}
        return {KIND: type(value).__name__} | shown
    if isinstance(value, Enum):
        return {KIND: type(value).__name__, "value": value.value}
    if isinstance(value, date):
        return {KIND: "day", "value": value.isoformat()}
    if isinstance(value, Decimal):
        return {KIND: "number", "value": str(value)}
    if isinstance(value, Mapping):
        return {str(key): freeze(inner) for key, inner in value.items()}
    return [freeze(inner) for inner in value] if isinstance(value, tuple | list) else value


def thaw(value: Any) -> Any:
    """Return what was frozen: lists as tuples, and each part as the kind it was."""
    if isinstance(value, list):
        return tuple(thaw(inner) for inner in value)
    if not isinstance(value, dict):
        return value
    inner = {key: thaw(each) for key, each in value.items() if key != KIND}
    match value.get(KIND):
        case None:
            return inner
        case "day":
            return date.fromisoformat(inner["value"])
        case "number":
            return Decimal(inner["value"])
        case kind:
            return getattr(terms, kind)(**inner)


def thawed(body: Mapping[str, Any]) -> Report:
    """Return the report of a stored body; TypeError where it is none."""
    found = thaw(dict(body))
    if not isinstance(found, Report):
        raise TypeError("not a report")
    return found


def seal_of(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a frozen report, the same whatever the order in which a database keeps its keys."""
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()
