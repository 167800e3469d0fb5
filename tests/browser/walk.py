"""Every way into the house, as addresses in the demo city, each with somebody who may take it."""

import hashlib
import io
import json
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Page
from tests.browser.city import City
from tests.house.boards import CHART

PDF = FilePayload(name="ke-hoach.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7\n%%EOF\n")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Way:
    """An address with gaps for what the city holds; `route` is its name in the list of routes."""

    route: str
    who: str
    path: str

    def __str__(self) -> str:
        return f"{self.path} ({self.who})"


def ways(*lines: tuple[str, str, str]) -> list[Way]:
    """Return the lines as ways."""
    return [Way(*line) for line in lines]


PAGES = ways(
    ("sign_in", "", "/dang-nhap/"),
    ("look", "", "/giao-dien/"),
    ("home", "thuky", "/"),
    ("home", "xaphuong", "/"),
    ("desk", "thuky", "/ban-lam-viec/"),
    ("desk", "bandidao", "/ban-lam-viec/"),
    ("desk", "lanhdao", "/ban-lam-viec/"),
    ("desk", "xaphuong", "/ban-lam-viec/"),
    ("tasks", "thuky", "/nhiem-vu/?so=tw"),
    ("tasks", "thuky", "/nhiem-vu/?so=bcd&don_vi=48&trang_thai=overdue&ngay=2025-06-30"),
    ("tasks", "chuyenvien", "/nhiem-vu/"),
    ("tasks", "thuky", "/nhiem-vu/?q=khong-dau-co-viec-nay"),
    ("task", "chuyenvien", "/nhiem-vu/{begun}/"),
    ("task", "thuky", "/nhiem-vu/{submitted}/"),
    ("task", "bandidao", "/nhiem-vu/{extension_asked}/"),
    ("task", "kiemtra", "/nhiem-vu/{overdue}/"),
    ("task", "kiemtra", "/nhiem-vu/{begun}/?ngay=2025-05-31"),
    ("task", "thuky", "/nhiem-vu/{draft}/"),
    ("task_new", "thuky", "/nhiem-vu/moi/"),
    ("task_edit", "thuky", "/nhiem-vu/{draft}/sua/"),
    ("task_import", "thuky", "/nhiem-vu/nhap-excel/"),
    ("task_import_preview", "thuky", "/nhiem-vu/nhap-excel/{batch}/"),
    ("league", "thuky", "/xep-hang/"),
    ("league", "xaphuong", "/xep-hang/?so=tw&nhom=tinh-thanh"),
    ("indicators", "thuky", "/chi-so/"),
    ("indicator", "thuky", "/chi-so/nhiem_vu_hoan_thanh/"),
    ("indicator", "thuky", "/chi-so/ho_so_so_hoa_trang/"),
    ("indicator", "xaphuong", "/chi-so/tieu_chi_xa_dat/"),
    ("centre", "thuky", "/trung-tam/"),
    ("centre_unit", "xaphuong", "/trung-tam/don-vi/20200/"),
    ("centre_group", "thuky", "/trung-tam/nhom/{chart_group}/"),
    ("centre_chart", "thuky", "/trung-tam/bieu-do/{chart}/"),
    ("centre_chart", "xaphuong", "/trung-tam/bieu-do/{chart}/?don_vi=H17.KHCN&so_voi=48"),
    ("centre_own", "thuky", "/trung-tam/cua-toi/"),
    ("centre_wall", "thuky", "/trung-tam/tuong/"),
    ("indices", "thuky", "/trung-tam/chi-so-tong-hop/"),
    ("index", "xaphuong", "/trung-tam/chi-so-tong-hop/phuc_vu_nguoi_dan/"),
    ("index_unit", "xaphuong", "/trung-tam/chi-so-tong-hop/phuc_vu_nguoi_dan/20200/"),
    ("peers", "xaphuong", "/trung-tam/ngang-hang/20200/"),
    ("compare", "thuky", "/trung-tam/so-sanh/?chi-so=ho_so_tra_dung_han&don-vi=20200&don-vi=20194"),
    ("sources", "trucioc", "/nguon/"),
    ("sources", "chuyenvien", "/nguon/"),
    ("source", "trucioc", "/nguon/mua_muc_nuoc/"),
    ("batch", "trucioc", "/nguon/mua_muc_nuoc/lo/{landed}/"),
    ("source_new", "trucioc", "/nguon/moi/"),
    ("source_draft_step", "quantri", "/nguon/moi/{source_draft}/ket-noi/"),
    ("source_draft_step", "trucioc", "/nguon/moi/{source_draft}/lay-mau/"),
    ("forms", "thuky", "/bieu-bao-cao/"),
    ("forms", "xaphuong", "/bieu-bao-cao/"),
    ("form_returns", "thuky", "/bieu-bao-cao/ho_so_cap_xa/"),
    ("form", "xaphuong", "/bieu-bao-cao/tieu_chi_xa/2025-06/20200/"),
    ("form", "xaphuong", "/bieu-bao-cao/ho_so_cap_xa/2025-06/20200/?sua=1"),
    ("form", "thuky", "/bieu-bao-cao/so_hoa_tai_lieu/2025-H1/H17.NV/"),
    ("reports", "thuky", "/bao-cao/"),
    ("report", "thuky", "/bao-cao/conference/"),
    ("report", "xaphuong", "/bao-cao/conference/?don_vi=20200"),
    ("report", "thuky", "/bao-cao/urging/?don_vi=20200"),
    ("letters", "thuky", "/bao-cao/don-doc/"),
    ("reports_owed", "thuky", "/bao-cao/dinh-ky/monthly/"),
    ("report_owed", "xaphuong", "/bao-cao/dinh-ky/monthly/2025-06/20200/"),
    ("alerts", "thuky", "/canh-bao/"),
    ("alerts", "trucioc", "/canh-bao/?gop=1&muc=canh-bao"),
    ("alert", "thuky", "/canh-bao/{alert}/"),
    ("duties", "trucioc", "/canh-bao/ca-truc/"),
    ("alert_rules", "trucioc", "/canh-bao/quy-tac/"),
    ("alert_rule", "trucioc", "/canh-bao/quy-tac/gia_han_chua_tra_loi/?thu=30"),
    ("procedures", "", "/thu-tuc/"),
    ("procedures", "thuky", "/thu-tuc/?q=cap+doi+can+cuoc"),
    ("procedures", "", "/thu-tuc/?su_kien=nha-dat"),
    ("procedure", "", "/thu-tuc/1.001193/"),
    ("procedure_checklist", "", "/thu-tuc/1.001193/can-gi/"),
    ("procedure_history", "", "/thu-tuc/1.001193/lich-su/"),
    ("procedure_doubts", "motcua", "/thu-tuc/can-ra/"),
    ("procedure_doubts", "thuky", "/thu-tuc/can-ra/?co=fee_doubtful"),
    ("procedure_imports", "thuky", "/thu-tuc/nhap/"),
    ("procedure_import", "thuky", "/thu-tuc/nhap/{procedure_import}/"),
    ("units", "thuky", "/don-vi/"),
    ("unit", "thuky", "/don-vi/48/"),
    ("unit", "thuky", "/don-vi/H17.KHCN/"),
    ("unit", "xaphuong", "/don-vi/20200/"),
    ("administration", "quantri", "/quan-tri/"),
    ("person_new", "quantri", "/quan-tri/nguoi/moi/"),
    ("person", "quantri", "/quan-tri/nguoi/{person}/"),
    ("post_hand_over", "quantri", "/quan-tri/chuc-vu/{post}/ban-giao/"),
    ("api_keys", "quantri", "/quan-tri/khoa-api/"),
    ("api_account_new", "quantri", "/quan-tri/khoa-api/moi/"),
    ("api_key_new", "quantri", "/quan-tri/khoa-api/{program}/cap-khoa/"),
    ("account", "chuyenvien", "/tai-khoan/"),
    ("password_change", "chuyenvien", "/tai-khoan/mat-khau/"),
    ("second_factors", "chuyenvien", "/tai-khoan/lop-hai/"),
    ("totp_add", "chuyenvien", "/tai-khoan/lop-hai/ung-dung/"),
    ("passkey_add", "chuyenvien", "/tai-khoan/lop-hai/khoa-thong-hanh/"),
    ("password_reset", "", "/dat-lai-mat-khau/MQ/het-han/"),
    ("audit", "kiemtra", "/nhat-ky/"),
    ("notices", "chuyenvien", "/thong-bao/"),
    ("notice_settings", "lanhdao", "/thong-bao/cai-dat/"),
    ("notice_log", "chuyenvien", "/thong-bao/vi-sao/?chu-de={topic}"),
    ("dead_letters", "quantri", "/thong-bao/hop-thu-chet/"),
    ("webhooks", "quantri", "/thong-bao/diem-nhan/"),
    ("audit_exports", "kiemtra", "/nhat-ky/xuat-du-lieu/"),
)  # fmt: skip

