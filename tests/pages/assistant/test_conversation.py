"""The conversation: asked by a form or streamed, remembered in the session, with its sources, in bounds."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.assistant.conftest import world
from tests.builders import World
from tests.pages.reading import text_of

from namro.assistant.models import HandOver, Opinion, Turn
from namro.assistant.terms import HandOverState, OpinionState
from namro.organisation.terms import Role
from namro.pages.assistant import views
from namro.tasks.terms import State

__all__ = ["world"]
Enter = Callable[[Role], Client]
PUBLIC, OFFICER = "/hoi-dap/", "/hoi-dap/can-bo/"


def page(client: Client, path: str = PUBLIC) -> str:
    """Return the text of a page."""
    return text_of(client, path)


def ask(client: Client, words: str, path: str = PUBLIC, **more: str) -> str:
    """Ask by the form; return the page that one is led to."""
    answer = client.post(path, {"words": words, **more})
    assert (answer.status_code, answer["Location"]) == (302, f"{path}#cuoi")
    return page(client, path)


@pytest.mark.usefixtures("world")
def test_a_conversation_without_scripts(django_assert_max_num_queries: Any) -> None:
    client = Client()
    assert "không phải cán bộ" in page(client)
    first = ask(client, "cấp lại thẻ căn cước bao nhiêu tiền")
    for words in (
        "70.000",
        "/thu-tuc/1.000011/#submission-methods",
        "/nop-ho-so/1.000011/",
        "/can-gi/",
        "giữa năm 2026",
    ):
        assert words in first
    second = ask(client, "còn bao lâu?")
    assert "7 ngày làm việc" in second
    assert second.count('class="turn"') == 2
    with django_assert_max_num_queries(8):
        page(client)
    assert client.post(PUBLIC, {"deed": "forget"}).status_code == 302
    assert 'class="turn"' not in page(client)


@pytest.mark.usefixtures("world")
def test_which_commune_is_asked_and_heard() -> None:
    client = Client()
    assert 'class="asks"' in ask(client, "nộp ở đâu", item="1.000001")
    assert "Bộ phận một cửa Phường Hải Vân" in ask(client, "tôi ở phường Hải Vân")


@pytest.mark.usefixtures("world")
def test_what_was_typed_is_kept_without_personal_data() -> None:
    client = Client()
    shown = ask(client, "cấp lại thẻ căn cước 048099001234 cho tôi <script>alert(1)</script>")
    assert "[số định danh]" in shown
    assert "<script>alert" not in shown
    assert "048099001234" not in json.dumps(dict(client.session.items()))
    assert Turn.objects.get().hidden == 1


@pytest.mark.usefixtures("world")
def test_the_stream_says_the_same(settings: Any) -> None:
    client = Client()
    answer = client.post("/hoi-dap/dong/", {"words": "đăng ký khai sinh cần giấy tờ gì", "key": str(uuid4())})
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]
    assert "Tờ khai (1 bản chính)" in lines[-1]["html"]
    assert "Tờ khai (1 bản chính)" in page(client)
    assert client.post("/hoi-dap/dong/", {"words": " "}).status_code == 422
    settings.NAMRO_ASSISTANT_PER_MINUTE = 1
    assert client.post("/hoi-dap/dong/", {"words": "đăng ký"}).status_code == 429
    assert client.post(PUBLIC, {"words": "đăng ký"}).status_code == 429
    assert client.post(PUBLIC, {"words": ""}).status_code == 422


@pytest.mark.usefixtures("world")
def test_a_choice_is_taken_and_an_old_conversation_is_gone(settings: Any) -> None:
    client = Client()
    every = ask(client, "đăng ký khai sinh cần giấy tờ gì")
    assert 'name="item" value="1.000001"' in every
    one = ask(client, "Giấy tờ khi Trường hợp trẻ sinh ở nhà", item="1.000001")
    assert "Lời khai của người làm chứng" in one
    settings.NAMRO_ASSISTANT_KEEP_MINUTES = -1
    assert 'class="turn"' not in page(client)


def test_an_opinion_reaches_the_editors_and_grows_into_the_set(world: World, signed_in: Enter) -> None:
    client, editor = Client(), signed_in(Role.SECRETARIAT)
    ask(client, "cấp lại thẻ căn cước bao lâu")
    key = str(Turn.objects.get().key)
    sent = {
        "key": key,
        "client_id": key,
        "useful": "0",
        "why": "wrong",
        "words": "tôi 0905123456 hỏi cấp đổi",
    }
    for _ in range(2):
        assert client.post("/hoi-dap/y-kien/", sent).status_code == 302
    opinion = Opinion.objects.get()
    assert (opinion.why, opinion.words) == ("wrong", "tôi [số điện thoại] hỏi cấp đổi")
    assert "cấp lại thẻ căn cước bao lâu" in page(editor, "/hoi-dap/can-bo/y-kien/")
    settled = {
        "number": opinion.pk,
        "client_id": str(uuid4()),
        "state": "mended",
        "deed": "Thêm từ",
        "expected": "1.000003",
    }
    assert editor.post("/hoi-dap/can-bo/y-kien/", settled).status_code == 302
    assert editor.post("/hoi-dap/can-bo/y-kien/", settled).status_code == 422
    opinion.refresh_from_db()
    assert opinion.state == OpinionState.MENDED
    [row] = editor.get("/hoi-dap/can-bo/y-kien/tap-danh-gia/").content.decode().splitlines()
    assert json.loads(row)["gold"] == ["1.000003"]
    assert "1 trên 1" not in page(Client(), "/hoi-dap/do-luong/")
    assert "0 trên 1 ý kiến" in page(Client(), "/hoi-dap/do-luong/")
    stranger = client.post("/hoi-dap/y-kien/", sent | {"key": str(uuid4()), "client_id": str(uuid4())})
    assert (stranger.status_code, Opinion.objects.count()) == (302, 1)


def test_a_question_goes_to_people_and_comes_back(world: World, signed_in: Enter) -> None:
    client, officer = Client(), signed_in(Role.COMMUNE_OFFICER)
    commune = world.communes[0]
    ask(client, "việc rất lạ không ai biết")
    sent = {"unit": commune.code, "question": "Tôi tên Nguyễn Văn An hỏi việc lạ", "client_id": str(uuid4())}
    refused = client.post("/hoi-dap/chuyen/", sent | {"contact": "0905123456"})
    assert refused.status_code == 422
    answer = client.post("/hoi-dap/chuyen/", sent | {"contact": "0905123456", "consent": "on"})
    assert answer.status_code == 302
    row = HandOver.objects.get()
    assert (row.question, row.contact) == ("Tôi tên [họ tên] hỏi việc lạ", "0905123456")
    assert "đang chờ" in page(client, answer["Location"])
    other = signed_in(Role.OFFICER)
    assert "hỏi việc lạ" not in page(other, "/hoi-dap/can-bo/cau-hoi/")
    assert "hỏi việc lạ" in page(officer, "/hoi-dap/can-bo/cau-hoi/")
    said = {"number": row.pk, "client_id": str(uuid4()), "words": "Mời bác đến bộ phận một cửa."}
    assert other.post("/hoi-dap/can-bo/cau-hoi/", said).status_code == 404
    assert officer.post("/hoi-dap/can-bo/cau-hoi/", said).status_code == 302
    row.refresh_from_db()
    assert row.state == HandOverState.ANSWERED
    shown = page(Client(), answer["Location"])
    assert "Mời bác" in shown
    assert "0905123456" not in shown


def test_an_officer_asks_tasks_under_their_own_rights(world: World, signed_in: Enter) -> None:
    mine, theirs = world.communes[0], world.communes[1]
    world.task(mine, State.IN_PROGRESS_LATE, title="Việc của xã mình")
    world.task(theirs, State.IN_PROGRESS_LATE, title="Việc của xã bạn")
    secretariat, officer = signed_in(Role.SECRETARIAT), signed_in(Role.COMMUNE_OFFICER)
    question = "có nhiệm vụ nào quá hạn không"
    every, own = ask(secretariat, question, OFFICER), ask(officer, question, OFFICER)
    assert "có 2 nhiệm vụ quá hạn" in every
    assert "có 1 nhiệm vụ quá hạn" in own
    assert "Việc của xã bạn" not in own
    refused = ask(officer, f"{theirs.name} có nhiệm vụ nào quá hạn", OFFICER)
    assert "không nằm trong phạm vi bạn được xem" in refused
    one = ask(secretariat, f"nhiem vu qua han cua {theirs.name}", OFFICER)
    assert f"{theirs.name} có 1 nhiệm vụ quá hạn" in one
    assert f"don_vi={theirs.code}&amp;trang_thai=overdue" in one
    assert "quá hạn" not in ask(Client(), question).partition('class="answer"')[2].partition("</article>")[0]


@pytest.mark.usefixtures("world")
def test_the_stream_is_not_packed_for_then_its_first_line_would_wait_for_the_last() -> None:
    sent = {"words": "đăng ký khai sinh cần giấy tờ gì", "key": str(uuid4())}
    answer = Client().post("/hoi-dap/dong/", sent, HTTP_ACCEPT_ENCODING="gzip")
    assert "html" in json.loads(next(iter(answer.streaming_content)))


@pytest.mark.usefixtures("world")
def test_while_the_index_is_made_nobody_waits_and_the_question_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "is_ready", lambda: False)
    client, sent = Client(), {"words": "đăng ký khai sinh cần giấy tờ gì"}
    answer = client.post(PUBLIC, sent)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "đang được chuẩn bị" in answer.content.decode()
    assert f">{sent['words']}</textarea>" in answer.content.decode()
    line = client.post("/hoi-dap/dong/", sent)
    assert (line.status_code, line["Retry-After"]) == (503, "30")
    assert "đang được chuẩn bị" in line.content.decode()
    assert "đang được chuẩn bị" in page(client)
    assert Turn.objects.count() == 0
