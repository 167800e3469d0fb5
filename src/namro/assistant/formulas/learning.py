"""Learning the weights of the features and the chances from questions with their right items, honestly measured.

A list-wise softmax: the weights make the right candidates of each question as likely as may be among all candidates of
it, held small by L2. Questions that share a right item are one group: they count together as the root of their number,
and stand on the same side of every cut, so that nothing is measured on what it was learnt from.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

PARTS = 5
STRENGTH = 5.0
# A question out of scope counts as several, for there are few of them.
OUT_OF_SCOPE_COUNTS = 4.0
SHRINK = 0.5


@dataclass(frozen=True)
class Asked:
    """A question as the learner sees it: features of its candidates (a line each), which are right, and its group."""

    values: NDArray[Any]
    right: NDArray[Any]
    group: str

    @property
    def is_found(self) -> bool:
        """Whether something can be learnt from it: a right item is among the candidates."""
        return bool(self.right.any())


def learnt(questions: Sequence[Asked], strength: float = STRENGTH) -> NDArray[Any]:
    """The weights, one for each feature, learnt from the questions whose right item is among the candidates."""
    held = [each for each in questions if each.is_found]
    values, right = np.vstack([each.values for each in held]), np.concatenate([each.right for each in held])
    spread = values.std(axis=0) + 1e-6
    sizes = [len(each.right) for each in held]
    starts, owner = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(held)), sizes)
    count = Counter(each.group for each in held)
    worth = np.array([count[each.group] ** -0.5 for each in held])
    scaled = values / spread

    def loss(weights: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        scores = scaled @ weights
        likely = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        whole, good = (np.add.reduceat(each, starts) for each in (likely, likely * right))
        wrong = (likely / whole[owner] - likely * right / (good + 1e-30)[owner]) * worth[owner]
        missed = float(worth @ (np.log(whole) - np.log(good + 1e-30)))
        return missed + strength * float(weights @ weights) / 2, scaled.T @ wrong + strength * weights

    found = minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    weights: NDArray[Any] = found.x / spread
    return weights


def parts_of(questions: Sequence[Asked], seed: int) -> NDArray[Any]:
    """The part, from 0, in which each question stands when the groups are dealt out by a seed."""
    groups = sorted({each.group for each in questions})
    np.random.RandomState(seed).shuffle(groups)
    part = {group: at % PARTS for at, group in enumerate(groups)}
    return np.array([part[each.group] for each in questions])


def held_out_scores(questions: Sequence[Asked], seed: int) -> list[NDArray[Any]]:
    """The scores of the candidates of each question, by weights learnt from the other parts only."""
    parts = parts_of(questions, seed)
    weights = [
        learnt([each for each, part in zip(questions, parts, strict=True) if part != out])
        for out in range(PARTS)
    ]
    return [each.values @ weights[part] for each, part in zip(questions, parts, strict=True)]


def place_in(scores: NDArray[Any], right: NDArray[Any]) -> int | None:
    """The place, from 1, of the best right candidate; None where none is right."""
    return 1 + int((scores > scores[right].max()).sum()) if right.any() else None


def chances_learnt(held: NDArray[Any], right: NDArray[Any], is_in_scope: NDArray[Any]) -> NDArray[Any]:
    """The start and the gains of the logit of the chance that the first is right, of lines of what it is seen by."""
    lines = np.hstack([np.ones((len(held), 1)), held])
    worth = np.where(is_in_scope, 1.0, OUT_OF_SCOPE_COUNTS)

    def loss(gains: NDArray[Any]) -> float:
        logits = lines @ gains
        missed = worth @ (np.logaddexp(0, logits) - right * logits)
        return float(missed + SHRINK * (gains[1:] @ gains[1:]))

    found: NDArray[Any] = minimize(loss, np.zeros(lines.shape[1])).x
    return found
