"""How much of this machine the embedded PostgreSQL may take: it starts with the settings of a toy."""

import os
from pathlib import Path

MB = 1024**2
CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - it is asked for its size, nothing is written
ENOUGH_SHARED_MEMORY = 512 * MB


def server_settings() -> dict[str, str]:
    """Return PostgreSQL's settings for this machine (name to value)."""
    memory, cores = usable_memory(), len(os.sched_getaffinity(0))
    return {
        "shared_buffers": _mb(memory / 8, least=64, most=2048),
        "effective_cache_size": _mb(memory / 2, least=256, most=65_536),
        "work_mem": _mb(memory / 512, least=4, most=64),
        "maintenance_work_mem": _mb(memory / 32, least=32, most=512),
        "max_wal_size": "4GB",
        "max_connections": "100",
        "max_parallel_workers_per_gather": str(max(1, cores // 2)),
        # The data lies on flash or in memory, and our queries are short: planning for disks and compiling cost more.
        "random_page_cost": "1.1",
        "jit": "off",
        "dynamic_shared_memory_type": "posix" if _shared_memory_is_enough() else "mmap",
        "timezone": "Asia/Ho_Chi_Minh",
        # Neither values nor statements go to the log: they are people's words.
        "log_checkpoints": "off",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
    }


def usable_memory() -> int:
    """Return the bytes this process may use: the machine's, or its container's where that is less."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        return min(machine, int(CONTAINER_LIMIT.read_text()))
    except (OSError, ValueError):  # no container, or "max"
        return machine


def _mb(size: float, *, least: int, most: int) -> str:
    return f"{min(max(int(size / MB), least), most)}MB"


def _shared_memory_is_enough() -> bool:
    """Containers often have 64 MB: a parallel query would fail there in the middle of the day."""
    try:
        space = os.statvfs(SHARED_MEMORY)
    except OSError:
        return False
    return space.f_bsize * space.f_blocks >= ENOUGH_SHARED_MEMORY