FILES = ways(
    ("health", "", "/suc-khoe"),
    ("set_language", "", "/ngon-ngu/"),
    ("boundaries", "thuky", "/ban-do/48.json"),
    ("look_map", "", "/giao-dien/ban-do-mau.json"),
    ("league_export", "thuky", "/xep-hang/xuat/"),
    ("indicators_export", "thuky", "/chi-so/xuat/"),
    ("indicator_export", "thuky", "/chi-so/ho_so_so_hoa_xa/xuat/"),
    ("centre_chart_export", "thuky", "/trung-tam/bieu-do/{chart}/xuat/"),
    ("form_export", "thuky", "/bieu-bao-cao/ho_so_cap_xa/xuat/"),
    ("source_contract", "trucioc", "/nguon/mua_muc_nuoc/hop-dong/"),
    ("source_draft", "trucioc", "/nguon/moi/{source_draft}/"),
    ("batch_held", "trucioc", "/nguon/mua_muc_nuoc/lo/{landed}/dong-cach-ly/"),
    ("procedure_import_faults", "thuky", "/thu-tuc/nhap/{procedure_import}/dong-sai/"),
    ("task_export", "thuky", "/nhiem-vu/xuat/?so=tw"),
    ("task_import_template", "thuky", "/nhiem-vu/nhap-excel/mau/"),
    ("task_import_rejected", "thuky", "/nhiem-vu/nhap-excel/{batch}/dong-sai/"),
    ("lead_people", "thuky", "/nhiem-vu/nguoi-phu-trach/?lead_unit=H17.KHCN"),
    ("unit_suggestions", "thuky", "/don-vi/goi-y/?q=hai+chau"),
    ("evidence", "thuky", "/nhiem-vu/{with_evidence}/minh-chung/{evidence}/"),
    ("directive_file", "thuky", "/van-ban/{directive}/tep/"),
    ("second_factor", "", "/dang-nhap/lop-hai/"),
    ("api_description", "", "/api/v1/openapi.json"),
    ("notice_open", "chuyenvien", "/thong-bao/{notice}/mo/"),
    ("calendar_feed", "", "/lich/{token}.ics"),
    ("report_sent_file", "xaphuong", "/bao-cao/da-gui/{sent_report}/tai/?dang=json"),
    ("report_file", "thuky", "/bao-cao/conference/tai/?dang=json"),
)  # fmt: skip

