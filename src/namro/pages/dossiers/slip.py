"""The slip of a dossier: what was received, until when, and a code that leads to where it can be followed."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from namro.dossiers.actions.letters import address_of
from namro.dossiers.models import Dossier
from namro.dossiers.queries.papers import RESULT, papers_of
from namro.outside import mail
from namro.pages.qr import qr_image


def slip_of(request: HttpRequest, row: Dossier) -> dict[str, Any]:
    """Return what the slip shows; its QR code leads to the page by which anybody follows the dossier."""
    track_url = request.build_absolute_uri(reverse("tracked", args=[row.code]))
    is_written_to = mail.is_configured() and bool(address_of(row))
    return {
        "row": row, "qr": qr_image(track_url), "track_url": track_url, "papers": _papers(row),
        "is_written_to": is_written_to,
    }  # fmt: skip


def _papers(row: Dossier) -> list[dict[str, Any]]:
    """What was handed in: files under the names of their papers, else what the clerk ticked."""
    names = {each.key: each.name for each in papers_of(row.version)}
    files = row.files.filter(is_dropped=False).exclude(paper=RESULT)
    sent = [{"name": names.get(file.paper, file.name), "detail": file.name} for file in files]
    return sent or [{"name": name, "detail": ""} for name in row.filled.get("brought", [])]
