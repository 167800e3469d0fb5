"""Reading a text against a question: what is named in it, which of its clauses answer, and a text cut at a word."""

import re
from collections.abc import Sequence

from namro.ground.text import syllables

NAMED = 0.8
_CLAUSE = re.compile(r"\n+")
_WEAK = frozenset(
    "a ai bao bi cac can cho co con cua da de den do duoc gi hay khi khong la lam nao nay neu nguoi nhu nhung o phai "
    "quy dinh sao se tai theo thi trong truong hop tu va vao ve voi dung sai the".split()
)


def is_named(name: str, question: str) -> bool:
    """Whether most of the syllables of a name stand in the question."""
    wanted, said = strong(name), set(strong(question))
    return bool(wanted) and sum(each in said for each in wanted) / len(wanted) >= NAMED


def strong(text: str) -> list[str]:
    """Return the folded syllables that tell texts apart."""
    return [each for each in syllables(text) if each not in _WEAK]


def clauses_for(question: str, text: str, most: int) -> list[str]:
    """Return the clauses of an article that share most with the question, in the order of the text."""
    clauses = [clause.strip() for clause in _CLAUSE.split(text) if clause.strip()]
    asked = set(strong(question))
    points = [_points(asked, strong(clause)) for clause in clauses]
    best = sorted(range(len(clauses)), key=lambda place: (-points[place], place))[:most]
    kept = [place for place in best if points[place] > 0] or best[:1]
    return [clauses[place] for place in sorted(kept)]


def _points(asked: set[str], held: Sequence[str]) -> float:
    """How much of what is asked a clause holds; long clauses do not win by length alone."""
    shared = len(asked & set(held))
    return shared / (len(asked) + 0.15 * len(held)) if asked else 0.0


def shortened(text: str, most: int) -> str:
    """Return the text in one line, cut behind a word where it is longer than so many letters."""
    said = " ".join(text.split())
    return said if len(said) <= most else said[:most].rsplit(" ", 1)[0].rstrip(",;:.- ") + " …"