POST_ONLY = ways(
    ("notices_read", "chuyenvien", "/thong-bao/da-doc/"),
    ("notice_email", "chuyenvien", "/thong-bao/cai-dat/thu/"),
    ("deputise_new", "lanhdao", "/thong-bao/cai-dat/vang-mat/"),
    ("deputise_end", "lanhdao", "/thong-bao/cai-dat/vang-mat/1/ket-thuc/"),
    ("calendar_link", "chuyenvien", "/thong-bao/cai-dat/lich/"),
    ("dead_letter_retry", "quantri", "/thong-bao/hop-thu-chet/{dead}/gui-lai/"),
    ("webhook_end", "quantri", "/thong-bao/diem-nhan/{dead}/ngung/"),
    ("source_draft_discard", "trucioc", "/nguon/moi/{source_draft}/bo/"),
    ("source_revise", "trucioc", "/nguon/mua_muc_nuoc/sua/"),
    ("theme", "", "/giao-dien/nen-trang/"),
    ("sign_out", "thuky", "/dang-xuat/"),
    ("tasks_together", "thuky", "/nhiem-vu/cung-luc/"),
    ("clarity", "thuky", "/nhiem-vu/do-ro/"),
    ("task_act", "thuky", "/nhiem-vu/{overdue}/lam/tiep-nhan/"),
    ("task_urge", "thuky", "/nhiem-vu/{overdue}/don-doc/"),
    ("alerts_together", "thuky", "/canh-bao/cung-luc/"),
    ("duty_act", "trucioc", "/canh-bao/ca-truc/lap/"),
    ("alert_act", "thuky", "/canh-bao/{alert}/lam/nhan/"),
    ("form_check", "xaphuong", "/bieu-bao-cao/tieu_chi_xa/2025-06/20200/kiem-tra/"),
    ("report_compute", "thuky", "/bao-cao/conference/tinh/"),
    ("post_give", "quantri", "/quan-tri/nguoi/{person}/chuc-vu/"),
    ("person_active", "quantri", "/quan-tri/nguoi/{person}/khoa-mo/"),
    ("post_end", "quantri", "/quan-tri/chuc-vu/{post}/thoi/"),
    ("person_reset", "quantri", "/quan-tri/nguoi/{person}/dat-lai-mat-khau/"),
    ("person_factors_clear", "quantri", "/quan-tri/nguoi/{person}/go-lop-hai/"),
    ("api_key_revoke", "quantri", "/quan-tri/khoa-api/khoa/1/thu-hoi/"),
    ("visits_end", "chuyenvien", "/tai-khoan/phien/ket-thuc/"),
    ("recovery_codes", "chuyenvien", "/tai-khoan/lop-hai/ma-du-phong/"),
    ("factor_remove", "chuyenvien", "/tai-khoan/lop-hai/1/go/"),
)

