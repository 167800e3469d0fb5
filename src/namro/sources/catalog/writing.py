"""A contract as the file that the catalogue reads: what is declared on the web can be reviewed, kept, exported."""

import tempfile
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from namro.sources.catalog.contracts import read_contracts
from namro.sources.catalog.reading import Entry, day_of
from namro.sources.terms import ContractDef

# In this order people read them.
_ORDER = (
    "code", "version", "name", "name_en", "owner", "givers", "answers", "group", "why", "legal_basis", "next_review",
    "synthetic", "connector", "mode", "cursor", "schedule", "freshness_hours", "numbers", "time", "unit", "key",
    "min_people", "columns",
)  # fmt: skip
_IN_A_LINE = ("connector", "schedule", "unit")
WIDTH = 120


class _Line(dict[str, Any]):
    """A mapping that stands in one line."""


class _Row(list[Any]):
    """A list that stands in one line."""


class _Dumper(yaml.SafeDumper):
    """The safe dumper, with entries of lists set in as our files have them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Never let the entries of a list begin where its key does."""
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Line,
    lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True),
)
_Dumper.add_representer(
    _Row, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)
)


def written(body: Mapping[str, Any]) -> str:
    """Return the text of the file of a contract; equal bodies make equal texts."""
    said = {key: _laid(key, body[key]) for key in _ORDER if body.get(key) not in (None, "", [])}
    return yaml.dump(said, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def _laid(key: str, value: Any) -> Any:
    if key == "next_review":
        return day_of(value)
    if key == "columns":
        return [_Line({name: _in_line(inner) for name, inner in column.items()}) for column in value]
    if key in _IN_A_LINE:
        return _Line({name: _in_line(inner) for name, inner in value.items()})
    return _Row(value) if isinstance(value, list) else value


def _in_line(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _Line(value)
    return _Row(value) if isinstance(value, list) else value


def read_back(text: str, *, today: date, units: Collection[str]) -> tuple[ContractDef, Entry]:
    """Return the contract of such a text, read as that of a package would be; PackageRefused with every fault."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "hop-dong.yaml").write_text(text, encoding="utf-8")
        [found], _ = read_contracts(Path(folder), today=today, units=units)
    return found
