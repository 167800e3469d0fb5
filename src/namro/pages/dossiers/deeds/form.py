"""What the forms of all verbs on a dossier share."""

from typing import Any

from namro.dossiers.models import Dossier
from namro.dossiers.terms import Verb
from namro.organisation.terms import Viewer
from namro.pages.fields import DeedForm


class DossierForm(DeedForm):
    """A verb done to one dossier; `carry_out` raises Refused."""

    verb: Verb
    at_once = False
    leads = False  # whether it takes the dossier further, so that its button may stand out

    def __init__(self, *args: Any, row: Dossier, **options: Any) -> None:
        self.row = row
        super().__init__(*args, **options)
        self.initial.setdefault("version", row.version_no)

    @classmethod
    def makes_sense(cls, row: Dossier, viewer: Viewer) -> bool:
        """Whether to show it where the state table allows it."""
        return True

    @property
    def draft(self) -> str:
        """The name under which the browser keeps what is typed."""
        return f"dossier-{self.row.pk}-{self.slug}"
