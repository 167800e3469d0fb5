"""Loading what a package declares: its catalogue, life events and old codes; the same folder twice changes nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from namro.audit.actions import record
from namro.ground.reviewed import FileRefused, demand, read_reviewed
from namro.procedures.actions.events import put_events
from namro.procedures.actions.publishing import write_versions
from namro.procedures.actions.receiving import (
    changes_against_now,
    counts_of,
    file_digest,
    keep_changes,
    new_import,
)
from namro.procedures.catalog import read_events, read_records, read_successions, unpacked
from namro.procedures.models import ProcedureImport, Succession
from namro.procedures.terms import ImportState

FOLDER = "procedures"
# Where the numbers of a package's own imports come from: one file is one import.
PACKAGE_SPACE = uuid5(NAMESPACE_URL, "urn:namro:procedures")


@transaction.atomic
def load_package(folder: Path, *, progress: Callable[[float, str], None] | None = None) -> dict[str, int]:
    """Put the procedures of a package. The first catalogue is published by the package itself; a later one waits as an
    import for a person, who sees what it changes. Returns rows by kind; FileRefused with the line of a fault."""
    inside = folder / FOLDER
    if not inside.is_dir():
        return {}
    put_events(read_events(inside / "life_events.yaml"))
    successions = _put_successions(inside / "successions.csv")
    count = _put_catalogue(inside / "catalogue.yaml")
    if progress:
        progress(1.0, "thủ tục hành chính")
    return {"procedures": count, "successions": successions}


def _put_catalogue(head_file: Path) -> int:
    """Receive the file that the head names, unless it was received before; publish it when it is the first."""
    head = read_reviewed(head_file)
    demand(head_file, head, "owner", "next_review", "file", "valid_from", "source_as_of")
    file = head_file.parent / str(head["file"])
    if not file.is_file():
        raise FileRefused(head_file, head["__line__"], f"tệp “{head['file']}” không có trong gói")
    content = file.read_bytes()
    known = ProcedureImport.objects.filter(client_id=uuid5(PACKAGE_SPACE, file_digest(content))).first()
    return known.records if known else _receive(file, content, head)


def _receive(file: Path, content: bytes, head: dict[str, Any]) -> int:
    found = read_records(unpacked(content))
    if found.faults:
        raise FileRefused(file, found.faults[0].line, found.faults[0].what)
    client_id = uuid5(PACKAGE_SPACE, file_digest(content))
    batch = new_import(found, content, client_id, name=file.name, is_complete=True, by=None)
    batch.source_as_of = str(head["source_as_of"])
    is_first = not ProcedureImport.objects.filter(state=ImportState.PUBLISHED).exists()
    if is_first:
        changes = changes_against_now(batch, found)
        batch.save()
        write_versions(batch, changes, head["valid_from"], None, {item.code: item for item in found.records})
    else:
        keep_changes(batch, found)
    record(
        by=None,
        verb="publish_procedures" if is_first else "receive_procedures",
        obj=batch,
        after=counts_of(batch),
    )
    return batch.records


def _put_successions(file: Path) -> int:
    said = read_successions(file)
    kept = {(row.old_code, row.new_code) for row in said}
    gone = [row.pk for row in Succession.objects.all() if (row.old_code, row.new_code) not in kept]
    Succession.objects.filter(pk__in=gone).delete()
    Succession.objects.bulk_create(
        [Succession(old_code=row.old_code, old_name=row.old_name, new_code=row.new_code, basis=row.basis)
         for row in said],
        update_conflicts=True, unique_fields=["old_code", "new_code"], update_fields=["old_name", "basis"],
    )  # fmt: skip
    return len(said)
