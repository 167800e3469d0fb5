"""The pages of the queues: a number from the kiosk to the counter, a slot, a board, a counter that catches up."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests import builders
from tests.builders import World
from tests.queues.conftest import NINE
from tests.queues.counter_work import take

from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Role
from namro.pages.queues import limits
from namro.queues import actions
from namro.queues.actions.booking import Asked
from namro.queues.models import Appointment, Counter, Office, Ticket
from namro.queues.terms import State

HERE = "/hang-doi/20194"


def entered(person: Person) -> Client:
    """A browser in which a person has signed in."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    """The text of a page."""
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def in_the_hall(office: Office) -> Client:
    """A phone that has read today's code."""
    client = Client()
    answer = client.get(f"/lay-so/20194/?ma={actions.code_of_day(office)}")
    assert (answer.status_code, answer["Location"]) == (302, "/lay-so/20194/")
    return client


def test_a_number_is_for_whoever_is_in_the_hall(office: Office) -> None:
    far, here = Client(), in_the_hall(office)
    assert "quét mã QR" in page(far, "/lay-so/20194/")
    assert far.post("/lay-so/20194/", {"service": "chung_thuc"}).status_code == 422
    assert far.get("/lay-so/20194/?ma=12345678").status_code == 200
    mark = str(uuid4())
    said = {"service": "ho_tich", "priority": "cao_tuoi", "client_id": mark}
    answers = [here.post("/lay-so/20194/", said) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    [ticket] = Ticket.objects.all()
    assert (ticket.channel, ticket.priority) == ("phone", "cao_tuoi")
    shown = page(Client(), answers[0]["Location"])
    assert "Sắp đến lượt số B001" in shown
    assert "Người cao tuổi" in shown
    with clock.at(NINE + timedelta(days=1)):  # the code of the day before is worth nothing
        assert here.post("/lay-so/20194/", {"service": "ho_tich"}).status_code == 422


def test_a_phone_holds_one_number_and_a_kiosk_any(office: Office) -> None:
    phone, kiosk = in_the_hall(office), Client()
    kiosk.get(f"/lay-so/20194/?ma={office.key}")
    first = phone.post("/lay-so/20194/", {"service": "ho_tich"})["Location"]
    assert phone.post("/lay-so/20194/", {"service": "chung_thuc"})["Location"] == first
    assert "đang giữ số B001" in page(phone, first)
    phone.post(first)
    assert phone.post("/lay-so/20194/", {"service": "chung_thuc"})["Location"] != first
    assert len({kiosk.post("/lay-so/20194/", {"service": "ho_tich"})["Location"] for _ in range(2)}) == 2


def test_an_address_books_takes_and_guesses_only_so_often(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for most in ("MOST_BOOKINGS", "MOST_BY_PHONE", "MOST_GUESSES"):
        monkeypatch.setattr(limits, most, 1)
    service = office.services.get(code="ho_tich")
    made = actions.book(Asked(service.pk, NINE.date(), 600, "0905123456"), client_id=uuid4())
    said = {"service": "ho_tich", "day": "2025-07-10", "slot": "540", "phone": "0905 111 222"}
    assert [Client().post("/dat-hen/20194/", said).status_code for _ in range(2)] == [302, 422]
    taken = [in_the_hall(office).post("/lay-so/20194/", {"service": "ho_tich"}) for _ in range(2)]
    assert [each.status_code for each in taken] == [302, 422]
    assert page(Client(), f"/lich-hen/{made.code}/")
    assert page(Client(), "/lich-hen/ABCDEFGH/", 404)
    assert page(Client(), f"/lich-hen/{made.code}/", 404)  # no more is looked up for who guesses


def test_who_did_not_open_the_counter_sees_no_buttons(
    office: Office, counters: list[Counter], clerk: Person
) -> None:
    other = builders.person(Role.CLERK, office.unit)
    assert f'data-queue-desk="{counters[0].pk}:{clerk.pk}"' in page(entered(clerk), f"{HERE}/quay/1/")
    shown = page(entered(other), f"{HERE}/quay/1/")
    assert "Người khác đang làm việc ở quầy này" in shown
    assert 'queue-next" name="verb"' not in shown


def test_a_number_is_followed_and_given_back(office: Office, counters: list[Counter]) -> None:
    first, second = take(office), take(office)
    state = json.loads(page(Client(), f"/so-thu-tu/{second.key}/trang-thai/"))
    assert (state["state"], state["near"], state["over"]) == ("waiting", True, False)
    assert "Chờ thêm" in state["wait"]
    assert Client().post(f"/so-thu-tu/{first.key}/").status_code == 302
    assert "Số A001 đã bỏ" in page(Client(), f"/so-thu-tu/{first.key}/")
    assert page(Client(), "/so-thu-tu/khong-co/", 404)


def test_the_board_shows_numbers_and_says_when_nothing_is_new(
    office: Office, counters: list[Counter], clerk: Person
) -> None:
    take(office), take(office)
    entered(clerk).post(f"{HERE}/quay/1/", {"verb": "next", "id": str(uuid4())})
    answer = Client().get("/bang-goi/20194/trang-thai/")
    board = answer.json()
    assert board["called"] == [{"number": "A001", "counter": 1, "calls": 1}]
    assert (board["coming"], board["waiting"], board["counters"]) == (["A002"], 1, 2)
    again = Client().get("/bang-goi/20194/trang-thai/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    shown = page(Client(), "/bang-goi/20194/")
    assert "<b>A001</b>" in shown
    assert "data:image/svg" not in shown


def test_a_counter_works_with_plain_forms(office: Office, counters: list[Counter], clerk: Person) -> None:
    client, ticket = entered(clerk), take(office)
    assert "1 người chờ quầy này" in page(client, f"{HERE}/quay/1/")
    for verb in ("next", "serve", "finish"):
        client.post(f"{HERE}/quay/1/", {"verb": verb, "id": str(uuid4()), "ticket": str(ticket.client_id)})
    ticket.refresh_from_db()
    assert ticket.state == State.DONE
    client.post(f"{HERE}/quay/1/", {"verb": "next", "id": str(uuid4())})
    assert "Không còn ai chờ quầy này." in page(client, f"{HERE}/quay/1/")
    client.post(f"{HERE}/quay/3/", {"verb": "open"})
    client.post(f"{HERE}/quay/3/", {"verb": "close"})
    for wrong in ({}, {"verb": "leave"}, {"verb": "finish", "id": "x"}, {"verb": "call", "id": str(uuid4())}):
        assert client.post(f"{HERE}/quay/1/", wrong).status_code == 302


def test_a_counter_sends_what_it_kept_and_is_answered_act_by_act(
    office: Office, counters: list[Counter], clerk: Person
) -> None:
    client, tickets = entered(clerk), [take(office) for _ in range(2)]
    kept = client.get(f"{HERE}/quay/1/dong-bo/").json()["kept"]
    assert [(each["number"], each["mine"]) for each in kept["waiting"]] == [("A001", True), ("A002", False)]
    acts = [
        {"id": str(uuid4()), "verb": verb, "ticket": str(tickets[0].client_id), "ago": 60 - place}
        for place, verb in enumerate(("next", "serve", "finish"))
    ]
    acts.append({"id": str(uuid4()), "verb": "issue", "service": "dat_dai", "number": "1-01", "ago": 5})
    acts.append({"id": str(uuid4()), "verb": "issue", "service": "dat_dai", "number": "2-01", "ago": 5})
    for _ in range(2):
        answer = client.post(
            f"{HERE}/quay/1/dong-bo/", json.dumps({"acts": acts}), content_type="application/json"
        )
        told = answer.json()["outcomes"]
        assert [each["number"] for each in told[:4]] == ["A001", "A001", "A001", "1-01"]
        assert [bool(each["refusal"]) for each in told] == [False, False, False, False, True]
    assert Ticket.objects.count() == 3
    assert "1 người chờ" in answer.json()["html"]
    send = lambda body: client.post(f"{HERE}/quay/1/dong-bo/", body, content_type="application/json")  # noqa: E731
    # One that cannot be read is told so at its place, and stops no other.
    unread = [{}, {"verb": "call", "id": "7"}, 7, {"verb": "call", "id": str(uuid4()), "ticket": []}]
    told = send(json.dumps({"acts": [*unread[:2], acts[0], *unread[2:]]})).json()["outcomes"]
    assert [bool(each["refusal"]) for each in told] == [True, True, False, True, True]
    assert told[2]["number"] == "A001"
    for wrong in ("", "[]", '{"acts": 5}', "7"):
        assert send(wrong).status_code == 400


def test_a_call_whose_answer_got_lost_does_not_double(
    office: Office, counters: list[Counter], clerk: Person
) -> None:
    """The house called A001, the counter never heard it and called A002 in the hall."""
    client, (first, second) = entered(clerk), [take(office) for _ in range(2)]
    lost = {"id": str(uuid4()), "verb": "next"}
    send = lambda *acts: client.post(  # noqa: E731
        f"{HERE}/quay/1/dong-bo/", json.dumps({"acts": acts}), content_type="application/json"
    )
    send(lost)
    finish = {"id": str(uuid4()), "verb": "finish", "ticket": str(second.client_id)}
    for _ in range(2):
        told = send(lost | {"ticket": str(second.client_id)}, finish).json()["outcomes"]
        assert [(each["number"], each["refusal"]) for each in told] == [("A002", ""), ("A002", "")]
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.state, second.state) == (State.HELD, State.DONE)


def test_a_slot_is_booked_shown_and_given_back(office: Office) -> None:
    client = Client()
    asked = "/dat-hen/20194/?service=ho_tich&day=2025-07-10"
    assert "còn 1" in page(client, asked)
    said = {
        "service": "ho_tich",
        "day": "2025-07-10",
        "slot": "540",
        "phone": "0905 111 222",
        "client_id": str(uuid4()),
    }
    where = client.post("/dat-hen/20194/", said)["Location"]
    shown = page(client, where)
    assert "Hẹn lúc 09:00 ngày 10/07/2025" in shown
    assert "0905" not in shown
    refused = client.post("/dat-hen/20194/", said | {"client_id": str(uuid4()), "phone": "0905 333 444"})
    assert refused.status_code == 422
    assert "vừa hết chỗ" in refused.content.decode()
    assert "0905 333 444" in refused.content.decode()  # what was typed is not lost
    for wrong in ({"service": "x"}, {"day": "2025-07-12"}, {"slot": "541"}, {"slot": "٣"}, {"phone": "1"}):
        assert client.post("/dat-hen/20194/", said | {"client_id": str(uuid4())} | wrong).status_code == 422
    assert client.post(where).status_code == 302
    assert "Lịch hẹn đã hủy" in page(client, where)
    assert Appointment.objects.count() == 1


def test_the_office_tells_how_it_stands_and_whether_it_told_the_truth(
    office: Office,
    counters: list[Counter],
    clerk: Person,
    world: World,
    django_assert_max_num_queries: Callable,
) -> None:
    client = entered(clerk)
    assert "Chưa có lần chờ nào được báo" in page(client, f"{HERE}/")
    actions.seed_history(office, NINE.date() - timedelta(days=40), NINE.date() - timedelta(days=1))
    for _ in range(6):
        take(office)
    with django_assert_max_num_queries(30):
        shown = page(client, f"{HERE}/")
    assert "6 người đang chờ, 2 quầy đang mở" in shown
    assert re.search(r"\d\d,\d\s% \([\d.]+ trên [\d.]+ lần\)", shown)
    assert "dữ liệu mô phỏng" in shown
    assert "(mô phỏng)" in page(client, f"{HERE}/so/?ngoai=1")
    first = page(client, f"{HERE}/so/?nhom=ho_tich")
    [after] = re.findall(r'rel="next" href="([^"]+)"', first)
    assert page(client, after.replace("&amp;", "&")) != first
    for path in (
        "/hang-doi/",
        f"{HERE}/so/?ngay=09/07/2025&trang_thai=waiting",
        f"{HERE}/so/?sau=x.9&ngay=41/1",
    ):
        assert page(client, path)
    assert page(entered(world.people[Role.OFFICER]), f"{HERE}/", 404)


def test_a_ward_sees_how_many_counters_it_needs(office: Office, clerk: Person) -> None:
    client = entered(clerk)
    shown = page(client, f"{HERE}/mo-phong/?quay=6&truc_tuyen=60&dat_hen=30&cho=20")
    assert re.search(r"Cần \d quầy để không quá 1 trong 10 người chờ trên 20 phút", shown)
    assert "giả định" in shown
    assert page(client, f"{HERE}/mo-phong/?quay=99&truc_tuyen=x&dat_hen=-3&cho=٣") != shown
    actions.seed_history(office, NINE.date() - timedelta(days=30), NINE.date() - timedelta(days=1))
    counted = page(client, f"{HERE}/mo-phong/?quay=4")
    assert "Theo nhịp đếm được trong" in counted
    assert "Lịch sử của nơi này là dữ liệu mô phỏng" in counted


def test_whoever_runs_the_office_says_what_each_counter_takes(
    office: Office, world: World, clerk: Person
) -> None:
    client = entered(world.people[Role.COMMUNE_OFFICER])
    assert "Máy lấy số" in page(client, f"{HERE}/dieu-hanh/")
    client.post(f"{HERE}/dieu-hanh/", {"counter": "3", "services": ["chung_thuc", "dat_dai"]})
    assert office.counters.get(number=3).services == ["chung_thuc", "dat_dai"]
    for wrong in (
        {"counter": "3"},
        {"counter": "9", "services": "dat_dai"},
        {"counter": "3", "services": "x"},
    ):
        assert client.post(f"{HERE}/dieu-hanh/", wrong).status_code == 422
    assert page(entered(clerk), f"{HERE}/dieu-hanh/", 404)


@pytest.mark.parametrize("path", ["/lay-so/99999/", "/bang-goi/x/", "/dat-hen/48/", "/lich-hen/ABCDEF/"])
@pytest.mark.usefixtures("office")
def test_what_is_not_there_is_not_there(path: str) -> None:
    assert page(Client(), path, 404)
