"""What a question wants: which parts of a procedure, whether it goes on from the one before, whether it compares."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from namro.assistant.rules.scope import spell
from namro.assistant.terms import Want
from namro.ground.text import fold, syllables

# Words that show what is wanted, folded; longer ones come first so that a part is not taken for the whole.
_SHOWN: dict[Want, tuple[str, ...]] = {
    Want.CHECKLIST: (
        "in danh sach", "danh sach giay to", "checklist", "in ra giay to", "danh muc giay to", "de in", "ban in",
    ),
    Want.PAPERS: (
        "giay to gi", "nhung giay to", "giay to nao", "cac giay to", "can nhung giay to", "giay to", "ho so gom",
        "ho so can", "thanh phan ho so", "ho so gi", "can nhung gi", "can gi", "can giay gi", "giay gi", "chuan bi gi",
        "chuan bi nhung gi", "mang theo", "mang gi", "bieu mau", "to khai", "mau don", "can chuan bi", "bao nhieu bo",
        "ban chinh", "ban sao", "nop nhung gi", "nop gi",
    ),
    Want.FEE: (
        "bao nhieu tien", "het bao nhieu", "mat bao nhieu", "ton bao nhieu", "le phi", "muc phi", "chi phi",
        "phi bao nhieu", "mat phi", "mat tien", "ton tien", "dong tien", "phai dong", "gia bao nhieu", "mien phi",
        "mien le phi", "thu phi",
        "ton kem", "phi", "bao tien", "nhieu tien",
    ),
    Want.LIMIT: (
        "bao lau", "may ngay", "bao nhieu ngay", "thoi han", "thoi gian giai quyet", "thoi gian xu ly", "khi nao co",
        "bao gio co", "bao gio xong", "khi nao xong", "mat bao lau", "trong bao nhieu", "may hom", "lau khong",
        "ngay nao co", "thoi gian", "chung nao co", "chung nao xong",
    ),
    Want.ONLINE: (
        "truc tuyen", "online", "qua mang", "tren mang", "qua dich vu cong", "tren dich vu cong", "cong dich vu cong",
        "qua vneid", "tren vneid", "bang vneid", "o nha nop", "ngoi nha",
    ),
    Want.POST: ("qua buu dien", "gui buu dien", "buu dien", "qua buu chinh", "buu chinh", "chuyen phat"),
    Want.WHERE: (
        "o dau", "nop dau", "cho nao", "noi nao", "co quan nao", "den dau", "toi dau", "di dau", "ai giai quyet",
        "tham quyen", "ubnd nao", "nop o", "noi nop", "dia chi nop", "ai cap", "co quan giai quyet", "lam dau",
    ),
    Want.STEPS: (
        "trinh tu", "cac buoc", "buoc nao", "quy trinh", "lam the nao", "lam sao", "the nao", "lam nhu the nao",
        "ra sao", "cach lam", "huong dan", "nhu nao",
    ),
    Want.CONDITIONS: (
        "dieu kien", "yeu cau gi", "co duoc", "duoc khong", "du tuoi", "bao nhieu tuoi", "bat buoc",
    ),
    Want.RESULT: ("ket qua", "nhan duoc gi", "duoc cap gi", "cap giay gi"),
    Want.BASIS: ("can cu phap ly", "can cu nao", "theo luat nao", "quy dinh nao", "van ban nao", "co so phap ly"),
    Want.WHO: ("ai duoc", "doi tuong", "ai lam", "ai phai", "nhung ai", "danh cho ai"),
    Want.START: ("nop ngay", "bat dau nop", "toi muon nop", "lam luon", "nop ho so ngay", "tao ho so", "dang ky luon"),
}  # fmt: skip
# Words of asking, of politeness, of going on and of procedures in general, which name no matter; typed without marks
# only those of the second list, for the others would then mean something else ("tu" may be "từ" or "tử").
_EMPTY = frozenset(
    spell(word)
    for word in (
        "a à ạ ai anh ấy bạn bác biết cách các cái cần cháu chị cho có còn của chú cô dạ để được em gì giờ giúp giùm "
        "hả hãy hỏi hồ sơ khi không là lại làm lắm luôn mà mình một muốn nào này nếu nè nhé như những nộp nhỉ ở ơi "
        "phải qua ra rằng rồi sao sẽ tại thế thì thôi thủ tục tôi tui trong trường hợp từ và vậy về việc với xem xin "
        "xong in ơ ừ ok đó đây đấy kia thêm nữa bị so sánh gửi nhanh hơn"
    ).split()
)
_EMPTY_PLAIN = frozenset(
    "a gi la va co khong duoc nhe oi thi toi tui lam nao vay nop ho so thu tuc con neu minh gui".split()
)
_GOING_ON = re.compile(
    r"^(?:the |vay |roi |u |a |ok )*(?:con|neu|the|vay|roi|thi|luc do|khi do|truong hop)\b"
)
_COMPARES = re.compile(r"\b(?:so sanh|khac nhau|khac gi|giong nhau)\b")
# What compares only where two procedures are named: “phân biệt đối xử” and “có nhanh hơn không” compare none.
_MAY_COMPARE = re.compile(r"\b(?:khac biet|phan biet(?! doi xu)|hay hon|nhanh hon)\b")
_BETWEEN = re.compile(r"(?i)\s*(?:;|\bvới\b|\bvoi\b|\bkhác gì\b|\bkhac gi\b)\s*")
# These also stand inside the name of a procedure, so they part two names only where nothing else does.
_PERHAPS_BETWEEN = re.compile(rf"{_BETWEEN.pattern}|\s*(?:,|\bvà\b|\bva\b|\bhay\b)\s*")
_COMPARING_WORDS = re.compile(
    r"(?i)\b(?:so sánh|so sanh|khác nhau|khac nhau|khác gì|khac gi|giống nhau|giong nhau|khác biệt|khac biet|phân biệt|"
    r"phan biet|thế nào|the nao|ra sao|như thế nào|chỗ nào|điểm nào|giữa|giua|thủ tục|thu tuc|giúp tôi|cho tôi|hai)\b"
)


@dataclass(frozen=True)
class Reading:
    """How a question was read: its wants in the order of the page, and what is left to name the matter.

    It `compares`, or it `may_compare`: only if two procedures are named.
    """

    wants: tuple[Want, ...]
    matter: tuple[str, ...]
    goes_on: bool
    compares: bool
    may_compare: bool = False

    @property
    def names_nothing(self) -> bool:
        """Whether it names no matter of its own, so that it can only be about the answer before."""
        return not self.matter


def read(question: str) -> Reading:
    """Return how a question reads, with marks or without."""
    folded = fold(question)
    wants, left = [], f" {folded} "
    for want, shown in _SHOWN.items():
        for words in shown:
            if f" {words} " in f" {folded} ":
                wants.append(want)
                break
    for words in sorted(_every(_SHOWN.values()), key=len, reverse=True):
        left = left.replace(f" {words} ", "  ")
    matter = tuple(_matter(question, left.split()))
    return Reading(
        _ordered(wants),
        matter,
        bool(_GOING_ON.match(folded)),
        bool(_COMPARES.search(folded)),
        bool(_MAY_COMPARE.search(folded)),
    )


def compared(question: str) -> tuple[str, ...]:
    """Return what a question compares, in its words: 'so sánh A với B' → ('A', 'B'); at most two."""
    first, *rest = _parts(_BETWEEN, question)
    kept = _names((first, *rest))
    if len(kept) < 2 and (first or not rest):  # “so sánh với A và B của C” names one thing
        kept = _names(_parts(_PERHAPS_BETWEEN, question))
    return kept[:2]


def _parts(between: re.Pattern[str], question: str) -> list[str]:
    """The parts of a question without the words that compare."""
    parts = (_COMPARING_WORDS.sub(" ", part) for part in between.split(question))
    return [" ".join(part.split()).strip(" ?.!") for part in parts]


def _names(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(part for part in parts if len(fold(part).split()) > 1)


def _ordered(wants: Iterable[Want]) -> tuple[Want, ...]:
    found = set(wants)
    if Want.STEPS in found and len(found) > 1:
        found.discard(Want.STEPS)  # "làm thế nào, bao nhiêu tiền" asks for the sum, not for every step
    if Want.CHECKLIST in found:
        found.add(Want.PAPERS)
    return tuple(want for want in Want if want in found)


def _matter(question: str, left: Sequence[str]) -> Iterator[str]:
    """The syllables that are left of a question and name something."""
    kept = Counter(left)
    for spelt, plain in zip(spell(question).split(), syllables(question), strict=True):
        is_plain = spelt == f"{plain}0"
        if kept[plain] and spelt not in _EMPTY and not (is_plain and plain in _EMPTY_PLAIN):
            kept[plain] -= 1
            yield plain


def _every(groups: Iterable[tuple[str, ...]]) -> list[str]:
    return [words for group in groups for words in group]
