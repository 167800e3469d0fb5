"""One V8 with ECharts loaded, kept warm for the life of the process; drawing waits its turn behind a lock."""

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

HERE = Path(__file__).resolve().parent
ECHARTS = HERE.parent.parent / "static" / "vendor" / "echarts-6.1.0" / "echarts.min.js"
_turn = threading.Lock()


@cache
def _engine() -> MiniRacer:
    """Return the warm V8 (0.2 s the first time): the prelude first, since ECharts asks for setTimeout while loading."""
    engine = MiniRacer()
    engine.eval((HERE / "prelude.js").read_text(encoding="utf-8"))
    engine.eval(ECHARTS.read_text(encoding="utf-8"))
    return engine


def draw(option: dict[str, Any], width: int, height: int) -> str:
    """Return the SVG that ECharts draws for an option, as ECharts writes it."""
    text = json.dumps(option, ensure_ascii=False)
    with _turn:
        return str(_engine().call("draw", text, width, height))
