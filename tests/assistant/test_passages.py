"""Passages out of the tables: procedures and articles as they hold on a day, through an index that follows them."""

import csv
import json
import lzma
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.builders import TODAY
from tests.procedures.conftest import package
from tests.procedures.records import NAMES, lines, record

from namro.assistant.actions.law import put_law
from namro.assistant.catalog.law import CHANGES, DOCUMENTS
from namro.assistant.models import LawArticle
from namro.assistant.queries import index
from namro.assistant.queries.evaluating import evaluate, read_rows
from namro.assistant.queries.index import segments
from namro.assistant.queries.retrieving import retrieve
from namro.assistant.terms import Corpus, Passage, Validity
from namro.ground import clock
from namro.ground.reviewed import FileRefused
from namro.procedures.actions import load_package
from namro.procedures.models import ProcedureImport

HEAD = """
owner: H17.TP
next_review: 2026-01-15
as_of: bản thử
articles: articles.jsonl.xz
documents: documents.csv
changes: changes.csv
"""
ROWS = [
    ["1/2020/QH14", "Luật", "Luật Cư trú", "thử", "consolidated", "2021-07-01", "", "", "Điều 38"],
    [
        "9/2010/NĐ-CP",
        "Nghị định",
        "Nghị định về cư trú cũ",
        "thử",
        "consolidated",
        "2010-01-01",
        "2021-07-01",
        "1/2020/QH14",
        "",
    ],
    [
        "5/2025/NĐ-CP",
        "Nghị định",
        "Nghị định sửa đổi về cư trú",
        "thử",
        "consolidated",
        "2025-01-01",
        "",
        "",
        "",
    ],
    ["7/2019/TT-BCA", "Thông tư", "Thông tư về cư trú", "thử", "consolidated", "", "", "", ""],
]
WORDS = "Công dân đăng ký tạm trú khi đến ở từ 30 ngày trở lên."


def article(number: str, name: str, title: str, text: str, **more: Any) -> dict[str, Any]:
    """Return a line of the articles."""
    return {
        "number": number,
        "article": name,
        "title": title,
        "text": text,
        "effective": "",
        "amended_by": "",
    } | more


ARTICLES = [
    article(
        "1/2020/QH14",
        "27",
        "Điều kiện đăng ký tạm trú",
        WORDS,
        amended_by="sửa bởi Điều 1 Nghị định số 5/2025/NĐ-CP",
    ),
    article("1/2020/QH14", "3", "Nguyên tắc cư trú và quản lý cư trú", "Tuân thủ Hiến pháp và pháp luật."),
    article("9/2010/NĐ-CP", "4", "Điều kiện đăng ký tạm trú", WORDS, effective="15/02/2010"),
    article("5/2025/NĐ-CP", "1", "Sửa đổi điều kiện đăng ký tạm trú", WORDS),
    article("7/2019/TT-BCA", "2", "Hồ sơ lưu trú của cơ sở", "Cơ sở lưu trú lập sổ theo dõi khách."),
]


def law(folder: Path, articles: list[dict[str, Any]] = ARTICLES) -> Path:
    """Return a package that holds nothing but law."""
    inside = folder / "law"
    inside.mkdir(exist_ok=True)
    (inside / "law.yaml").write_text(HEAD, encoding="utf-8")
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in articles)
    (inside / "articles.jsonl.xz").write_bytes(lzma.compress(text.encode()))
    for name, columns, rows in (("documents.csv", DOCUMENTS, ROWS), ("changes.csv", CHANGES, [])):
        with (inside / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns, *rows])
    return folder


