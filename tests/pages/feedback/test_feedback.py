"""Somebody says something without an account and follows it; officers answer; the answer is open to everybody."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import World
from tests.house.building import PACKAGE
from tests.pages.citizens.conftest import hidden

from namro.dossiers.actions.feedback import Said, send_feedback
from namro.dossiers.actions.feedback_limits import load_feedback
from namro.dossiers.models import Feedback
from namro.dossiers.queries import feedback as queries
from namro.dossiers.queries.feedback import published
from namro.ground import clock
from namro.organisation.terms import Role
from namro.pages.feedback import answering, limits


@pytest.fixture
def limited(world: World) -> World:
    """The small world with the package's limits."""
    load_feedback(PACKAGE)
    return world


def sent(world: World) -> Feedback:
    """Return a feedback to the first commune."""
    return send_feedback(Said("feedback", world.communes[0], "Chờ lâu quá."), client_id=uuid4())


def text(answer: Any) -> str:
    """Return the words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_it_is_sent_without_an_account_and_followed_by_its_code(limited: World) -> None:
    page = Client().get(reverse("feedback_send"))
    assert "nhận hoặc trả lại trong 2 ngày làm việc, trả lời trong 15 ngày làm việc" in text(page)
    assert "chưa đối chiếu với văn bản" in text(page)
    said = {"kind": "feedback", "unit": "Hải Vân", "words": "Chờ lâu quá.", "client_id": str(uuid4())}
    answer = Client().post(reverse("feedback_send"), said)
    feedback = Feedback.objects.get()
    assert answer.url == reverse("feedback_followed", args=[feedback.code])
    assert "chậm nhất hết ngày 11/07/2025" in text(Client().get(answer.url))
    assert Client().get(reverse("feedback_followed", args=["GY-250709-AAAAAAAA"])).status_code == 404


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"words": " "}, "Hãy điền mục này"),
        ({"unit": ""}, "Hãy chọn đơn vị, hoặc ghi mã hồ sơ"),
        ({"unit": "", "dossier": "H17.1"}, "Không có hồ sơ mang mã này"),
        ({"kind": "complaint"}, "Khiếu nại về một hồ sơ"),
    ],
)
def test_what_is_missing_is_told_and_what_was_typed_stays(
    limited: World, changed: dict[str, str], told: str
) -> None:
    said = {
        "kind": "feedback",
        "unit": "Hải Vân",
        "words": "Chờ lâu.",
        "sender_name": "Người gửi",
        "client_id": str(uuid4()),
    }
    answer = Client().post(reverse("feedback_send"), said | changed)
    assert answer.status_code == 422
    assert told in text(answer)
    assert "Người gửi" in answer.content.decode()


def test_from_one_address_not_too_much_is_sent_and_nothing_typed_is_lost(
    limited: World, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_AN_HOUR", 2)
    # One stretch for all, also when the test runs while an hour ends.
    monkeypatch.setattr(limits, "HOUR", 2**40)

    def say(client: Client, number: str = "", **more: str) -> Any:
        said = {
            "kind": "feedback",
            "unit": "Hải Vân",
            "words": "Chờ lâu quá.",
            "client_id": number or str(uuid4()),
        }
        return client.post(reverse("feedback_send"), said | more)

    first = str(uuid4())
    assert [say(Client(), each).status_code for each in (first, first, "")] == [302] * 3
    refused = say(Client(), words="Lần thứ ba.")
    assert refused.status_code == 422
    assert "quá nhiều ý kiến trong một giờ" in text(refused)
    assert "Lần thứ ba." in refused.content.decode()
    assert say(signed_in(Role.COMMUNE_OFFICER)).status_code == 302
    assert Feedback.objects.count() == 3


def test_officers_take_it_on_answer_and_publish(limited: World, signed_in: Any) -> None:
    feedback, officer = sent(limited), signed_in(Role.COMMUNE_OFFICER)
    listed = officer.get(reverse("feedbacks"))
    assert "1 ý kiến chờ đơn vị" in text(listed)
    assert feedback.code not in listed.content.decode()

    def do(deed: str, **said: str) -> Any:
        feedback.refresh_from_db()
        given = {"client_id": str(uuid4()), "version": str(feedback.version_no)} | said
        return officer.post(reverse("feedback_act", args=[feedback.pk, deed]), given)

    assert do("nhan").status_code == 302
    assert do("tra-loi", words="").status_code == 422
    assert do("tra-loi", words="Đã mở thêm quầy.").status_code == 302
    assert do("cong-khai", words="Có người chờ lâu ở quầy.", answer="Đã mở thêm.").status_code == 302
    assert do("tra-lai", grounds="Muộn rồi").status_code == 422
    shown = text(Client().get(reverse("feedback_published")))
    assert "Có người chờ lâu ở quầy." in shown
    assert "Chờ lâu quá." not in shown
    page = officer.get(reverse("feedback", args=[feedback.pk]))
    assert feedback.code not in page.content.decode()


def test_the_sender_adds_and_rates_once(limited: World, signed_in: Any) -> None:
    feedback, officer = sent(limited), signed_in(Role.COMMUNE_OFFICER)
    act = reverse("feedback_act", args=[feedback.pk, "hoi-them"])
    officer.post(act, {"client_id": str(uuid4()), "words": "Quầy nào?"})
    page = reverse("feedback_followed", args=[feedback.code])
    assert "Quầy nào?" in text(Client().get(page))
    say = reverse("feedback_say", args=[feedback.code, "bo-sung"])
    assert Client().post(say, {"client_id": str(uuid4()), "words": "Quầy 3."}).url == page
    back = reverse("feedback_act", args=[feedback.pk, "tra-lai"])
    officer.post(back, {"client_id": str(uuid4()), "grounds": "Hãy gửi tới bưu điện."})
    rate = reverse("feedback_say", args=[feedback.code, "danh-gia"])
    said = {"client_id": str(uuid4()), "is_satisfied": "0"}
    assert Client().post(rate, said).status_code == 302
    assert Client().post(rate, said | {"client_id": str(uuid4())}).status_code == 422
    assert "không hài lòng" in text(Client().get(page))


def test_others_find_nothing(limited: World, signed_in: Any) -> None:
    feedback = sent(limited)
    assert signed_in(Role.OFFICER).get(reverse("feedback", args=[feedback.pk])).status_code == 404
    assert signed_in(Role.ADMINISTRATOR).get(reverse("feedbacks")).status_code == 404
    clerk = signed_in(Role.CLERK)
    assert clerk.get(reverse("feedback", args=[feedback.pk])).status_code == 200
    assert clerk.post(reverse("feedback_act", args=[feedback.pk, "nhan"]), {}).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_rows(
    limited: World, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    for _time in range(4):
        sent(limited)
    officer = signed_in(Role.COMMUNE_OFFICER)
    with django_assert_max_num_queries(22):
        officer.get(reverse("feedbacks"))


def test_another_matter_under_an_old_number_is_not_thanked_for_and_goes_with_the_next_press(
    limited: World,
) -> None:
    said = {"kind": "feedback", "unit": "Hải Vân", "words": "Chờ lâu quá.", "client_id": str(uuid4())}
    page = reverse("feedback_send")
    first = Client().post(page, said)
    assert Client().post(page, said).url == first.url
    refused = Client().post(page, said | {"words": "Ghế gãy."})
    assert refused.status_code == 422
    assert "chưa được gửi" in text(refused) and "Ghế gãy." in refused.content.decode()
    number = hidden(refused.content.decode(), "client_id")
    assert Client().post(page, said | {"words": "Ghế gãy.", "client_id": number}).status_code == 302
    assert set(Feedback.objects.values_list("words", flat=True)) == {"Chờ lâu quá.", "Ghế gãy."}


def test_what_is_typed_is_kept_on_the_device_until_it_was_taken_and_units_are_suggested(
    limited: World,
) -> None:
    client = Client()
    page = client.get(reverse("feedback_send")).content.decode()
    assert 'data-draft="feedback"' in page
    assert 'list="units"' in page and "Phường Hải Vân (20194)" in page
    said = {"kind": "feedback", "unit": "Hải Vân", "words": "Chờ lâu quá.", "client_id": str(uuid4())}
    taken = '<meta name="draft-taken" content="feedback">'
    there = client.post(reverse("feedback_send"), said).url
    assert taken in client.get(there).content.decode()
    assert taken not in client.get(there).content.decode()


def test_an_answer_is_published_in_words_of_its_own(limited: World, signed_in: Any) -> None:
    feedback, officer = sent(limited), signed_in(Role.COMMUNE_OFFICER)
    number = {"client_id": str(uuid4())}
    officer.post(reverse("feedback_act", args=[feedback.pk, "nhan"]), number)
    answer = {"client_id": str(uuid4()), "words": "Chào bà Lan, gọi 0905 123 456."}
    officer.post(reverse("feedback_act", args=[feedback.pk, "tra-loi"]), answer)
    publish = reverse("feedback_act", args=[feedback.pk, "cong-khai"])
    offered = officer.get(reverse("feedback", args=[feedback.pk])).content.decode()
    assert "Chào bà Lan" in offered.split(publish)[1]
    told = {"client_id": str(uuid4()), "words": "Có người chờ lâu."}
    assert officer.post(publish, told).status_code == 422
    assert officer.post(publish, told | {"answer": "Đã mở thêm quầy."}).status_code == 302
    shown = text(Client().get(reverse("feedback_published")))
    assert "Đã mở thêm quầy." in shown and "bà Lan" not in shown
    followed = Client().get(reverse("feedback_followed", args=[feedback.code]))
    assert "Chào bà Lan" in text(followed)


def test_what_was_published_last_stands_first_and_pages_join(limited: World) -> None:
    rows = [sent(limited) for _ in range(3)]
    for place, days in ((0, 3), (1, 1), (2, 2)):
        when = clock.now() + timedelta(days=days)
        Feedback.objects.filter(pk=rows[place].pk).update(published_at=when, state="published")
    first = published(size=2)
    second = published(size=2, after=first.after)
    assert [each.pk for each in (*first.rows, *second.rows)] == [rows[0].pk, rows[2].pk, rows[1].pk]
    assert second.after == 0


def test_what_has_ended_late_is_not_told_as_late_and_no_cut_count_as_a_figure(
    limited: World, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, late = signed_in(Role.COMMUNE_OFFICER), [sent(limited) for _ in range(2)]
    Feedback.objects.filter(pk=late[0].pk).update(state="returned", late_on="2025-07-01")
    Feedback.objects.filter(pk=late[1].pk).update(late_on="2025-07-01")
    assert "1 ý kiến chờ đơn vị, 1 đã trễ hạn" in text(officer.get(reverse("feedbacks")))
    ended = officer.get(reverse("feedbacks"), {"nhom": "xong-tre"}).content.decode()
    assert reverse("feedback", args=[late[0].pk]) in ended
    assert reverse("feedback", args=[late[1].pk]) not in ended
    sent(limited)
    for module in (queries, answering):
        monkeypatch.setattr(module, "MOST_COUNTED", 1)
    page = text(officer.get(reverse("feedbacks")))
    assert "hơn 1 ý kiến chờ đơn vị" in page and "Mới nhận 2" not in page
