"""The lists of words that the clarity check goes by: kept as read, and refused with file and line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.tasks.sentences import CLEARS, DANANG, GOOD, VAGUE_WORKS, WORDS

from namro.ground.reviewed import FileRefused, read_reviewed, storable
from namro.tasks.clarity import check_clarity, clears_of, load_words, words_of


def test_lists_kept_as_json_read_the_same() -> None:
    def kept(name: str) -> dict[str, object]:
        return json.loads(json.dumps(storable(read_reviewed(DANANG / name))))

    stored = words_of(kept("clarity.yaml"))
    for work, *_ in VAGUE_WORKS:
        draft = replace(GOOD, work=work)
        assert check_clarity(draft, stored) == check_clarity(draft, WORDS)
    assert clears_of(kept("clears.yaml")) == CLEARS
    assert check_clarity(GOOD, words_of({})) == []


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ("owner: TU.VP", "", "thiếu “owner”"),
        ("topic: due", "topic: weather", "“topic” không nhận “weather”"),
        ("cleared_by: names", "cleared_by: luck", "“cleared_by” không nhận “luck”"),
        ("{units}", "{who}", "không nhận “who”"),
        ("- kịp thời", "- no", "không phải là chữ"),
        ("products:", "product:", "thiếu “products”"),
    ],
)
def test_wrong_lists_are_refused_with_file_and_line(
    tmp_path: Path, was: str, becomes: str, message: str
) -> None:
    text = (DANANG / "clarity.yaml").read_text(encoding="utf-8")
    path = tmp_path / "clarity.yaml"
    path.write_text(text.replace(was, becomes), encoding="utf-8")
    with pytest.raises(FileRefused, match=rf"clarity\.yaml, dòng \d+: .*{message}"):
        load_words(path)
