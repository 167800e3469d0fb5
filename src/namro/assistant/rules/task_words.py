"""What an officer's question wants of the registers of tasks: in which state, about what, and what was not regarded."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from namro.assistant.rules.scope import shown, spell
from namro.ground.text import fold, nfc

_ABOUT_TASKS = shown(
    (
        "nhiệm vụ",
        "công việc được giao",
        "việc được giao",
        "đầu việc",
        "việc nào",
        "việc gì",
        "nhiệm vụ được giao",
    )
)
# States of the registers by the words that show them, the first that fits; “chưa xong” is not “xong”. Of the second
# list words count only with their marks: “trẻ em” is not “trễ”, “chăm sóc” not “chậm”.
_STATES = (
    ("in_time", "chưa quá hạn|không quá hạn|chưa trễ hạn|chưa đến hạn|còn hạn|trong hạn", "chưa trễ"),
    ("done_late", "xong trễ|xong quá hạn|hoàn thành trễ|hoàn thành quá hạn|hoàn thành chậm|xong muộn", ""),
    ("soon", "sắp đến hạn|sắp tới hạn|sắp hết hạn|trong tuần này|trong tuần", ""),
    ("overdue", "quá hạn|trễ hạn|chậm tiến độ|chậm hạn|bị chậm", "trễ|chậm|muộn"),
    (
        "open",
        (
            "chưa xong|chưa hoàn thành|chưa làm xong|không hoàn thành|chưa kết thúc|chưa làm|đang làm|đang thực hiện|"
            "đang xử lý|còn lại|còn dở|dở dang|tồn đọng"
        ),
        "",
    ),
    ("done_on_time", "xong đúng hạn|hoàn thành đúng hạn|đúng hạn", ""),
    ("done", "đã xong|làm xong|đã hoàn thành|hoàn thành|xong", ""),
)
_PATTERNS = tuple(
    (state, shown(words.split("|"), filter(None, marked.split("|")))) for state, words, marked in _STATES
)
# Without marks "tre" is "trễ" unless children follow.
_TRE = re.compile(r"(?<!\S)tre0(?!\S)(?! em\d)")
_ABOUT_WHAT = shown(("về việc", "liên quan đến", "liên quan tới"), ("về",))
_EMPTY = frozenset(
    "a anh ba bao biet cac cai can chi cho co con cua da dang dau di do duoc em giao gi ha hay hien hom i khong la "
    "liet ke may minh nao nay nhe nhieu nhung o oi phai roi so tai tat theo thi tinh den to toi tong trong va viec voi "
    "xem xin vay vi u don bi ai danh sach".split()
)


@dataclass(frozen=True)
class TaskReading:
    """Tasks in a state, with words that they must hold (empty: any), and the words of the question left aside.

    `names_state`: the question says the state; else it is what is being done.
    """

    state: str
    about: str
    unregarded: str
    names_state: bool = True


def read_tasks(question: str, *named: Collection[str]) -> TaskReading | None:
    """Return how a question on tasks reads, None where it is on none.

    `named` are the folded names of each thing that is known to be meant: of the unit, of the directive.
    """
    words = [word for word in re.findall(r"[^\W_]+", nfc(question)) if len(spell(word).split()) == 1]
    spelt = " ".join(map(spell, words))
    if not _ABOUT_TASKS.search(spelt):
        return None
    state, shown_by = _state(spelt)
    taken = _places(spelt, [_ABOUT_TASKS, *shown_by])
    for names in named:
        taken |= _named(list(map(fold, words)), names)
    about = _about(spelt, taken, len(words))
    left = [
        word if place not in taken | set(about) and fold(word) not in _EMPTY else ""
        for place, word in enumerate(words)
    ]
    matter = " ".join(words[place] for place in about)
    return TaskReading(state, matter, _joined(left), names_state=bool(shown_by))


def _state(spelt: str) -> tuple[str, list[re.Pattern[str]]]:
    """The state that is named, what is being done where none is, and the pattern that named it."""
    for state, pattern in _PATTERNS:
        if pattern.search(spelt):
            return state, [pattern]
        if state == "overdue" and _TRE.search(spelt):
            return state, [_TRE]
    return "open", []


def _places(spelt: str, patterns: Iterable[re.Pattern[str]]) -> set[int]:
    """The places of the words that patterns take."""
    taken: set[int] = set()
    for pattern in patterns:
        for found in pattern.finditer(spelt):
            first = spelt.count(" ", 0, found.start())
            taken |= set(range(first, first + len(found.group().split())))
    return taken


def _named(folded: Sequence[str], names: Collection[str]) -> set[int]:
    """The places of the words that name a thing, the longest of its names."""
    for name in sorted(names, key=len, reverse=True):
        wanted = name.split()
        for place in range(len(folded) - len(wanted) + 1):
            if wanted and list(folded[place : place + len(wanted)]) == wanted:
                return set(range(place, place + len(wanted)))
    return set()


def _about(spelt: str, taken: set[int], count: int) -> list[int]:
    """The places of the words behind “về”, as far as something else begins."""
    found = _ABOUT_WHAT.search(spelt)
    if not found:
        return []
    first = spelt.count(" ", 0, found.start())
    taken |= set(range(first, first + len(found.group().split())))
    place = first + len(found.group().split())
    about = []
    while place < count and place not in taken:
        about.append(place)
        place += 1
    while about and spelt.split()[about[-1]] in _TRAILING:
        taken.add(about.pop())
    return about


def _joined(words: Sequence[str]) -> str:
    """Runs of words that stood together, apart by commas."""
    runs = " ".join(word or "," for word in words).split(",")
    return ", ".join(run.strip() for run in runs if run.strip())


_TRAILING = frozenset(map(spell, "không nào của ở tại là đang có nhé ạ vậy chưa thì".split()))