# A browser gets nothing here: machines show a key, and the demo's city has no accounts of its own.
NOT_FOR_BROWSERS = {401: ways(
    ("api_units", "thuky", "/api/v1/units"),
    ("api_tasks", "thuky", "/api/v1/tasks"),
    ("api_task", "thuky", "/api/v1/tasks/{begun}"),
    ("api_indicators", "thuky", "/api/v1/indicators"),
    ("api_figures", "thuky", "/api/v1/indicators/nhiem_vu_hoan_thanh/figures"),
    ("api_alerts", "thuky", "/api/v1/alerts"),
    ("api_batches", "thuky", "/api/v1/sources/mua_muc_nuoc/batches"),
), 404: ways(
    ("api_nothing", "", "/api/v1/khong-co"),
    ("openid_begin", "", "/dang-nhap/thanh-pho/"),
    ("openid_return", "", "/dang-nhap/thanh-pho/ve/"),
)}  # fmt: skip

STANDING = """
    SELECT
      (SELECT min(code) FROM tasks_task WHERE stage = 'submitted'),
      (SELECT min(t.code) FROM tasks_extension e JOIN tasks_task t ON t.id = e.task_id WHERE e.status = 'asked'),
      (SELECT min(t.code) FROM tasks_task t JOIN organisation_person p ON p.id = t.lead_person_id
        WHERE t.stage = 'in_progress' AND t.issued_day < '2025-05-01' AND p.username = 'chuyenvien'),
      (SELECT min(t.code) FROM tasks_task t JOIN organisation_unit u ON u.id = t.lead_unit_id
        WHERE t.late_from <= '2025-07-09' AND t.code LIKE 'TW-%%' AND u.path LIKE 'VN/48/%%')
"""
KEYS = ("submitted", "extension_asked", "begun", "overdue")


