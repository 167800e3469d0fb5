"""Reviewed files: the YAML of a package, read so that what is wrong can be named with file and line."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

LINE = "__line__"


class FileRefused(ValueError):
    """A file of a package that cannot be used; the message says which file, which line, and what is wrong."""

    def __init__(self, path: Path, line: int, what: str) -> None:
        super().__init__(f"{path.name}, dòng {line}: {what}")


# Written in C where PyYAML was built with it: ten times as fast, and a package is hundreds of files.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):
    """The safe loader, with the line of each mapping kept under LINE."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return the mapping with its line; refuses a key that stands twice, which YAML would silently drop."""
        keys = [key.value for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.MarkedYAMLError(
                problem=f"khoá “{twice.pop()}” có hai lần", problem_mark=node.start_mark
            )
        return {**super().construct_mapping(node, deep=True), LINE: node.start_mark.line + 1}


def read_reviewed(path: Path) -> dict[str, Any]:
    """Return the mapping of a YAML file whose every mapping bears its line; FileRefused if it is none."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise FileRefused(path, line, str(fault.problem)) from fault
    if not isinstance(content, dict):
        raise FileRefused(path, 1, "tệp phải là một bảng khoá: giá trị")
    return content


def demand(path: Path, entry: dict[str, Any], *keys: str) -> None:
    """Refuse the entry unless each of the keys has a value."""
    for key in keys:
        if entry.get(key) in (None, "", []):
            raise FileRefused(path, entry.get(LINE, 1), f"thiếu “{key}”")


def storable(content: Any) -> Any:
    """Return the content as JSON can hold it: without the lines, days as ISO text."""
    if isinstance(content, dict):
        return {key: storable(value) for key, value in content.items() if key != LINE}
    if isinstance(content, list):
        return [storable(each) for each in content]
    return content.isoformat() if isinstance(content, date) else content
