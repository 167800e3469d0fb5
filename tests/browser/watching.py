"""What must never happen while somebody browses: a script fails, the policy refuses, a page calls a stranger."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import BrowserContext, Page, Request

# Rows of a list are alike: the first ones tell what all would, in a tenth of the time.
LATER_ROWS = ("tbody tr:nth-child(n+9)", "li:nth-child(n+13)")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Chromium writes these into the console as errors; they are answers a page gives on purpose.
MEANT = ("status of 422", "status of 429", "ERR_INTERNET_DISCONNECTED")


@dataclass
class Watch:
    """Everything wrong that the pages of a context did."""

    origin: str
    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Begin to watch."""
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        context.on("console", self._read)
        context.on("request", self._follow)

    def _read(self, line: Any) -> None:
        if line.type == "error" and not any(words in line.text for words in MEANT):
            self.faults.append(f"{line.text} ({line.page.url if line.page else ''})")

    def _follow(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.faults.append(f"asked a stranger: {request.url}")


def violations(page: Page, *, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Let axe read the page but for what `without` selects; returns rule and first place of each violation."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(Path(AXE_FILE_PATH).read_text(encoding="utf-8"))
    options = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate(
        "([without, options]) => axe.run({exclude: without}, options)", [list(without), options]
    )
    return [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]


def hanging_over(page: Page) -> list[str]:
    """Return what makes the page wider than its window."""
    return page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          return [...document.querySelectorAll("body *")]
            .filter((each) => each.getBoundingClientRect().right > wide + 1).slice(0, 3)
            .map((each) => each.outerHTML.slice(0, 200));
        }"""
    )