@pytest.fixture
def corpora(db: None, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Ten procedures and five articles; an index of their own. Returns the folder of the package."""
    settings.NAMRO_INDEX_FOLDER = tmp_path / "index"
    with clock.at(TODAY):
        load_package(package(tmp_path))
        put_law(law(tmp_path))
        yield tmp_path


def of_law(question: str, day: date = TODAY) -> list[Passage]:
    """Return the articles that a question finds on a day."""
    return retrieve(question, day=day, corpora=(Corpus.LAW,))


def test_a_question_finds_its_procedure_and_the_part_that_answers(corpora: Path) -> None:
    """The name leads to the procedure; the passage names version, page and part."""
    best = retrieve("đăng ký kết hôn cần giấy tờ gì", day=TODAY, corpora=(Corpus.PROCEDURES,))[0]
    assert best.item == "1.000007"
    assert best.title == NAMES["1.000007"][0]
    assert best.key == f"procedures:1.000007#{best.part}"
    assert best.url == "/thu-tuc/1.000007/"
    assert (best.valid_from, best.validity) == (date(2025, 7, 1), Validity.IN_FORCE)


def test_before_its_first_version_a_procedure_says_nothing(corpora: Path) -> None:
    """The catalogue holds from 01/07/2025; the day before there is no passage of it."""
    assert retrieve("đăng ký kết hôn", day=date(2025, 6, 30), corpora=(Corpus.PROCEDURES,)) == []


def test_law_is_asked_as_of_a_day(corpora: Path) -> None:
    """The decree that ended is found while it held, never after; the law before its first day is said to be coming."""
    now, then = of_law("điều kiện đăng ký tạm trú"), of_law("điều kiện đăng ký tạm trú", date(2015, 1, 1))
    assert "9/2010/NĐ-CP#4" not in [passage.item for passage in now]
    standing = {passage.item: passage.validity for passage in then}
    assert standing["9/2010/NĐ-CP#4"] == Validity.IN_FORCE
    assert standing["1/2020/QH14#27"] == Validity.COMING
    old = next(passage for passage in then if passage.item == "9/2010/NĐ-CP#4")
    assert (old.valid_from, old.valid_to) == (date(2010, 2, 15), date(2021, 7, 1))


def test_an_amendment_stands_before_what_it_amends(corpora: Path) -> None:
    """Where both are found, the amending decree comes first and the law says that it was amended."""
    items = of_law("điều kiện đăng ký tạm trú")
    assert [passage.item for passage in items[:2]] == ["5/2025/NĐ-CP#1", "1/2020/QH14#27"]
    assert items[1].validity == Validity.AMENDED
    assert "5/2025/NĐ-CP" in items[1].amended_by


def test_what_the_source_does_not_say_is_unknown(corpora: Path) -> None:
    """A circular without a first day is neither in force nor ended."""
    best = of_law("hồ sơ lưu trú của cơ sở")[0]
    assert (best.item, best.validity, best.valid_from) == ("7/2019/TT-BCA#2", Validity.UNKNOWN, None)


def test_the_same_law_is_read_once_and_a_changed_one_replaces_it(corpora: Path) -> None:
    """A second load keeps the rows; a file that changed brings its own, and they are found."""
    rows = set(LawArticle.objects.values_list("pk", flat=True))
    assert put_law(corpora) == len(ARTICLES)
    assert set(LawArticle.objects.values_list("pk", flat=True)) == rows
    of_law("tạm trú")
    put_law(law(corpora, [*ARTICLES, article("1/2020/QH14", "99", "Khinh khí cầu", "Về khinh khí cầu.")]))
    assert of_law("khinh khí cầu")[0].item == "1/2020/QH14#99"


def test_a_line_that_belongs_to_no_document_is_refused_with_its_number(corpora: Path) -> None:
    """What is wrong is named by file and line, and nothing of the file is taken."""
    law(corpora, [*ARTICLES, article("0/0000/QH0", "1", "Lạ", "Lạ.")])
    with pytest.raises(FileRefused, match=r"articles\.jsonl\.xz, dòng 6"):
        put_law(corpora)


def test_the_index_follows_a_publication_by_a_small_segment(corpora: Path) -> None:
    """A procedure that is new is found at once; what stood is not built again."""
    retrieve("kết hôn", day=TODAY, corpora=(Corpus.PROCEDURES,))
    before = segments(Corpus.PROCEDURES)
    ProcedureImport.objects.update(
        state="discarded"
    )  # so that the next file is published by the package as well
    load_package(
        package(corpora, lines() + b"\n" + lines(record("1.000011", name="Cấp phép thả khinh khí cầu")))
    )
    best = retrieve("thả khinh khí cầu", day=TODAY, corpora=(Corpus.PROCEDURES,))[0]
    assert best.item == "1.000011"
    after = segments(Corpus.PROCEDURES)
    assert [segment.size for segment in after] == [before[0].size, 1]


def test_an_index_that_was_removed_is_made_again(corpora: Path, settings: Any) -> None:
    """The files are derived: another folder, and the same is found."""
    first = [passage.item for passage in retrieve("căn cước", day=TODAY)]
    settings.NAMRO_INDEX_FOLDER = corpora / "elsewhere"
    assert [passage.item for passage in retrieve("căn cước", day=TODAY)] == first


def test_a_build_that_was_killed_and_a_segment_that_is_damaged_are_made_again(corpora: Path) -> None:
    """Neither what a killed process left nor a file cut short stands in the way of the next."""
    first = [passage.item for passage in retrieve("căn cước", day=TODAY)]
    [name] = [path for path in (index.folder() / "procedures-1").iterdir() if path.is_dir()]
    (name / "tokens.npy").unlink()  # the file that is mapped stays as it was
    (name / "tokens.npy").write_bytes(b"")
    left = name.with_name(f"{name.name}.{os.getpid()}.part")
    left.mkdir()
    (left / "rest").write_text("x", encoding="utf-8")
    index._open.clear()
    assert [passage.item for passage in retrieve("căn cước", day=TODAY)] == first
    assert not left.exists()


def test_while_another_makes_the_index_the_older_one_answers(corpora: Path) -> None:
    """Nobody waits for a refresh: not who has mapped the older state, nor who finds it on the disk."""
    retrieve("kết hôn", day=TODAY)
    ProcedureImport.objects.update(state="discarded")
    load_package(
        package(corpora, lines() + b"\n" + lines(record("1.000011", name="Cấp phép thả khinh khí cầu")))
    )
    with index._alone(index.folder() / "procedures-1", waits=True):
        for _ in range(2):
            assert retrieve("đăng ký kết hôn", day=TODAY, corpora=(Corpus.PROCEDURES,))[0].item == "1.000007"
            assert sum(segment.size for segment in segments(Corpus.PROCEDURES)) == len(NAMES)
            index._open.clear()
    assert retrieve("thả khinh khí cầu", day=TODAY, corpora=(Corpus.PROCEDURES,))[0].item == "1.000011"


def published_anew(corpora: Path) -> None:
    """Publish the catalogue with one procedure more."""
    ProcedureImport.objects.update(state="discarded")
    load_package(
        package(corpora, lines() + b"\n" + lines(record("1.000011", name="Cấp phép thả khinh khí cầu")))
    )


def test_after_a_large_change_a_question_is_answered_from_the_older_index(
    corpora: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks never builds more than a little; the worker's job does, and then the newer is found."""
    retrieve("kết hôn", day=TODAY)
    published_anew(corpora)
    monkeypatch.setattr(index, "FEW", 0)
    for _ in range(2):
        assert retrieve("đăng ký kết hôn", day=TODAY, corpora=(Corpus.PROCEDURES,))[0].item == "1.000007"
        assert sum(segment.size for segment in segments(Corpus.PROCEDURES)) == len(NAMES)
        index._open.clear()
    segments(Corpus.PROCEDURES, builds=True)
    assert retrieve("thả khinh khí cầu", day=TODAY, corpora=(Corpus.PROCEDURES,))[0].item == "1.000011"


def test_segments_that_go_while_they_are_read_break_no_answer(
    corpora: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever makes the newer index removes the older's files; who was about to read them reads the manifest again."""
    retrieve("kết hôn", day=TODAY)
    place = index.folder() / "procedures-1"
    older = index._named(place)
    published_anew(corpora)
    segments(Corpus.PROCEDURES, builds=True)
    newer, told = index._named(place), []
    gone = index._Manifest(older.stamp, ["gone"])

    def named(_inside: Path) -> Any:
        told.append(1)
        return gone if len(told) == 1 else newer

    monkeypatch.setattr(index, "_named", named)
    assert (
        sum(segment.size for segment in index._older(Corpus.PROCEDURES, place, None).segments)
        == len(NAMES) + 1
    )


def test_a_document_that_is_named_anew_is_indexed_anew(corpora: Path) -> None:
    """The index holds the name and the kind of a document, so an article's digest tells of them as well."""
    before = dict(LawArticle.objects.values_list("key", "digest"))
    file = corpora / "law" / "documents.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(ROWS[0][2], f"{ROWS[0][2]} (tên mới)"), encoding="utf-8")
    put_law(corpora)
    after = dict(LawArticle.objects.values_list("key", "digest"))
    assert {key for key in after if after[key] != before[key]} == {
        key for key in after if key.startswith(ROWS[0][0])
    }


def test_a_question_waits_for_an_index_of_few_items_only(
    corpora: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an index the assistant is ready where its items are few; with one always."""
    assert index.is_ready()
    monkeypatch.setattr(index, "FEW", 3)
    assert not index.is_ready()
    retrieve("kết hôn", day=TODAY)
    assert index.is_ready()
    index._open.clear()
    assert index.is_ready()


def test_the_evaluation_counts_by_kind_and_style(corpora: Path) -> None:
    """Each question is sought in the corpus of its right item; what is out of scope should find nothing sure."""
    file = corpora / "set.jsonl"
    entries = [
        {
            "question": "Đăng ký kết hôn ở đâu?",
            "gold_type": "procedure",
            "gold": ["1.000007"],
            "style": "chat",
        },
        {
            "question": "Điều kiện đăng ký tạm trú?",
            "gold_type": "article",
            "gold": ["1/2020/QH14#27"],
            "style": "open",
        },
        {"question": "zzz qqq", "gold_type": "none", "gold": [], "style": "out"},
    ]
    file.write_text("\n".join(json.dumps(each) for each in entries), encoding="utf-8")
    report = evaluate(read_rows(file), day=TODAY)
    assert report["procedures"] == {"n": 1, "hit@1": 1.0, "hit@3": 1.0, "hit@10": 1.0, "mrr@10": 1.0}
    assert report["articles"]["hit@3"] == report["without_marks"]["articles"]["hit@3"] == 1.0
    assert report["out_of_scope"] == {"n": 1, "refused": 1, "asked_back": 0, "answered": 0}
    told = report["in_scope"]
    assert told["n"] == told["refused"] + told["asked_back"] + told["answered"] == 2
    assert (report["answered"]["n"], report["answered"]["rate"]) == (2, told["answered"] / 2)
    assert report["support"]["n"] > 0
    assert report["support"]["carried"] == 1.0
    assert report["support"]["own_words"] == 0
    assert set(report["by_style"]) == {"procedures.chat", "articles.open"}
    assert set(report["latency_ms"]) == {"p50", "p95"}
