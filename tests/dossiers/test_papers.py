"""Papers: told by their content, looked at before they are taken, stored once and whole; fees paid once."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.conftest import PACKAGE, Hall

from namro.dossiers import actions
from namro.dossiers.actions import papers
from namro.dossiers.catalog import DeskRulesDef, read_desk
from namro.dossiers.formulas.files import OFFICE, check_file, media_type
from namro.dossiers.models import DossierFile
from namro.dossiers.queries.finding import Asked, Times, find
from namro.dossiers.queries.papers import RESULT, open_file, reusable_papers, stored_name
from namro.dossiers.terms import Group, PaymentState
from namro.ground.reviewed import FileRefused
from namro.organisation.terms import Refused
from namro.outside.payments import Notice
from namro.outside.scanning import Seen, Unscanned, Verdict

RULES = DeskRulesDef.from_body(read_desk(PACKAGE / "dossiers" / "desk.yaml")[0])
PDF = b"%PDF-1.7 mot to giay"


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[None]:
    """Files go to a folder that is thrown away."""
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("don.pdf", b"MZ\x90\x00 a program", "không thuộc loại được nhận: PDF, ảnh JPEG"),
        ("don.pdf", b"<html><script>", "không thuộc loại"),
        ("don.docx", packed("word/document.xml", "word/vbaProject.bin"), "không thuộc loại"),
        ("don.docx", packed("anything.txt"), "không thuộc loại"),
        ("don.docx", b"PK\x03\x04 broken", "không thuộc loại"),
        ("don.pdf", b"", "rỗng"),
        ("anh.png", b"\x89PNG\r\n\x1a\n" + bytes(10 * 1024**2), "lớn hơn 10 MB"),
    ],
)
def test_a_name_hides_nothing(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        check_file(name, content, RULES)


def test_what_is_taken_is_told_by_its_content() -> None:
    assert check_file("don.exe", PDF, RULES) == "application/pdf"
    assert str(media_type(packed("word/document.xml"))).endswith("wordprocessingml.document")


@given(st.binary(max_size=200))
def test_whatever_comes_is_told_or_not_told(content: bytes) -> None:
    assert media_type(content) in {None, "application/pdf", "image/png", "image/jpeg"}


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4))
def test_an_archive_that_was_tampered_with_is_told_or_not_told(changes: list[tuple[int, int]]) -> None:
    content = bytearray(packed("word/document.xml"))
    for place, value in changes:
        content[4 + place % (len(content) - 4)] = value
    assert media_type(bytes(content)) in {None, *OFFICE.values()}


def test_an_archive_of_a_kind_that_nobody_reads_is_not_told() -> None:
    content = packed("word/document.xml")
    entry = content.index(b"PK\x01\x02")
    needs_version = content[: entry + 6] + b"\xff\x00" + content[entry + 8 :]
    assert media_type(needs_version) is None


def test_a_virus_and_a_silent_scanner_are_refused(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    def infected(content: bytes) -> Verdict:
        return Verdict(Seen.INFECTED, "Eicar-Test")

    def silent(content: bytes) -> Verdict:
        raise Unscanned("timeout")

    monkeypatch.setattr(papers.scanning, "scan", infected)
    with pytest.raises(Refused, match=r"có mã độc \(Eicar-Test\)"):
        actions.take_paper("1", "don.pdf", PDF)
    monkeypatch.setattr(papers.scanning, "scan", silent)
    with pytest.raises(Refused, match="không trả lời"):
        actions.take_paper("1", "don.pdf", PDF)


def test_a_paper_is_stored_once_and_a_write_that_was_cut_off_is_done_again(hall: Hall) -> None:
    draft = actions.save_draft(hall.draft(), **hall.by("citizen"))
    paper = actions.take_paper("1", "../../don.pdf", PDF)
    name = stored_name(paper.sha256)
    whole = Path(default_storage.path(name))
    whole.parent.mkdir(parents=True)
    whole.write_bytes(PDF[:5])
    for _ in range(2):
        actions.attach(draft.pk, paper=paper, **hall.by("citizen"))
    with open_file(DossierFile.objects.first()) as stream:  # type: ignore[arg-type]
        assert stream.read() == PDF
    assert list(whole.parent.iterdir()) == [whole]


def test_a_paper_has_its_place_and_a_dossier_its_fill(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = actions.save_draft(hall.draft(), **hall.by("citizen"))
    with pytest.raises(Refused, match="không có giấy tờ đó"):
        actions.attach(draft.pk, paper=actions.take_paper("9", "a.pdf", PDF), **hall.by("citizen"))
    # Nobody puts a result into a dossier but who decides it.
    planted = actions.take_paper(RESULT, "giay-khai-sinh.pdf", PDF)
    with pytest.raises(Refused, match="không có giấy tờ đó"):
        actions.attach(draft.pk, paper=planted, **hall.by("citizen"))
    with pytest.raises(Refused, match="không có giấy tờ đó"):
        actions.digitise(hall.received().pk, paper=planted, **hall.by("clerk"))
    few = DeskRulesDef(**{**vars(RULES), "most_files": 1})
    paper = actions.take_paper("khac", "a.pdf", PDF)
    monkeypatch.setattr(papers, "desk_rules", lambda: few)
    actions.attach(draft.pk, paper=paper, **hall.by("citizen"))
    with pytest.raises(Refused, match="nhiều nhất 1 tệp"):
        actions.attach(draft.pk, paper=paper, **hall.by("citizen"))
    file = draft.files.get()
    actions.drop_paper(draft.pk, file_id=file.pk, **hall.by("citizen"))
    with pytest.raises(Refused, match="không còn trong hồ sơ"):
        actions.drop_paper(draft.pk, file_id=file.pk, **hall.by("citizen"))


def test_a_result_is_used_again_only_once_it_was_given(hall: Hall) -> None:
    dossier = hall.at_last_desk()
    result = actions.take_paper(RESULT, "giay-khai-sinh.pdf", PDF)
    actions.decide(dossier.pk, result=result, **hall.by("head"))
    draft, file = actions.save_draft(hall.draft(), **hall.by("citizen")), dossier.files.get()
    assert reusable_papers(hall.citizen) == []
    with pytest.raises(Refused, match="Không có giấy tờ này"):
        actions.reuse_paper(draft.pk, key="1", file_id=file.pk, **hall.by("citizen"))
    actions.hand_over_result(dossier.pk, **hall.by("citizen"))
    assert reusable_papers(hall.citizen) == [file]
    with pytest.raises(Refused, match="không có giấy tờ đó"):
        actions.reuse_paper(draft.pk, key=RESULT, file_id=file.pk, **hall.by("citizen"))


def test_a_fee_is_paid_once_and_what_comes_beside_it_is_owed_back(hall: Hall) -> None:
    dossier = actions.ask_fee(hall.received().pk, amount=50_000, **hall.by("clerk")).dossier
    first, second, third = (actions.begin_payment(dossier.pk, **hall.by("citizen")) for _ in range(3))

    def heard(reference: str, amount: int = 50_000, *, is_paid: bool = True) -> str:
        return actions.hear_payment(Notice(reference, amount, is_paid, "N1"), gateway="thử").state

    assert heard(third.reference, 5_000) == PaymentState.TO_PAY_BACK  # another sum
    assert heard(first.reference, is_paid=False) == PaymentState.FAILED
    assert [heard(first.reference) for _ in range(3)] == [PaymentState.PAID] * 3  # late, and three times
    assert heard(second.reference) == PaymentState.TO_PAY_BACK
    assert heard(first.reference, is_paid=False) == PaymentState.PAID
    dossier.refresh_from_db()
    assert dossier.paid_online
    assert dossier.events.filter(verb="hear_payment").count() == 4
    for again in (actions.begin_payment, actions.take_fee):
        with pytest.raises(Refused, match="đã được thanh toán"):
            again(dossier.pk, **hall.by("clerk"))
    with pytest.raises(Refused, match="hãy đối soát"):
        heard("NR-KHONG-CO")


def test_money_that_comes_again_for_an_order_is_owed_back_and_paid_back(hall: Hall) -> None:
    dossier = actions.ask_fee(hall.received().pk, amount=50_000, **hall.by("clerk")).dossier
    order = actions.begin_payment(dossier.pk, **hall.by("citizen"))
    for number in ("N1", "N2", "N1", "N2"):
        actions.hear_payment(Notice(order.reference, 60_000, True, number), gateway="thử")
    rows = dossier.payments.values_list("gateway_number", "state", "received")
    assert list(rows) == [("N1", PaymentState.TO_PAY_BACK, 60_000), ("N2", PaymentState.TO_PAY_BACK, 60_000)]
    viewed, times = hall.hand("clerk").viewer, Times.read()
    assert viewed is not None
    assert list(find(viewed, Asked(Group.TO_PAY_BACK), times)) == [dossier]
    done = actions.pay_back(dossier.pk, **hall.by("clerk"))
    assert done.event.detail["amount"] == 120_000
    assert set(dossier.payments.values_list("state", flat=True)) == {PaymentState.PAID_BACK}
    assert not find(viewed, Asked(Group.TO_PAY_BACK), times).exists()
    with pytest.raises(Refused, match="Không có khoản nào"):
        actions.pay_back(dossier.pk, **hall.by("clerk"))


def test_nobody_is_sent_to_pay_what_is_owed_no_longer(hall: Hall) -> None:
    dossier = actions.ask_fee(hall.received().pk, amount=50_000, **hall.by("clerk")).dossier
    given = hall.by("citizen")
    order = actions.begin_payment(dossier.pk, **given)
    assert actions.begin_payment(dossier.pk, **given) == order
    actions.ask_fee(dossier.pk, amount=70_000, **hall.by("clerk"))
    with pytest.raises(Refused, match="Mức phí đã đổi"):
        actions.begin_payment(dossier.pk, **given)
    assert (
        actions.hear_payment(Notice(order.reference, 50_000, True, "N1"), gateway="thử").state
        == "to_pay_back"
    )
    later = hall.by("citizen")
    actions.begin_payment(dossier.pk, **later)
    actions.take_fee(dossier.pk, **hall.by("clerk"))
    with pytest.raises(Refused, match="đã được thanh toán"):
        actions.begin_payment(dossier.pk, **later)


def test_what_need_not_be_paid_is_not_asked_for(hall: Hall) -> None:
    free = actions.save_draft(hall.draft(), **hall.by("citizen"))
    with pytest.raises(Refused, match="không phải nộp phí"):
        actions.begin_payment(free.pk, **hall.by("citizen"))
    unsure = hall.filed()
    with pytest.raises(Refused, match="Chưa rõ mức phí"):
        actions.begin_payment(unsure.pk, **hall.by("citizen"))


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("desk.yaml", "hours_are: working", "hours_are: moon", "“hours_are” phải là một trong"),
        ("desk.yaml", "risk_hours: 8", "risk_hours: nhiều", "có số không đọc được"),
        ("desk.yaml", "khac: 10", "ministry: 10", "phải có mục “khac”"),
        ("routes.yaml", "share: 0.7", "share: 0.6", "phải cộng lại bằng 1"),
        ("routes.yaml", "- code: chung\n", "- code: dat-dai\n", "có hai lần"),
        ("routes.yaml", "share: 0.7", "share: nửa", "phải là một số"),
    ],
)
def test_a_file_of_the_package_is_refused_with_its_line(
    db: None, tmp_path: Path, file: str, old: str, new: str, sentence: str
) -> None:
    inside = tmp_path / "dossiers"
    inside.mkdir()
    for each in ("desk.yaml", "routes.yaml"):
        text = (PACKAGE / "dossiers" / each).read_text(encoding="utf-8")
        assert each != file or old in text
        (inside / each).write_text(text.replace(old, new) if each == file else text, encoding="utf-8")
    with pytest.raises(FileRefused, match=sentence):
        actions.load_package(tmp_path)


def test_the_package_twice_is_as_once(hall: Hall) -> None:
    assert actions.load_package(PACKAGE) == actions.load_package(PACKAGE)
