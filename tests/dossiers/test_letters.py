"""Who left an address is written to: once, of what they wait for, and nothing of them stands in the letter."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings
from tests.builders import seen_by
from tests.delivery.mailserver import MailServer
from tests.dossiers.conftest import NOW, Hall

from namro.audit.models import Entry
from namro.dossiers import actions
from namro.dossiers.actions.letters import CLAIM, claim, retry_letter, send_letters
from namro.dossiers.models import ApplicantLetter, Dossier
from namro.dossiers.queries.letters import dead_letters
from namro.dossiers.terms import LetterState
from namro.ground import clock
from namro.organisation.terms import Refused

FILLED = {"email": "mo@example.org", "phone": "0905 000 111"}


@pytest.fixture
def mail() -> Iterator[MailServer]:
    """A real mail server on loopback that this place uses."""
    with (
        MailServer() as server,
        override_settings(
            NAMRO_MAIL=True, EMAIL_HOST="127.0.0.1", EMAIL_PORT=server.port, EMAIL_USE_TLS=False,
            EMAIL_TIMEOUT=1, NAMRO_SITE="https://dichvu.example",
        ),
    ):  # fmt: skip
        yield server


def test_a_supplement_is_written_of_once_and_names_nobody(hall: Hall, mail: MailServer) -> None:
    row = hall.filed(filled=FILLED)
    assert send_letters() == 0  # who files has the receipt before them
    actions.receive(row.pk, **hall.by("clerk"))
    again = hall.by("clerk")
    for _ in range(2):
        actions.ask_supplement(row.pk, words="Thiếu giấy chứng sinh của cháu Na", **again)
    assert [send_letters(), send_letters()] == [2, 0]
    received, asked = mail.letters
    assert received["To"] == "mo@example.org"
    assert "Hẹn trả kết quả: 17:30 14/07/2025" in received.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert asked["Subject"].strip() == f"Hồ sơ {row.code} cần bổ sung giấy tờ"
    text = asked.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert f"https://dichvu.example/tra-cuu/{row.code}/" in text
    assert not any(word in text for word in (hall.citizen.name, "cháu Na", "0905", "khai sinh"))


def test_a_shut_server_is_tried_again_under_the_same_number(hall: Hall, mail: MailServer) -> None:
    row = hall.filed(filled=FILLED)
    mail.answers = ["451 later"]
    actions.receive(row.pk, **hall.by("clerk"))
    assert send_letters() == 0
    letter = ApplicantLetter.objects.get()
    assert (letter.state, letter.attempts) == (LetterState.QUEUED, 1) and "451" in letter.fault
    with clock.at(NOW + timedelta(minutes=2)):
        assert send_letters() == 1
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.fault) == (LetterState.SENT, 2, "")


def test_a_receiver_that_is_refused_is_not_tried_for_ever(hall: Hall, mail: MailServer) -> None:
    mail.receiver_answers["mo@example.org"] = "550 no such person"
    actions.receive(hall.filed(filled=FILLED).pk, **hall.by("clerk"))
    assert send_letters() == 0
    letter = ApplicantLetter.objects.get()
    assert letter.state == LetterState.DEAD and "550" in letter.fault


def test_a_dead_letter_is_seen_by_administrators_and_sent_again(hall: Hall, mail: MailServer) -> None:
    mail.receiver_answers["mo@example.org"] = "550 <mo@example.org>: no such person"
    row = hall.filed(filled=FILLED)
    actions.receive(row.pk, **hall.by("clerk"))
    send_letters()
    administrator = hall.people["administrator"]
    seen = seen_by(administrator, NOW.date())
    dead = dead_letters(seen)
    [letter] = dead.latest
    assert (dead.count, letter.event.dossier.code) == (1, row.code)
    assert "550" in letter.fault and "mo@" not in letter.fault
    clerk = hall.people["clerk"]
    with pytest.raises(Refused):
        retry_letter(letter=letter, by=clerk, viewer=seen_by(clerk, NOW.date()))
    mail.receiver_answers.clear()
    presses = [retry_letter(letter=letter, by=administrator, viewer=seen) for _ in range(2)]
    assert presses == [True, False]
    assert (send_letters(), dead_letters(seen).count) == (1, 0)
    assert Entry.objects.filter(verb="retry_letter").count() == 1


def test_a_letter_that_is_itself_at_fault_holds_up_no_other(hall: Hall, mail: MailServer) -> None:
    first, second = (hall.filed(filled=FILLED) for _ in range(2))
    for row in (first, second):
        actions.receive(row.pk, **hall.by("clerk"))
    Dossier.objects.filter(pk=first.pk).update(filled={"email": "mo@example.org\nBcc: all@example.org"})
    assert send_letters() == 1
    Dossier.objects.filter(pk=first.pk).update(filled={})
    with clock.at(NOW + timedelta(minutes=2)):
        assert send_letters() == 0
    [told] = ApplicantLetter.objects.filter(event__dossier=first)
    assert (told.state, told.fault) == (LetterState.DEAD, "Người nộp không còn địa chỉ thư")


def test_a_worker_that_was_cut_off_leaves_its_letter_to_the_next(hall: Hall, mail: MailServer) -> None:
    actions.receive(hall.filed(filled=FILLED).pk, **hall.by("clerk"))
    assert claim() is not None and claim() is None
    with clock.at(NOW + CLAIM):
        assert send_letters() == 1


def test_nobody_is_written_to_without_an_address_a_server_or_a_real_dossier(hall: Hall) -> None:
    actions.receive(hall.filed(filled=FILLED).pk, **hall.by("clerk"))
    with override_settings(NAMRO_MAIL=True, EMAIL_HOST="127.0.0.1"):
        actions.receive(hall.filed().pk, **hall.by("clerk"))
        made_up = hall.filed(filled=FILLED)
        Dossier.objects.filter(pk=made_up.pk).update(is_synthetic=True)
        actions.receive(made_up.pk, **hall.by("clerk"))
        assert not ApplicantLetter.objects.exists()
        actions.receive(hall.filed(filled=FILLED).pk, **hall.by("clerk"))
        assert ApplicantLetter.objects.count() == 1
