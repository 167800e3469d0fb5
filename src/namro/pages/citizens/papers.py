"""The papers that a text asks for with the files that a dossier holds, narrowed to one case; and taking a file in."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from namro.dossiers.actions import Paper, take_paper
from namro.dossiers.models import DossierFile
from namro.dossiers.queries.papers import OTHER, RESULT, PaperAsked, open_file, papers_of
from namro.outside import signing
from namro.procedures.formulas.cases import cases_among
from namro.procedures.models import ProcedureVersion

# The limit of a kind stands in the package; beyond this nothing is read at all.
MOST_BYTES = 64 * 1024**2
# The end of the name of a detached signature (RFC 5652); also what an address asks for it by.
SIGNATURE = "p7s"


@dataclass
class Held:
    """A paper that is asked for, and the files there are for it."""

    asked: PaperAsked
    files: list[DossierFile]


def cases_of(version: ProcedureVersion) -> list[str]:
    """Return the cases that the papers of a text are told apart by, in its order."""
    return cases_among(each.case for each in papers_of(version))


def asked_in(version: ProcedureVersion, case: int) -> list[PaperAsked]:
    """Return the papers asked in a case by its number, from 1 on; in all of them for 0."""
    cases, listed = cases_of(version), papers_of(version)
    if not 0 < case <= len(cases):
        return listed
    return [each for each in listed if each.case == cases[case - 1] or each.case not in cases]


def held_papers(version: ProcedureVersion, case: int, files: Iterable[DossierFile]) -> list[Held]:
    """Return the papers of the case with their files, those of other cases that were sent anyway, and what else was."""
    sent: dict[str, list[DossierFile]] = {}
    for file in files:
        sent.setdefault(file.paper, []).append(file)
    sent.pop(RESULT, None)
    shown = [Held(each, sent.pop(each.key, [])) for each in asked_in(version, case)]
    shown += [Held(each, sent[each.key]) for each in papers_of(version) if each.key in sent]
    other = PaperAsked(OTHER, _("Giấy tờ khác (nếu có)"), 0, 0, "", "")
    return [*shown, Held(other, sent.get(OTHER, []))]


def paper_sent(key: str, sent: UploadedFile) -> Paper:
    """Look at a file that came with a request; refuses what may not be taken."""
    return take_paper(key, sent.name or "", sent.read(MOST_BYTES))


def signed_result(sent: UploadedFile) -> Mapping[str, Any]:
    """A result as a file, with the signature of the place where it has a key: what `decide` is given."""
    paper = paper_sent(RESULT, sent)
    made = signing.sign(paper.content)
    if made is None:
        return {"result": paper}
    signature = {
        "name": made.name, "fingerprint": made.fingerprint, "is_sandbox": made.is_sandbox,
        "cms": base64.b64encode(made.cms).decode(),
    }  # fmt: skip
    return {"result": paper, "signature": signature}


def download(file: DossierFile, form: str = "") -> FileResponse:
    """Hand a file out, always to be saved, never shown as a page of ours; as SIGNATURE the signature that stands beside
    it, by which anybody can prove the file (404 where nobody signed)."""
    if form == SIGNATURE:
        content, name, kind = _signature(file), f"{file.name}.{SIGNATURE}", "application/pkcs7-signature"
    else:
        content, name, kind = open_file(file), file.name, file.media_type
    response = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _signature(file: DossierFile) -> BytesIO:
    cms = (file.signature or {}).get("cms", "")
    if not cms:
        raise Http404("not signed")
    return BytesIO(base64.b64decode(cms))