def standing(city: City) -> dict[str, Any]:
    """What the loaded city already holds, by the name of the gap it fills."""
    [row] = city.ask(STANDING)
    [(pk, code)] = city.ask(
        "SELECT e.id, t.code FROM tasks_evidence e JOIN tasks_task t ON t.id = e.task_id ORDER BY e.id LIMIT 1"
    )
    [(person, post)] = city.ask(
        "SELECT p.id, o.id FROM organisation_person p JOIN organisation_post o ON o.person_id = p.id "
        "WHERE p.username = 'motcua'"
    )
    return dict(zip(KEYS, row, strict=True)) | delivered(city) | {
        "evidence": pk, "with_evidence": code, "person": person, "post": post, "program": program(city),
        "procedure_import": city.ask("SELECT client_id FROM procedures_procedureimport ORDER BY id LIMIT 1")[0][0],
        "chart": hung(city), "chart_group": "walk", "landed": landed(city), "source_draft": making(city),
        "alert": city.ask("SELECT id FROM alerts_alert WHERE state = 'open' ORDER BY level DESC, id LIMIT 1")[0][0],
    }  # fmt: skip


LANDED = """
    WITH landed AS (
        INSERT INTO sources_batch (id, source_id, state, started_at, ended_at, rows_in, rows_landed, rows_quarantined,
            bytes, cursor, months, error, origin)
        SELECT '8c1d1c7e-0d55-4f0e-9d0b-57a1c5a0b002', id, 'landed', '2025-07-09 06:00+07', '2025-07-09 06:00+07', 2, 1,
            1, 100, '', '{2025-07}', '', 'mau.csv' FROM sources_source WHERE code = 'mua_muc_nuoc' RETURNING id
    ), held AS (
        INSERT INTO sources_quarantinedrow (batch_id, row, body, reasons, state)
        SELECT id, 2, '{}', '["Thiếu «Mã trạm»."]', 'open' FROM landed
    ) SELECT id FROM landed
"""
MAKING = """
    INSERT INTO sources_sourcedraft (id, code, body, state, version, begun_by_id, begun_at, saved_by_id, saved_at)
    SELECT '8c1d1c7e-0d55-4f0e-9d0b-57a1c5a0b003', 'walk', %s::jsonb, 'open', 1, id, '2025-07-09 09:00+07', id,
           '2025-07-09 09:00+07' FROM organisation_person WHERE username = 'trucioc' RETURNING id
"""
PROGRAM = """
    INSERT INTO access_serviceaccount (name, purpose, unit_id, contact_id, at)
    SELECT 'Kho số liệu (mẫu)', 'Đọc số liệu', o.unit_id, p.id, '2025-07-09 09:00+07' FROM organisation_person p
    JOIN organisation_post o ON o.person_id = p.id WHERE p.username = 'quantri' LIMIT 1 RETURNING id
"""
TOLD = """
    INSERT INTO delivery_told (event, topic, person_id, level, title, reason, body, path, confidential, at, is_routed)
    SELECT 'walk', 'walk', id, 2, 'Việc mẫu quá hạn', 'bạn phụ trách nhiệm vụ', '', '/ban-lam-viec/', false,
           '2025-07-09 09:00+07', true FROM organisation_person WHERE username = 'chuyenvien' RETURNING id
"""
DEAD = """
    INSERT INTO delivery_message (id, channel, person_id, level, made_at, state, attempts, next_try_at)
    SELECT gen_random_uuid(), 'email', id, 2, '2025-07-09 09:00+07', 'dead', 8, '2025-07-09 09:00+07'
    FROM organisation_person WHERE username = 'chuyenvien' RETURNING id
"""
LINK = """
    INSERT INTO delivery_calendarlink (person_id, digest, made_at)
    SELECT id, %s, '2025-07-09 09:00+07' FROM organisation_person WHERE username = 'chuyenvien' RETURNING id
"""


HUNG = """
    WITH made AS (
        INSERT INTO indicators_servicegroup (code, name, name_en, owner, "order", icon, package, is_active)
        VALUES ('walk', 'Nhóm đi thăm', 'Group of the walk', 'TU.VP', 900, '', 'walk', true) RETURNING id)
    INSERT INTO indicators_chart (code, group_id, "order", body, owner, next_review, package, is_active)
    SELECT 'walk', id, 900, %s::jsonb, 'TU.VP', '2026-01-15', 'walk', true FROM made RETURNING code
"""


