"""Schemes: of which fields an item of a corpus is made, and what a word in each is worth when candidates are sought."""

from dataclasses import dataclass

from namro.assistant.terms import Corpus

# BM25: how soon more of the same word stops to count, and how much a long text is held back.
SATURATION = 1.2
SHORTNESS = 0.75


@dataclass(frozen=True)
class Scheme:
    """Fields in their order (the first is the name), the worth of each, and the names of the priors."""

    fields: tuple[str, ...]
    weights: tuple[float, ...]
    priors: tuple[str, ...]


SCHEMES = {
    Corpus.PROCEDURES: Scheme(
        ("name", "field", "who", "result", "documents", "steps", "rest"),
        (4.0, 1.0, 0.3, 1.0, 1.0, 1.0, 0.5),
        ("commune", "province", "ministry", "citizen"),
    ),
    Corpus.LAW: Scheme(("title", "law", "text"), (1.5, 0.5, 1.0), ("rank",)),
    Corpus.CITY: Scheme(("ask", "source", "words"), (3.0, 0.5, 0.5), ()),
}
