"""Papers of a dossier: looked at before they are taken, stored once under their digest, used again where held."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from namro.audit.actions import once
from namro.dossiers.actions.act import Act, Done, Hand, perform
from namro.dossiers.formulas.files import bears_signature, check_file
from namro.dossiers.models import Dossier, DossierFile
from namro.dossiers.queries.desk import desk_rules
from namro.dossiers.queries.papers import OTHER, may_reuse, papers_of, stored_name
from namro.dossiers.terms import Scan, Verb
from namro.organisation.terms import Refused
from namro.outside import scanning


@dataclass(frozen=True)
class Paper:
    """A file that was looked at: for which paper of the version it stands, what it is, what the scanner saw."""

    key: str
    name: str
    content: bytes
    media_type: str
    scan: str

    @property
    def sha256(self) -> str:
        """The digest of its content."""
        return hashlib.sha256(self.content).hexdigest()


def take_paper(key: str, name: str, content: bytes) -> Paper:
    """Look at a file as it was sent: its kind by its content, its size, viruses. Before the act, not inside: a scanner
    may take its time, and rows should not be held meanwhile."""
    kind = check_file(name, content, desk_rules())
    try:
        verdict = scanning.scan(content)
    except scanning.Unscanned as fault:
        raise Refused("Máy quét vi-rút không trả lời; hãy thử lại sau ít phút.", field="files") from fault
    if verdict.seen == scanning.Seen.INFECTED:
        raise Refused(f"Tệp «{name}» có mã độc ({verdict.found}) nên không được nhận.", field="files")
    return Paper(key, name.strip()[:200] or "tệp", content, kind, Scan(verdict.seen.value))


@once
def attach(dossier_id: int, *, paper: Paper, hand: Hand, client_id: UUID) -> Done:
    """Add a paper to a draft, or to a dossier that was asked for a supplement."""
    return _added(dossier_id, Act(Verb.ATTACH, hand, client_id, detail=_told(paper)), paper, {})


@once
def digitise(dossier_id: int, *, paper: Paper, hand: Hand, client_id: UUID) -> Done:
    """Add what the clerk scanned of a dossier that came on paper."""
    act = Act(Verb.DIGITISE, hand, client_id, detail=_told(paper))
    return _added(dossier_id, act, paper, {"is_digitised": True})


@once
def drop_paper(dossier_id: int, *, file_id: int, hand: Hand, client_id: UUID) -> Done:
    """Take a paper out of a draft again."""
    act = Act(Verb.DROP_PAPER, hand, client_id, detail={"file": file_id})
    return perform(dossier_id, act, partial(_dropped, file_id))


def _dropped(file_id: int, dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    file = dossier.files.filter(pk=file_id, is_dropped=False).first()
    if file is None:
        raise Refused("Giấy tờ này không còn trong hồ sơ; hãy tải lại trang.", field="files")
    DossierFile.objects.filter(pk=file.pk).update(is_dropped=True)
    return {"reused_papers": dossier.reused_papers - 1} if file.reused_from_id else {}


@once
def reuse_paper(dossier_id: int, *, key: str, file_id: int, hand: Hand, client_id: UUID) -> Done:
    """Use a paper again that the applicant handed in before: it is not asked for twice (Decree 118/2025/NĐ-CP)."""
    act = Act(Verb.REUSE, hand, client_id, detail={"paper": key, "file": file_id})
    return perform(dossier_id, act, partial(_reused, key, file_id, hand, client_id))


def _reused(
    key: str, file_id: int, hand: Hand, client_id: UUID, dossier: Dossier, at: datetime
) -> Mapping[str, Any]:
    held = may_reuse(dossier.applicant).filter(pk=file_id).first()
    if held is None:
        raise Refused("Không có giấy tờ này trong các hồ sơ trước của người nộp.", field="files")
    _check_place(dossier, key)
    DossierFile.objects.create(
        dossier=dossier, client_id=client_id, paper=key, name=held.name, sha256=held.sha256, size=held.size,
        media_type=held.media_type, scan=held.scan, reused_from=held, bears_signature=held.bears_signature,
        at=at, by=hand.person,
    )  # fmt: skip
    return {"reused_papers": dossier.reused_papers + 1}


def _added(dossier_id: int, act: Act, paper: Paper, values: Mapping[str, Any]) -> Done:
    def checked(dossier: Dossier, at: datetime) -> Mapping[str, Any]:
        _check_place(dossier, paper.key)
        return values

    done = perform(dossier_id, act, checked)
    if not done.repeated and act.client_id is not None:
        keep(done.dossier, paper, act.hand, act.client_id, done.event.at)
    return done


def keep(
    dossier: Dossier, paper: Paper, hand: Hand, client_id: UUID, at: datetime,
    signature: Mapping[str, Any] | None = None,
) -> DossierFile:  # fmt: skip
    """Store the file and put it down with the dossier."""
    _store(paper)
    return DossierFile.objects.create(
        dossier=dossier, client_id=client_id, paper=paper.key, name=paper.name, sha256=paper.sha256,
        size=len(paper.content), media_type=paper.media_type, scan=paper.scan, at=at, by=hand.person,
        signature=dict(signature) if signature else None, bears_signature=bears_signature(paper.content),
    )  # fmt: skip


def _store(paper: Paper) -> None:
    """Write the content under its digest unless it is there whole: a write that was cut off is done again."""
    name = stored_name(paper.sha256)
    if default_storage.exists(name):
        if default_storage.size(name) == len(paper.content):
            return
        default_storage.delete(name)
    default_storage.save(name, ContentFile(paper.content))


def _check_place(dossier: Dossier, key: str) -> None:
    """Refuse a paper that the version does not ask for, and more files than the rules take. The result is not among
    them: it comes with the decision alone."""
    if key not in {OTHER} | {asked.key for asked in papers_of(dossier.version)}:
        raise Refused("Thủ tục này không có giấy tờ đó; hãy chọn lại.", field="files")
    most = desk_rules().most_files
    if dossier.files.filter(is_dropped=False).count() >= most:
        raise Refused(f"Một hồ sơ nhận nhiều nhất {most} tệp; hãy gộp các trang vào một tệp.", field="files")


def _told(paper: Paper) -> dict[str, Any]:
    return {"paper": paper.key, "sha256": paper.sha256}