@cache
def hung(city: City) -> str:
    """A chart over tasks in a group of its own, made once: what the package declares may change."""
    body = CHART | {"code": "walk", "group": "walk", "next_review": "2026-01-15"}
    return str(city.ask(HUNG, json.dumps(body))[0][0])


@cache
def landed(city: City) -> str:
    """A batch with a row that was held back, made once: what the demo lands may change."""
    return str(city.ask(LANDED)[0][0])


@cache
def making(city: City) -> str:
    """A source in the making that waits for its sample, made once."""
    body = {"code": "walk", "name": "Nguồn mẫu", "means": "sql"}
    connector = {"kind": "sql", "url_env": "NGUON_MAU", "table": "mau"}
    return str(city.ask(MAKING, json.dumps(body | {"connector": connector}))[0][0])


@cache
def program(city: City) -> int:
    """A service account, made once."""
    return int(str(city.ask(PROGRAM)[0][0]))


@cache
def delivered(city: City) -> dict[str, Any]:
    """A notice, a dead letter and a calendar's link of the officer: the demo has no mail server to make them."""
    [(notice,)], [(dead,)], token = city.ask(TOLD), city.ask(DEAD), secrets.token_urlsafe()
    city.ask(LINK, hashlib.sha256(token.encode()).hexdigest())
    return {"notice": notice, "topic": "walk", "dead": dead, "token": token}


def write_draft(page: Page) -> str:
    """Write a draft that says little, under a directive of its own with a file; returns its code."""
    page.goto("/nhiem-vu/moi/")
    page.locator("#id_directive").select_option("moi")
    page.locator("details:has(#id_new_number) > summary").click()
    page.locator("#id_new_register").select_option(index=1)
    for name, words in (("kind", "Kế hoạch"), ("number", "57-KH/BCĐ"), ("issuer", "Ban Chỉ đạo (mẫu)")):
        page.locator(f"#id_new_{name}").fill(words)
    page.locator("#id_new_day").fill("01/07/2025")
    page.locator("#id_new_title").fill("Kế hoạch mẫu về dữ liệu dùng chung")
    page.locator("#id_new_file").set_input_files(PDF)
    page.locator("#id_title").fill("Sớm hoàn thiện dữ liệu dùng chung")
    page.locator("#id_lead_unit").fill("Sở Khoa học và Công nghệ")
    page.locator("#id_due_day").fill("15/10/2025")
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.wait_for_url(lambda url: not url.endswith("/moi/"))
    return page.url.rstrip("/").rpartition("/")[2]


def send_report(page: Page, city: City) -> int:
    """Send the ward's report of June; returns its key."""
    page.goto("/bao-cao/dinh-ky/monthly/2025-06/20200/")
    page.get_by_label("Kết quả nổi bật").fill("Đã niêm yết công khai thủ tục tại trụ sở.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_role("status").filter(has_text="Đã gửi và khóa").wait_for()
    [(pk,)] = city.ask("SELECT id FROM reports_sentreport ORDER BY id LIMIT 1")
    return int(str(pk))


def send_sheet(page: Page) -> str:
    """Send in the template with a row in which nearly everything is missing; returns the name of the batch."""
    template = page.request.get("/nhiem-vu/nhap-excel/mau/").body()
    book, filled = load_workbook(io.BytesIO(template)), io.BytesIO()
    book.worksheets[0].append(["tw"])
    book.save(filled)
    page.goto("/nhiem-vu/nhap-excel/")
    sheet = FilePayload(name="viec.xlsx", mimeType=EXCEL, buffer=filled.getvalue())
    page.locator("input[type=file]").set_input_files(sheet)
    page.locator("main form[enctype] button").first.click()
    page.wait_for_url("**/nhap-excel/*-*/")
    return page.url.rstrip("/").rpartition("/")[2]
