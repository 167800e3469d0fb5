"""What the forms of all verbs on a dossier share."""

from typing import Any

from django import forms

from namro.dossiers.models import Dossier
from namro.dossiers.terms import Verb
from namro.organisation.terms import Viewer
from namro.pages.tasks.forms.fields import RequestForm


def words(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """A field for a few sentences."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=4000, widget=area)


class DossierForm(RequestForm):
    """A verb done to one dossier; `carry_out` raises Refused."""

    verb: Verb
    slug: str
    opens: Any
    sends: Any
    done: Any
    tells: Any = ""
    danger = False
    at_once = False
    leads = False  # whether it takes the dossier further, so that its button may stand out

    def __init__(self, *args: Any, row: Dossier, **options: Any) -> None:
        self.row = row
        options.setdefault("auto_id", f"{self.slug}-%s")
        super().__init__(*args, **options)
        self.initial.setdefault("version", row.version_no)

    @classmethod
    def makes_sense(cls, row: Dossier, viewer: Viewer) -> bool:
        """Whether to show it where the state table allows it."""
        return True

    @property
    def has_files(self) -> bool:
        """Whether the form must be sent as multipart."""
        return self.is_multipart()

    @property
    def draft(self) -> str:
        """The name under which the browser keeps what is typed."""
        return f"dossier-{self.row.pk}-{self.slug}"

    def carry_out(self, **who: Any) -> Any:
        """Do the verb with what was typed."""
        values = {
            name: value for name, value in self.cleaned_data.items() if name not in ("client_id", "version")
        }
        given = {"client_id": self.cleaned_data["client_id"], "version": self.cleaned_data.get("version")}
        return self.act(**values, **given, **who)

    def act(self, **given: Any) -> Any:
        """The action of the verb."""
        raise NotImplementedError
