"""Items of the index made from records: which text of a procedure or an article stands in which field."""

import re
from collections.abc import Mapping
from typing import Any

from namro.assistant.formulas.building import Item
from namro.procedures.terms import Part

# In the order of their number in the index: which part of a procedure a passage of a field belongs to.
CITIZEN = "Công dân Việt Nam"
LEVELS = ("Cấp xã", "Cấp tỉnh", "Cấp bộ")
_CLAUSE = re.compile(r"\n(?=\d+\.)")
# The Constitution, codes and laws, ordinances, decrees, then what ministries write.
RANKS = {"Hiến pháp": 4.0, "Bộ luật": 3.0, "Luật": 3.0, "Pháp lệnh": 2.5, "Nghị quyết": 2.0, "Nghị định": 2.0}
LOWEST_RANK = 1.0


def procedure_item(code: str, body: Mapping[str, Any], digest: str = "") -> Item:
    """A procedure from the record of a version (`procedures.catalog.as_body`)."""
    fields = {
        "name": [body["name"]], "field": [body["field"]],
        "who": [*body["applicants"], *body["level"]], "result": [body["result"]],
        "documents": [f"{paper['name']} {paper.get('case', '')}" for paper in body["documents"]],
        "steps": [*body["steps"], body["agency"]],
        "rest": [*(" ".join(map(str, way.values())) for way in body["submission_methods"]), body["conditions"]],
    }  # fmt: skip
    priors = [*(float(level in body["level"]) for level in LEVELS), float(CITIZEN in body["applicants"])]
    return Item(code, fields, tuple(priors), digest)


def article_item(key: str, heading: str, law: str, kind: str, text: str, digest: str = "") -> Item:
    """An article: its heading (number and title), its law, and a passage a clause."""
    clauses = [part for part in _CLAUSE.split(text) if part.strip()]
    return Item(
        key, {"title": [heading], "law": [law], "text": clauses}, (RANKS.get(kind, LOWEST_RANK),), digest
    )


def city_item(key: str, ask: str, source: str, words: str, digest: str = "") -> Item:
    """One way of asking for a text of the city."""
    return Item(key, {"ask": [ask], "source": [source], "words": words.splitlines()}, (), digest)


PART_OF = {
    "name": Part.NAME, "field": Part.FIELD, "who": Part.APPLICANTS, "result": Part.RESULT,
    "documents": Part.DOCUMENTS, "steps": Part.STEPS, "rest": Part.METHODS,
}  # fmt: skip
