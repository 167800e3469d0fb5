"""A progress bar of one line, with percentages; without a terminal, a line a step."""

import sys

WIDTH = 30


class ProgressBar:
    """Shows how much of a whole is done (0 to 1) and what is being done."""

    def __init__(self) -> None:
        self.on_terminal = sys.stdout.isatty()
        self.last = ""

    def __call__(self, done: float, what: str) -> None:
        """Show progress; `done` counts from 0 to 1."""
        done = min(max(done, 0.0), 1.0)
        if self.on_terminal:
            full = round(WIDTH * done)
            sys.stdout.write(f"\r\033[K[{'█' * full}{'·' * (WIDTH - full)}] {done:4.0%} {what}")
        elif what != self.last:
            sys.stdout.write(f"{done:4.0%} {what}\n")
        self.last = what
        sys.stdout.flush()

    def part(self, start: float, end: float) -> "_Part":
        """Return a progress of its own 0 to 1 that fills this one from `start` to `end`."""
        return _Part(self, start, end)

    def finish(self) -> None:
        """Clear the line for what comes next."""
        if self.on_terminal:
            sys.stdout.write("\r\033[K")
            sys.stdout.flush()


class _Part:
    def __init__(self, whole: ProgressBar, start: float, end: float) -> None:
        self.whole, self.start, self.end = whole, start, end

    def __call__(self, done: float, what: str) -> None:
        self.whole(self.start + (self.end - self.start) * done, what)
