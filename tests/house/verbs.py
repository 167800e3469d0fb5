"""Which verbs take the number of an act, read from the source."""

import ast
from collections.abc import Iterator

from tests.house.building import SOURCE, sources

# These do one verb to many things, each with a number of its own and in a transaction of its own.
ONE_BY_ONE = {"tasks.accept_many", "tasks.issue_many", "dossiers.reassign_many"}
# These wait for each other at the rows that they change, and ask there whether the act was done.
BY_THEIR_ROWS = {
    "alerts.acknowledge",
    "alerts.silence",
    "alerts.close",
    "alerts.note_task",
    "alerts.urge_by_hand",
}
# These show something once: who sends it again is told so.
SHOWN_ONCE = {"delivery.add_endpoint"}


def verbs_with_client_id() -> dict[str, set[str]]:
    """Return, by domain and name of each verb that takes a client_id as a keyword, its decorators."""
    return {name: {ast.unparse(each) for each in verb.decorator_list} for name, verb in _verbs()}


def _verbs() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sources():
        place = path.relative_to(SOURCE).with_suffix("").parts
        if place[0] == "flows" or "actions" in place:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and "client_id" in {
                    each.arg for each in node.args.kwonlyargs
                }:
                    yield f"{place[0]}.{node.name}", node
