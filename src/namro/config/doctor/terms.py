"""Words of the doctor: a light, and what was found."""

from dataclasses import dataclass
from enum import StrEnum


class Light(StrEnum):
    """How a part stands: well, worth a look, wrong."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found at one part, and what to do (empty: nothing); Vietnamese first, English after the stroke."""

    part: str
    light: Light
    said: str
    do: str = ""


def green(part: str, said: str) -> Finding:
    """Return that a part stands well."""
    return Finding(part, Light.GREEN, said)


def amber(part: str, said: str, do: str) -> Finding:
    """Return that a part is worth a look."""
    return Finding(part, Light.AMBER, said, do)


def red(part: str, said: str, do: str) -> Finding:
    """Return that a part is wrong."""
    return Finding(part, Light.RED, said, do)
