"""Writing a task down: what is refused, what is vague, and what a field suggests."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.builders import TWO_TIERS_FROM, World, unit
from tests.pages.reading import text_of

from namro.organisation.models import Successor
from namro.organisation.terms import Part, Role, UnitKind
from namro.tasks.models import Directive, Task
from namro.tasks.terms import Stage

Enter = Callable[[Role], Client]
NEW = "/nhiem-vu/moi/"


def filled(world: World, **changed: object) -> dict[str, object]:
    return {
        "client_id": str(uuid4()),
        "directive": world.directives["tw"].pk,
        "title": "Xây dựng cơ sở dữ liệu đất đai dùng chung",
        "lead_unit": "Sở Khoa học và Công nghệ (H17.KHCN)",
        "lead_person": world.people[Role.OFFICER].pk,
        "cooperating": ["phuong hai van", ""],
        "start_day": "2025-07-10",
        "due_day": "2025-12-31",
        "authority": "Giám đốc Sở quyết định trong dự toán",
        "escalate_to": "48",
        "result": "01 cơ sở dữ liệu được nghiệm thu",
        "proof_kind": "product",
        "mark": "normal",
        "do": "issue",
    } | changed


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_clear_task_is_given_out_at_once(world: World, signed_in: Enter) -> None:
    answer = signed_in(Role.SECRETARIAT).post(NEW, filled(world), follow=True)
    task = Task.objects.get()
    assert "Đã giao nhiệm vụ cho Sở Khoa học và Công nghệ." in words(answer)
    assert task.stage == Stage.ISSUED
    assert task.supervisor_unit == world.agencies[0]
    assert [row.unit for row in task.participations.filter(involvement="cooperating")] == [world.communes[0]]


def test_sent_twice_it_is_one_task_given_out_once(world: World, signed_in: Enter) -> None:
    typed = filled(world)
    for _ in range(2):
        assert signed_in(Role.SECRETARIAT).post(NEW, typed).status_code == 302
    assert Task.objects.get().moments.filter(verb="issue").count() == 1


def test_while_a_clear_is_missing_it_is_kept_as_a_draft_that_says_why(world: World, signed_in: Enter) -> None:
    answer = signed_in(Role.SECRETARIAT).post(NEW, filled(world, authority="", result=""), follow=True)
    assert Task.objects.get().stage == Stage.DRAFT
    page = words(answer)
    assert "Đã lưu dự thảo. Chưa giao được vì thiếu rõ thẩm quyền" in page
    assert "Ghi chức danh người quyết định" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"lead_unit": "Sở Khoa hoc Cong nge"}, "gần nhất là: Sở Khoa học và Công nghệ"),
        ({"lead_unit": "VN", "lead_person": ""}, "không phải cơ quan thực hiện"),
        ({"due_day": "31/02/2026"}, "không có trong lịch"),
        ({"due_day": "2025-07-01"}, "đứng trước ngày bắt đầu"),
        ({"due_day": ""}, "Hãy điền mục này."),
        ({"title": " "}, "Hãy điền mục này."),
        ({"cooperating": ["Hải Vân", "Nơi Không Có"]}, "Không có đơn vị «Nơi Không Có»"),
        ({"parent": "TW-404"}, "Không có nhiệm vụ mã TW-404"),
        ({"directive": ""}, "Hãy điền mục này."),
        ({"proof_kind": "indicator", "proof_target": "1,154"}, "hai cách"),
        ({"mark": "top_secret"}, "top_secret"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_typed_is_lost(
    world: World, signed_in: Enter, changed: dict[str, object], said: str
) -> None:
    answer = signed_in(Role.SECRETARIAT).post(NEW, filled(world, detail="Lời đã gõ", **changed))
    assert answer.status_code == 422
    assert said in words(answer)
    assert "Lời đã gõ</textarea>" in words(answer)
    assert not Task.objects.exists()


def test_a_new_directive_is_recorded_with_its_first_task(world: World, signed_in: Enter) -> None:
    new = {
        "directive": "moi", "new_register": world.registers["xp"].pk, "new_kind": "Thông báo", "new_number": "9-TB/BCĐ",
        "new_issuer": "Ban Chỉ đạo", "new_day": "2025-07-08", "new_title": "Kết luận phiên họp",
        "new_file": SimpleUploadedFile("9.pdf", b"%PDF-1.7 ..."),
    }  # fmt: skip
    assert signed_in(Role.SECRETARIAT).post(NEW, filled(world, **new)).status_code == 302
    task = Task.objects.select_related("directive", "register").get()
    assert (task.directive.number, task.register.code) == ("9-TB/BCĐ", "xp")
    url = f"/van-ban/{task.directive_id}/tep/"
    answer = signed_in(Role.OFFICER).get(url)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert signed_in(Role.ADMINISTRATOR).get(url).status_code == 404


def test_a_new_directive_without_its_number_is_refused_and_a_wrong_file_too(
    world: World, signed_in: Enter
) -> None:
    bad = {
        "directive": "moi",
        "new_kind": "Thông báo",
        "new_file": SimpleUploadedFile("a.pdf", b"MZ\x00\x01"),
    }
    answer = signed_in(Role.SECRETARIAT).post(NEW, filled(world, **bad))
    assert answer.status_code == 422
    assert "để ghi nhận văn bản mới" in words(answer)
    assert "không thuộc loại được nhận" in words(answer)
    assert Directive.objects.count() == 2


def test_the_check_speaks_while_one_types_and_writes_nothing(world: World, signed_in: Enter) -> None:
    typed = filled(world, title="", result="", due_day="31/02/2025", lead_unit="Sở")
    page = words(signed_in(Role.SECRETARIAT).post("/nhiem-vu/do-ro/", typed))
    assert (
        'id="clarity-title" aria-live="polite" hx-swap-oob="true"><li class="is-missing">Chưa ghi việc phải làm.'
        in page
    )
    assert "Chưa có đơn vị chủ trì." in page
    assert "Chưa có hạn hoàn thành." in page
    assert not Task.objects.exists()


def test_a_commune_that_must_decide_for_a_department_is_told_to_climb(world: World, signed_in: Enter) -> None:
    typed = filled(world, lead_unit="20194", lead_person="", cooperating=["H17.KHCN"], escalate_to="")
    page = words(signed_in(Role.SECRETARIAT).post("/nhiem-vu/do-ro/", typed))
    assert "vượt thẩm quyền của đơn vị chủ trì" in page
    beside = filled(
        world, lead_unit="20194", lead_person="", cooperating=[], escalate_to=world.communes[1].code
    )
    assert "chưa có cấp để trình" in words(signed_in(Role.SECRETARIAT).post("/nhiem-vu/do-ro/", beside))
    alone = filled(world, lead_unit="20194", lead_person="", cooperating=[], escalate_to="48")
    assert "vượt thẩm quyền" not in words(
        signed_in(Role.SECRETARIAT).post("/nhiem-vu/do-ro/", alone)
    ).replace("Khi vượt thẩm quyền", "")


def test_without_javascript_the_check_is_a_button_and_rows_can_be_added(
    world: World, signed_in: Enter
) -> None:
    for wish in ("check", "rows"):
        answer = signed_in(Role.SECRETARIAT).post(NEW, filled(world, authority="", do=wish))
        assert answer.status_code == 200
        assert "Ghi chức danh người quyết định" in words(answer)
    assert not Task.objects.exists()


def test_a_draft_is_edited_until_it_is_given_out(world: World, signed_in: Enter) -> None:
    secretary = signed_in(Role.SECRETARIAT)
    secretary.post(NEW, filled(world, do="save"))
    task = Task.objects.get()
    url = f"/nhiem-vu/{task.code}/sua/"
    assert "Xây dựng cơ sở dữ liệu đất đai dùng chung</textarea>" in text_of(secretary, url)
    typed = filled(world, title="Việc đã sửa", version=task.version)
    assert secretary.post(url, typed).status_code == 302
    task.refresh_from_db()
    assert (task.title, task.stage) == ("Việc đã sửa", Stage.ISSUED)
    assert secretary.get(url).status_code == 404


def test_a_draft_that_another_has_just_changed_is_not_overwritten(world: World, signed_in: Enter) -> None:
    secretary = signed_in(Role.SECRETARIAT)
    secretary.post(NEW, filled(world, do="save"))
    task = Task.objects.get()
    url = f"/nhiem-vu/{task.code}/sua/"
    secretary.post(url, filled(world, title="Người thứ nhất", do="save", version=task.version))
    answer = secretary.post(url, filled(world, title="Người thứ hai", do="save", version=task.version))
    assert answer.status_code == 422
    assert "Người thứ hai</textarea>" in words(answer)
    assert Task.objects.get().title == "Người thứ nhất"
    assert f'name="version" value="{task.version + 1}"' in words(answer)


def test_a_task_passed_on_begins_with_what_stands_above_it(world: World, signed_in: Enter) -> None:
    above = world.task(world.agencies[1], title="Việc của thành phố", due=date(2025, 11, 28))
    page = text_of(signed_in(Role.SECRETARIAT), f"{NEW}?cap_tren={above.code}")
    assert f'value="{above.code}"' in page
    assert "Việc của thành phố</textarea>" in page


def test_units_are_suggested_without_marks_and_old_names_lead_to_the_new(
    world: World, signed_in: Enter
) -> None:
    old = unit("20197", "Phường Hòa Hiệp Nam", UnitKind.WARD, world.city, None, TWO_TIERS_FROM)
    Successor.objects.create(
        old=old, new=world.communes[0], part=Part.PART, change="merge", day=TWO_TIERS_FROM
    )
    client = signed_in(Role.SECRETARIAT)
    assert 'data-value="Phường Hải Vân (20194)"' in text_of(client, "/don-vi/goi-y/?q=hai van")
    led = text_of(client, "/don-vi/goi-y/?q=hoa hiep nam")
    assert 'data-value="Phường Hải Vân (20194)"' in led
    assert "kế thừa một phần Phường Hòa Hiệp Nam cũ" in led
    assert text_of(client, "/don-vi/goi-y/?q=h").strip() == ""


def test_the_people_offered_are_those_of_the_lead_unit(world: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    page = text_of(client, "/nhiem-vu/nguoi-phu-trach/?lead_unit=H17.KHCN")
    assert world.people[Role.OFFICER].full_name in page
    assert world.people[Role.COMMUNE_OFFICER].full_name not in page
    assert '<option value="">' in text_of(client, "/nhiem-vu/nguoi-phu-trach/?lead_unit=gi do")


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.STEERING, Role.SECRETARIAT)])
def test_who_may_not_give_out_work_finds_no_form(world: World, signed_in: Enter, role: Role) -> None:
    client = signed_in(role)
    for url in (NEW, "/nhiem-vu/nhap-excel/", "/nhiem-vu/nhap-excel/mau/"):
        assert client.get(url).status_code == 404
    assert client.post("/nhiem-vu/do-ro/", {}).status_code == 404
    assert client.post(NEW, filled(world)).status_code == 404
