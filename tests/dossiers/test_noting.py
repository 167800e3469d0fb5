"""What the service index counts of a dossier's data can be earned: by who files, and by the clerk who looks."""

from pathlib import Path

import pytest
from django.test import override_settings
from tests.dossiers.conftest import Hall

from namro.dossiers import actions
from namro.dossiers.actions import DataUsed
from namro.dossiers.formulas.files import bears_signature
from namro.dossiers.models import Dossier
from namro.dossiers.terms import Channel
from namro.organisation.terms import Refused


def signed(body: bytes = b" to khai ", tail: bytes = b"") -> bytes:
    """A PDF whose signature says that it covers the file; what it holds stands between the two stretches."""
    head, held = b"%PDF-1.7" + body, b"<3082>"
    shape = b"/ByteRange [0 %05d %05d %05d ] /Contents "
    behind = b" %%EOF"
    at = len(head) + len(shape % (0, 0, 0))
    return head + shape % (at, at + len(held), len(behind)) + held + behind + tail


@pytest.mark.parametrize(
    ("content", "bears"),
    [
        (signed(), True),
        (signed(body=b"/ByteRange [0 10 20 30] /Contents <00>"), True),  # signed twice: the last covers all
        (signed(tail=b" added later"), False),
        (b"%PDF-1.7 /ByteRange [0 9 9 ]", False),
        (b"%PDF-1.7 plain", False),
        (b"PK\x03\x04" + signed(), False),
    ],
)
def test_a_signature_covers_the_file_to_its_end(content: bytes, bears: bool) -> None:
    assert bears_signature(content) is bears


def test_a_clerk_counts_certified_copies_no_more_than_there_are(hall: Hall, tmp_path: Path) -> None:
    with override_settings(MEDIA_ROOT=tmp_path):
        row = hall.received()
        for content in (signed(), b"%PDF-1.7 mot anh chup"):
            paper = actions.take_paper("1", "ban-sao.pdf", content)
            actions.digitise(
                row.pk, paper=paper, hand=hall.hand("clerk"), client_id=hall.by("clerk")["client_id"]
            )
        with pytest.raises(Refused, match="có 1 tệp PDF mang chữ ký số, không thể có 2") as refusal:
            actions.note_data(row.pk, data=DataUsed(2, True, False), **hall.by("clerk"))
        assert refusal.value.field == "certified_copies"
        done = actions.note_data(row.pk, data=DataUsed(1, True, False), **hall.by("clerk"))
    kept = Dossier.objects.get(pk=row.pk)
    assert (kept.certified_copies, kept.uses_population_data, kept.needs_paper_result) == (1, True, False)
    assert done.event.detail == {
        "certified_copies": 1,
        "uses_population_data": True,
        "needs_paper_result": False,
    }


def test_who_settles_does_not_count_and_what_ended_is_counted_no_more(hall: Hall) -> None:
    row = hall.received()
    with pytest.raises(Refused):
        actions.note_data(row.pk, data=DataUsed(0, True, False), **hall.by("settler"))
    actions.withdraw(row.pk, **hall.by("clerk"))
    with pytest.raises(Refused):
        actions.note_data(row.pk, data=DataUsed(0, True, False), **hall.by("clerk"))


def test_what_is_said_at_reception_and_in_a_draft_stays(hall: Hall) -> None:
    at_desk = hall.draft(
        channel=Channel.DESK, applicant_id=hall.citizen.pk, uses_population_data=True, needs_paper_result=True
    )
    row = actions.receive_at_desk(at_desk, **hall.by("clerk"))
    assert (row.uses_population_data, row.needs_paper_result) == (True, True)
    who = hall.by("citizen")
    draft = actions.save_draft(hall.draft(needs_paper_result=True), **who)
    assert Dossier.objects.get(pk=draft.pk).needs_paper_result
    actions.save_draft(hall.draft(uses_population_data=True), **who)
    kept = Dossier.objects.get(pk=draft.pk)
    assert (kept.needs_paper_result, kept.uses_population_data) == (False, True)
