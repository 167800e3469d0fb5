"""The alerts' pages: a list for somebody with hundreds, one alert, done with many at once, a task made of one."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.alerts.conftest import stored_rule
from tests.builders import TODAY, World
from tests.pages.reading import text_of

from namro.alerts.actions import keep_trial, urge_by_hand
from namro.alerts.models import Alert, Rule, Urge
from namro.alerts.terms import AlertState, Subject
from namro.delivery.terms import Level
from namro.ground import clock
from namro.organisation.models import Unit
from namro.organisation.terms import Role, Viewer
from namro.pages.alerts.sentence import calling, counted
from namro.tasks.models import Task
from namro.tasks.terms import State

Enter = Callable[[Role], Client]
URL = "/canh-bao/"
BY = (TODAY + timedelta(days=3)).strftime("%d/%m/%Y")


@pytest.fixture
def rule(world: World) -> Rule:
    """A rule about overdue tasks."""
    return stored_rule()


@pytest.fixture
def other_rule(world: World) -> Rule:
    """A rule of another kind."""
    return stored_rule(code="bieu_muon", kind="form_late", name="Biểu muộn", name_en="Form late", hears={
        "warning": ["officers"], "critical": ["leads"]})  # fmt: skip


def alert(rule: Rule, unit: Unit, key: str = "task:X-1", level: int = Level.WARNING, **more: Any) -> Alert:
    """Return a stored open alert."""
    values: dict[str, Any] = {
        "object_label": f"Việc {key}", "path": "/nhiem-vu/", "value": Decimal(6), "due": date(2025, 7, 3),
        "since": date(2025, 7, 4), "opened_at": clock.now(),
    }  # fmt: skip
    return Alert.objects.create(rule=rule, unit=unit, object_key=key, level=level, **(values | more))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({Level.CRITICAL: 3, Level.WARNING: 0, Level.WATCH: 40}, "3 nghiêm trọng, 40 mức theo dõi, chưa ai nhận."),
        ({Level.CRITICAL: 0, Level.WARNING: 1001, Level.WATCH: 0}, "Hơn 1.000 mức cảnh báo, chưa ai nhận."),
        ({Level.CRITICAL: 0, Level.WARNING: 0, Level.WATCH: 0}, "Không cảnh báo nào đang chờ người nhận."),
    ],
)  # fmt: skip
def test_the_sentence_says_what_calls(counts: dict[Level, int], said: str) -> None:
    assert calling(counts) == said
    assert counted(1000) == "1.000"


@pytest.mark.parametrize("role", list(Role))
def test_an_empty_list_says_so_to_everybody(world: World, signed_in: Enter, role: Role) -> None:
    assert "Không cảnh báo nào đang chờ người nhận" in text_of(signed_in(role), URL)


def test_the_gravest_stand_first_by_rule_and_level(
    world: World, signed_in: Enter, rule: Rule, other_rule: Rule
) -> None:
    alert(rule, world.communes[0], "task:A")
    alert(other_rule, world.communes[1], "return:b/2025-06")
    alert(rule, world.agencies[1], "task:C", Level.CRITICAL)
    page = text_of(signed_in(Role.IOC_OPERATOR), URL)
    assert "1 nghiêm trọng, 2 mức cảnh báo, chưa ai nhận." in page
    assert page.index("Việc task:C") < page.index("Việc return:b") < page.index("Việc task:A")
    assert "Quá hạn 6 ngày, hạn 03/07/2025." in page


def test_filters_narrow_and_strangers_see_nothing(
    world: World, signed_in: Enter, rule: Rule, other_rule: Rule
) -> None:
    alert(rule, world.communes[0], "task:A")
    alert(other_rule, world.communes[1], "return:b/2025-06")
    operator = signed_in(Role.IOC_OPERATOR)
    assert "Việc task:A" not in text_of(operator, f"{URL}?loai=form_late")
    assert "Việc return:b" not in text_of(operator, f"{URL}?don_vi={world.communes[0].code}")
    assert "Việc task:A" not in text_of(operator, f"{URL}?q=return")
    assert "Việc task:A" not in text_of(operator, f"{URL}?muc=nghiem-trong")
    assert "Việc task:A" in text_of(operator, f"{URL}?tuoi=3")
    assert "Không có cảnh báo nào khớp" in text_of(operator, f"{URL}?tuoi=30")
    assert "Việc return:b" not in text_of(signed_in(Role.COMMUNE_OFFICER), URL)
    assert (
        "Việc"
        not in text_of(signed_in(Role.COMMUNE_OFFICER), f"{URL}?sau=rac").partition("alert-list")[2][:0]
    )


def test_pages_follow_one_another_by_key(world: World, signed_in: Enter, rule: Rule) -> None:
    for number in range(60):
        alert(rule, world.communes[0], f"task:{number:03d}")
    client = signed_in(Role.IOC_OPERATOR)
    first = client.get(URL)
    second = client.get(first.context["next_url"])
    shown = [
        row.alert.pk for page in (first, second) for group in page.context["groups"] for row in group.rows
    ]
    assert len(shown) == len(set(shown)) == 60


def test_the_number_of_queries_does_not_grow_with_the_list(
    world: World, signed_in: Enter, rule: Rule, other_rule: Rule, django_assert_max_num_queries: Callable
) -> None:
    client = signed_in(Role.IOC_OPERATOR)
    alert(rule, world.communes[0], "task:A")
    client.get(URL)
    for start in (0, 100):
        for number in range(start, start + 60):
            alert(rule, world.communes[number % 3], f"task:{number:03d}", 1 + number % 3)
        with django_assert_max_num_queries(20):
            client.get(URL)
        with django_assert_max_num_queries(24):
            client.get(f"{URL}?gop=1")


def test_many_are_taken_on_at_once_and_what_is_refused_keeps_the_picks(
    world: World, signed_in: Enter, rule: Rule
) -> None:
    made = [alert(rule, world.communes[0], f"task:{n}") for n in range(3)]
    client, ids = signed_in(Role.IOC_OPERATOR), [str(each.pk) for each in made]
    given = {"deed": "nhan", "alert": ids[:2], "nhan-client_id": str(uuid4()), "nhan-note": "gọi điện"}
    refused = client.post(f"{URL}cung-luc/?muc=canh-bao", given)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert page.count(" checked>") == 2 + 1  # those picked, and the keys
    assert "gọi điện" in page
    done = client.post(f"{URL}cung-luc/?muc=canh-bao", given | {"nhan-deadline": BY})
    assert (done.status_code, done["Location"]) == (302, f"{URL}?muc=canh-bao")
    assert Alert.objects.filter(owner=world.people[Role.IOC_OPERATOR]).count() == 2
    assert "Việc task:2" in text_of(client, URL)
    assert "Việc task:0" not in text_of(client, URL)
    assert "Việc task:0" in text_of(client, f"{URL}?xem=da-nhan")


def test_silence_and_close_need_their_reason(world: World, signed_in: Enter, rule: Rule) -> None:
    one, two = alert(rule, world.communes[0], "task:1"), alert(rule, world.communes[0], "task:2")
    client = signed_in(Role.COMMUNE_OFFICER)
    for deed in ("tam-im", "dong"):
        assert client.post(f"{URL}cung-luc/", {"deed": deed, "alert": [one.pk]}).status_code == 422
    silenced = {"deed": "tam-im", "alert": [one.pk], "tam-im-until": BY, "tam-im-reason": "chờ cấp điện"}
    assert client.post(f"{URL}cung-luc/", silenced).status_code == 302
    closed = {"deed": "dong", "alert": [two.pk], "dong-reason": "trùng"}
    assert client.post(f"{URL}cung-luc/", closed).status_code == 302
    assert "chờ cấp điện" in text_of(client, f"{URL}?xem=tam-im")
    assert "trùng" in text_of(client, f"{URL}?xem=da-dong")
    none_picked = client.post(f"{URL}cung-luc/", silenced | {"alert": []})
    assert "Chưa chọn cảnh báo nào" in none_picked.content.decode()


def test_one_alert_tells_what_to_do_and_keeps_its_history(world: World, signed_in: Enter, rule: Rule) -> None:
    made = alert(rule, world.communes[0])
    client = signed_in(Role.COMMUNE_OFFICER)
    page = text_of(client, f"{URL}{made.pk}/")
    for words in ("Báo cáo ngay.", "Lãnh đạo đơn vị", "≥ 20", "Chưa báo cho ai về việc này"):
        assert words in page
    taken = client.post(
        f"{URL}{made.pk}/lam/nhan/", {"deadline": BY, "note": "Làm ngay", "client_id": uuid4()}
    )
    assert taken.status_code == 302
    page = text_of(client, f"{URL}{made.pk}/")
    assert "Nhận xử lý" in page
    assert "Làm ngay" in page
    refused = client.post(f"{URL}{made.pk}/lam/tam-im/", {"reason": "giữ lại chữ này", "until": "rác"})
    assert refused.status_code == 422
    assert "giữ lại chữ này" in refused.content.decode()
    assert signed_in(Role.AGENCY_LEAD).get(f"{URL}{made.pk}/").status_code == 404


def test_the_one_alert_asks_a_constant_number_of_times(
    world: World, signed_in: Enter, rule: Rule, django_assert_max_num_queries: Callable
) -> None:
    made = alert(rule, world.communes[0])
    client = signed_in(Role.IOC_OPERATOR)
    client.get(f"{URL}{made.pk}/")
    with django_assert_max_num_queries(26):
        client.get(f"{URL}{made.pk}/")


def test_a_task_is_made_of_an_alert_in_one_step_and_its_end_closes_it(
    world: World, signed_in: Enter, rule: Rule
) -> None:
    made = alert(rule, world.agencies[1], "return:b/2025-06", Level.CRITICAL)
    client = signed_in(Role.SECRETARIAT)
    assert "Giao thành nhiệm vụ" in text_of(client, f"{URL}{made.pk}/")
    form = client.get(f"/nhiem-vu/moi/?canh_bao={made.pk}").context["form"]
    names = ("title", "detail", "authority", "result", "proof_kind", "mark", "alert")
    typed: dict[str, Any] = {name: form[name].value() for name in names}
    assert all(typed.values())
    officer = world.people[Role.OFFICER]
    typed |= {
        "lead_unit": world.agencies[1].name, "lead_person": officer.pk, "due_day": form["due_day"].value(),
        "directive": world.directives["tw"].pk, "escalate_to": "", "client_id": uuid4(), "do": "save",
    }  # fmt: skip
    sent = client.post("/nhiem-vu/moi/", typed)
    assert sent.status_code == 302, sent.context["form"].errors
    task = Task.objects.get()
    made.refresh_from_db()
    assert made.task_code == task.code
    assert f"Mở nhiệm vụ {task.code}" in text_of(client, f"{URL}{made.pk}/")
    assert client.get(f"/nhiem-vu/moi/?canh_bao={made.pk}").status_code == 404
    client.post(f"/nhiem-vu/{task.code}/lam/thu-hoi/", {"note": "giao nhầm", "client_id": uuid4()})
    made.refresh_from_db()
    assert made.state == AlertState.CLOSED


def test_urges_stand_on_the_task_on_the_desk_and_an_act_of_the_lead_answers(
    world: World, signed_in: Enter, rule: Rule
) -> None:
    officer = world.people[Role.COMMUNE_OFFICER]
    task = world.task(world.communes[0], State.NOT_STARTED_LATE, title="Việc chậm", lead_person=officer)
    alert(rule, world.communes[0], f"task:{task.code}", object_label=f"{task.code} Việc chậm")
    secretary, page = signed_in(Role.SECRETARIAT), f"/nhiem-vu/{task.code}/"
    assert secretary.post(f"{page}don-doc/", {"words": " "}).status_code == 422
    sent = secretary.post(f"{page}don-doc/", {"words": "Nộp trước thứ sáu", "client_id": uuid4()})
    assert sent.status_code == 302
    told = text_of(secretary, page)
    assert told.count("Nộp trước thứ sáu") == 2  # beside the alert, and in the history
    assert "Chưa ai trả lời." in told
    desk = text_of(signed_in(Role.COMMUNE_OFFICER), "/ban-lam-viec/")
    assert "1 đôn đốc chưa trả lời" in desk
    assert "Nộp trước thứ sáu" in desk
    assert "đôn đốc 1 lần chưa trả lời" in text_of(secretary, "/ban-lam-viec/")
    signed_in(Role.COMMUNE_OFFICER).post(f"{page}lam/tiep-nhan/", {"client_id": uuid4()})
    assert Urge.objects.get().answer == "Tiếp nhận"
    assert "Đã trả lời" in text_of(secretary, page)


def test_who_may_not_urge_finds_no_button(
    world: World, signed_in: Enter, viewer_as: Callable[[Role], Viewer]
) -> None:
    officer = world.people[Role.COMMUNE_OFFICER]
    task = world.task(world.communes[0], State.NOT_STARTED, lead_person=officer)
    assert "don-doc/" not in text_of(signed_in(Role.COMMUNE_OFFICER), f"/nhiem-vu/{task.code}/")
    subject = Subject(
        f"task:{task.code}", task.lead_unit_id, task.code, f"/nhiem-vu/{task.code}/", officer.pk
    )
    by = world.people[Role.SECRETARIAT]
    urge_by_hand(subject, words="Nhanh lên", client_id=uuid4(), by=by, viewer=viewer_as(Role.SECRETARIAT))
    assert "Nhanh lên" in text_of(signed_in(Role.COMMUNE_OFFICER), f"/nhiem-vu/{task.code}/")


def test_home_and_unit_show_a_calm_tile_with_doors(world: World, signed_in: Enter, rule: Rule) -> None:
    world.task(world.communes[0], State.IN_PROGRESS)
    client = signed_in(Role.STEERING)
    assert "Không cảnh báo nào đang chờ người nhận." in text_of(client, "/")
    for number in range(5):
        alert(rule, world.communes[0], f"task:{number}", Level.CRITICAL)
    page = text_of(client, "/")
    assert f"{URL}?don_vi=48&amp;muc=nghiem-trong" in page
    assert page.count("Nghiêm trọng: Nhiệm vụ quá hạn") == 3
    assert "Việc task:4" in text_of(client, f"/don-vi/{world.communes[0].code}/")
    assert "Việc task:4" not in text_of(signed_in(Role.AGENCY_LEAD), f"/don-vi/{world.communes[0].code}/")


def test_rules_are_shown_and_tried_on_the_past(world: World, signed_in: Enter, rule: Rule) -> None:
    world.task(world.communes[0], State.IN_PROGRESS_LATE, title="Việc chậm từ tháng sáu")
    client = signed_in(Role.IOC_OPERATOR)
    assert "1 quy tắc đang dùng" in text_of(client, f"{URL}quy-tac/")
    assert "Thử không ghi gì" in text_of(client, f"{URL}quy-tac/qua_han/")
    tried = text_of(client, f"{URL}quy-tac/qua_han/?thu=30")
    assert "lần gọi về 1 việc" in tried
    assert "Việc chậm từ tháng sáu" in tried
    assert Alert.objects.count() == 0
    assert client.get(f"{URL}quy-tac/khong-co/").status_code == 404
    assert signed_in(Role.CLERK).get(f"{URL}quy-tac/").status_code == 404


def test_a_rule_over_figures_shows_what_its_versions_came_to(world: World, signed_in: Enter) -> None:
    compare = {"period": "day"}
    said = {"warning": ["officers"], "critical": ["leads"]}
    asked = stored_rule(
        code="pm25", kind="figure_threshold", look={"indicator": "i"}, compare=compare, urging={}, hears=said,
        text="{object}: {value}.", levels={"warning": 2.5},
    )  # fmt: skip
    client = signed_in(Role.IOC_OPERATOR)
    assert "chưa được thử trên lịch sử" in text_of(client, f"{URL}quy-tac/pm25/")
    span = (date(2023, 7, 10), date(2025, 7, 9))
    keep_trial(asked, *span, calls=8, right=6, found=["a", "b"], missed=["c"], lead=-1.5)
    page = text_of(client, f"{URL}quy-tac/pm25/?thu=30")
    assert "10/07/2023 – 09/07/2025" in page
    for told in ("75,0", "66,7", "≥ 2,5"):
        assert told in page
    assert 'name="thu"' not in page, "years are tried by the command, not by a page"
    made = alert(asked, world.communes[0], "figure:i", value=3)
    assert "≥ 2,5" in text_of(client, f"{URL}{made.pk}/")
