"""What comes on paper is scanned also after the usual press, and a supplement may be brought to the desk."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.dossiers.conftest import BIRTH, Hall
from tests.pages.dossiers.conftest import Seat
from tests.pages.dossiers.test_desk import PDF
from tests.pages.dossiers.test_reception import typed

from namro.dossiers import actions
from namro.dossiers.models import Dossier
from namro.dossiers.terms import State, Verb


def test_what_the_usual_press_sent_on_is_scanned_all_the_same(seat: Seat) -> None:
    clerk = seat("clerk")
    clerk.post(f"/mot-cua/tiep-nhan/{BIRTH}/", typed(do="send"))
    row = Dossier.objects.get()
    assert (row.state, row.is_digitised) == (State.IN_PROCESS, False)
    page = f"/mot-cua/ho-so/{row.code}/"
    assert f"{page}quet/" in clerk.get(page).content.decode()
    sent = {"key": "1", "file": SimpleUploadedFile("quet.pdf", PDF), "client_id": str(uuid4()), "do": "scan"}
    assert clerk.post(f"{page}quet/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.is_digitised, row.files.count(), row.state) == (True, 1, State.IN_PROCESS)


@pytest.mark.parametrize(("do", "verb"), [("attach", Verb.ATTACH), ("scan", Verb.DIGITISE)])
def test_what_a_citizen_brings_as_a_supplement_is_put_in(hall: Hall, seat: Seat, do: str, verb: Verb) -> None:
    row, clerk = hall.received(), seat("clerk")
    page = f"/mot-cua/ho-so/{row.code}/"
    assert 'value="attach"' not in clerk.get(page).content.decode()
    actions.ask_supplement(row.pk, words="Thiếu giấy chứng sinh", **hall.by("clerk"))
    assert 'value="attach"' in clerk.get(page).content.decode()
    sent = {"key": "2", "file": SimpleUploadedFile("giay.pdf", PDF), "client_id": str(uuid4()), "do": do}
    for _ in range(2):
        assert (
            clerk.post(f"{page}quet/", dict(sent, file=SimpleUploadedFile("giay.pdf", PDF))).status_code
            == 302
        )
    assert row.files.get().paper == "2"
    assert row.events.order_by("id").last().verb == verb  # type: ignore[union-attr]
