"""Contrast: which of the asked words part the candidates from each other, and which candidates have those.

How rare a word is in the whole corpus says little among namesakes: "lại" stands in nearly every record, and yet it
is what parts "cấp lại" from "cấp đổi" and "cấp mới".
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

# The names of the columns that `contrasts` makes, in their order.
CONTRASTS = ("name_parts", "name_parts_sum", "pairs_part")
TEN = 10


def contrasts(
    in_name: NDArray[Any], pairs_held: NDArray[Any], said: NDArray[Any], pairs_said: NDArray[Any]
) -> NDArray[Any]:
    """A line for each candidate: what its name has of the parting syllables, as a share of 0 to 10 and as a sum, and
    what the whole of it has of the parting pairs, as a share of 0 to 10.

    `in_name` and `pairs_held` tell which candidate has which asked syllable or pair; `said` what the question gives
    each, from 0 to 1.
    """
    names, pairs = _parting(in_name) * said, _parting(pairs_held) * pairs_said
    told = in_name @ names
    shares = told / max(float(names.sum()), 1e-6), pairs_held @ pairs / max(float(pairs.sum()), 1e-6)
    return np.stack([shares[0] * TEN, told, shares[1] * TEN], axis=1)


def _parting(held: NDArray[Any]) -> NDArray[Any]:
    """How much each term parts the candidates: nothing where all have it or none."""
    count = held.sum(axis=0)
    parting: NDArray[Any] = np.where(count > 0, np.log(len(held) / np.maximum(count, 1)), 0.0)
    return parting
