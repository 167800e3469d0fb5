"""The supervisor: keeps the children of `up` alive while it lives, and ends them when it ends."""

import functools
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from namro.config.children import die_with_parent
from namro.config.lease import start_again
from namro.config.postgres import Cluster, DatabaseFault

SECONDS_BETWEEN_LOOKS = 0.3
SECONDS_TO_END = 10
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
LIVED_WELL = 60.0
LARGEST_LOG = 10 * 1024**2


@dataclass
class Child:
    """One program that has to run; it is started again when it dies, each time a little later."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    delay: float = field(default=FIRST_DELAY)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches the supervisor, which ends the children in order."""
        _keep_log_small(self.log)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=functools.partial(die_with_parent, os.getpid()),  # noqa: PLW1509 - no threads here
            )
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start it again when it has died and its delay is over."""
        if self.process is None or self.process.poll() is None:
            return
        now = time.monotonic()
        if now - self.started > LIVED_WELL:
            self.delay = FIRST_DELAY
        if now - self.started < self.delay:
            return
        self.delay = min(self.delay * 2, LONGEST_DELAY)
        _tell(f"{self.name} dừng bất ngờ, khởi động lại. / {self.name} died, started again.")
        self.start()

    def ask_to_end(self) -> None:
        """Ask it to finish what it is doing and end."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def end(self) -> None:
        """Wait for its end; kill it when it takes too long."""
        if self.process is None:
            return
        try:
            self.process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def last_words(self) -> str:
        """Return the end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def keep_alive(children: list[Child], cluster: Cluster | None) -> None:
    """Look after the children and the embedded server until a signal ends the program."""
    while True:
        if cluster:
            _look_after_server(cluster)
        for child in children:
            child.look_after()
        time.sleep(SECONDS_BETWEEN_LOOKS)


def end(children: list[Child]) -> None:
    """End all children: ask all first, then wait for each."""
    for child in children:
        child.ask_to_end()
    for child in children:
        child.end()


def wait_until(answers: Callable[[], bool], child: Child, seconds: float) -> bool:
    """Wait for a child to answer; False when it died or the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answers():
            return True
        if child.process is None or child.process.poll() is not None:
            return False
        time.sleep(0.05)
    return False


def _look_after_server(cluster: Cluster) -> None:
    if cluster.pid() is not None:
        return
    _tell("PostgreSQL dừng bất ngờ, khởi động lại. / PostgreSQL died, started again.")
    try:
        start_again(cluster)
    except DatabaseFault as fault:
        # Its killed children may still hold the memory; the next look tries again.
        _tell(str(fault))
        time.sleep(1)


def _keep_log_small(log: Path) -> None:
    log.parent.mkdir(mode=0o700, exist_ok=True)
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.rename(log.with_suffix(".log.1"))


def _tell(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
