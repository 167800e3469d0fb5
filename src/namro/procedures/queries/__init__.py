"""Reads of the procedures: the catalogue is public, so no viewer is asked; what is doubtful is told with it."""

from namro.procedures.queries.finding import (
    Asked,
    Facets,
    Page,
    count_up_to,
    events_with_counts,
    facets,
    find,
    page_of,
)
from namro.procedures.queries.imports import changes_of, imports, stale_changes
from namro.procedures.queries.one import (
    Version,
    history_of,
    predecessors_of,
    procedure,
    state_on,
    successors_of,
    version_on,
)
from namro.procedures.queries.worklist import Doubt, doubts

__all__ = [
    "Asked", "Doubt", "Facets", "Page", "Version", "changes_of", "count_up_to", "doubts", "events_with_counts",
    "facets", "find", "history_of", "imports", "page_of", "predecessors_of", "procedure", "stale_changes", "state_on",
    "successors_of", "version_on",
]  # fmt: skip
