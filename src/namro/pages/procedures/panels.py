"""What the page of a procedure is composed of: its parts in order, each with the doubts about it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from namro.procedures.models import Procedure, ProcedureVersion
from namro.procedures.queries.words import fee_words, limit_words
from namro.procedures.terms import TOLD, Flag, Part, ProcedureDef

Body = Mapping[str, Any]
# What closes a script block or opens a comment inside it, as JSON may write it instead.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Group:
    """Papers of one case; the empty case is asked of everybody."""

    case: str
    papers: list[Mapping[str, Any]]


def doubts_by_part(version: ProcedureVersion) -> dict[str, list[Any]]:
    """Return, by part, the sentences on what cannot be relied on in it."""
    found: dict[str, list[Any]] = {}
    for name in version.flags:
        part, sentence = TOLD[Flag(name)]
        found.setdefault(part.value, []).append(sentence)
    return found


def methods(body: Body) -> list[dict[str, Any]]:
    """Return the ways to submit with limit and fee in words."""
    return [
        {
            "method": each["method"],
            "limit": limit_words(each["time_limit"]),
            "fee": fee_words(each["fee"]),
            "description": each["description"],
        }
        for each in body["submission_methods"]
    ]


def papers(body: Body) -> list[Group]:
    """Return the papers by case, in the order of the source."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for paper in body["documents"]:
        groups.setdefault(paper["case"], []).append(paper)
    return [Group(case, listed) for case, listed in groups.items()]


def parts(version: ProcedureVersion) -> list[dict[str, Any]]:
    """Return the sections of the page: anchor, title, kind of content and doubts."""
    doubts, body = doubts_by_part(version), version.body or {}
    shown = (Part.METHODS, Part.DOCUMENTS, Part.STEPS, Part.CONDITIONS, Part.RESULT, Part.LEGAL_BASES)
    return [
        {"part": part.value, "title": part.label, "anchor": part.value.replace("_", "-"), "value": body.get(part.value),
         "doubts": doubts.get(part.value, [])}
        for part in shown
        if body.get(part.value) or doubts.get(part.value)
    ]  # fmt: skip


def described(row: Procedure, facts: ProcedureDef, body: Body, url: str) -> SafeString:
    """Return the procedure as schema.org's GovernmentService (JSON-LD) for machines that read pages."""
    said = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": facts.name,
        "identifier": row.code,
        "serviceType": facts.field,
        "url": url,
        "inLanguage": "vi",
        "provider": {"@type": "GovernmentOrganization", "name": facts.agency or row.ministry},
        "audience": [{"@type": "Audience", "audienceType": who} for who in facts.applicants],
        "availableChannel": [
            {"@type": "ServiceChannel", "name": each["method"]} for each in body["submission_methods"]
        ],
        "serviceOutput": {"@type": "Thing", "name": str(body["result"])[:300]},
        "isBasedOn": body["source"].get("url", ""),
    }
    return mark_safe(json.dumps(said, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped for a script
