"""A model is listened to word by word; whatever else it does is a fault with a name, soon and within limits."""

import pytest
from tests.assistant.fake_model import Script, event, fake_model, whole, words

from namro.outside.language_model import Endpoint, Message, ModelFault, Usage, stream

ASKED = [Message("system", "Hướng dẫn"), Message("user", "Câu hỏi?")]


def heard(*scripts: Script, usage: Usage | None = None, **more: float) -> list[str]:
    """Return the words that come of a call."""
    with fake_model(*scripts) as model:
        return list(stream(Endpoint(model.url, "mau", **more), ASKED, usage or Usage()))


def test_words_come_as_they_are_said_and_tokens_are_counted() -> None:
    usage = Usage()
    assert heard(words("Lệ ", "phí", " 5.000"), usage=usage) == ["Lệ ", "phí", " 5.000"]
    assert (usage.tokens_in, usage.tokens_out) == (120, 30)


def test_a_word_may_be_cut_anywhere_on_the_way() -> None:
    pieces = b"".join(words("Đăng ký", " tạm trú").pieces)
    script = Script(tuple(pieces[place : place + 1] for place in range(len(pieces))))
    assert "".join(heard(script)) == "Đăng ký tạm trú"


def test_what_is_sent_and_with_which_key() -> None:
    with fake_model(words("x")) as model:
        list(stream(Endpoint(f"{model.url}/", "mau", key="khoa"), ASKED, Usage()))
    [body], [headers] = model.asked, model.headers
    assert (body["path"], body["model"], body["stream"], body["temperature"]) == (
        "/v1/chat/completions",
        "mau",
        True,
        0,
    )
    assert body["messages"] == [
        {"role": "system", "content": "Hướng dẫn"},
        {"role": "user", "content": "Câu hỏi?"},
    ]
    assert headers["authorization"] == "Bearer khoa"


def test_a_server_that_does_not_stream_is_understood() -> None:
    assert heard(whole("Một câu.")) == ["Một câu."]


GOOD = event({"choices": [{"delta": {"content": "Một"}}]})


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (Script(status=500), "refused"),
        (Script(status=401), "refused"),
        (Script(status=302), "refused"),
        (Script(status=429), "busy"),
        (Script(status=503), "busy"),
        (Script((GOOD, b"data: {khong phai json\n\n")), "rubbish"),
        (Script((GOOD, b'data: ["mang"]\n\n')), "rubbish"),
        (Script((GOOD, b'data: {"choices": "chu"}\n\n')), "rubbish"),
        (Script((event({"choices": [{"delta": {"content": 5}}]}),)), "rubbish"),
        (Script((GOOD, event({"error": {"message": "qua tai"}}))), "refused"),
        (Script((GOOD,)), "cut_off"),
        (Script((b"<html>502</html>",), kind="text/html"), "rubbish"),
        (Script((b"{}",), kind="application/json"), "rubbish"),
        (Script((event({"choices": [{"delta": {"content": "a" * 20_000}}]}),)), "rubbish"),
        (Script((b"x" * 600_000,)), "rubbish"),
        (Script((b"\xff\xfe" * 50, b"\n")), "cut_off"),
    ],
)
def test_what_goes_wrong_has_a_name(script: Script, kind: str) -> None:
    with pytest.raises(ModelFault) as fault:
        heard(script)
    assert fault.value.kind == kind
    assert "Mô hình" in fault.value.sentence or "mô hình" in fault.value.sentence


@pytest.mark.parametrize("pieces", [(), (GOOD,)])
def test_who_is_silent_is_not_waited_for(pieces: tuple[bytes, ...]) -> None:
    with pytest.raises(ModelFault) as fault:
        heard(Script(pieces, hangs=True), first_seconds=0.2)
    assert fault.value.kind == "timeout"


def test_who_never_ends_is_left() -> None:
    with pytest.raises(ModelFault) as fault:
        heard(Script((GOOD,) * 50), total_seconds=-1.0)
    assert fault.value.kind == "timeout"


def test_nobody_there() -> None:
    with pytest.raises(ModelFault) as fault:
        list(stream(Endpoint("http://127.0.0.1:1/v1", "mau"), ASKED, Usage()))
    assert fault.value.kind == "cut_off"
