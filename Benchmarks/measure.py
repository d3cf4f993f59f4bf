"""Runs a program and measures it from outside: time by the kernel's account, memory by looking again and again."""

import os
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass

LOOK_EVERY = 0.002  # seconds


@dataclass
class Run:
    wall: float  # seconds
    cpu: float  # seconds, user and system
    resident: int  # bytes at the peak, pages of the mapped capture included
    anonymous: int  # bytes at the peak that the program itself asked for


class Failure(Exception):
    """Its text says what happened, in one line."""


class Watch(threading.Thread):
    """Follows a process's memory, and stops the process when it takes too much time or memory.

    ru_maxrss would not do: it counts the mapped file, and begins with what this interpreter had when it forked."""

    def __init__(self, process: subprocess.Popen, seconds: float):
        super().__init__(daemon=True)
        self.process, self.seconds = process, seconds
        self.resident = self.anonymous = 0
        self.stopped: str | None = None
        self.ended = threading.Event()

    def run(self):
        memory_limit = available_memory() * 8 // 10
        deadline = time.monotonic() + self.seconds
        while True:
            status = self.status()
            self.resident = max(self.resident, status.get("VmHWM", 0))
            self.anonymous = max(self.anonymous, status.get("RssAnon", 0))
            if time.monotonic() > deadline:
                self.stopped = f"stopped after {self.seconds:g} s"
            elif self.anonymous > memory_limit:
                self.stopped = f"stopped at {self.anonymous / 1e9:.1f} GB of memory"
            if self.stopped:
                return self.process.kill()
            if self.ended.wait(LOOK_EVERY):
                return None

    def status(self) -> dict[str, int]:
        """The process's memory figures in bytes; none when it has ended."""
        try:
            with open(f"/proc/{self.process.pid}/status") as file:
                rows = (line.split() for line in file if line.startswith(("VmHWM", "RssAnon")))
                return {row[0].rstrip(":"): int(row[1]) * 1024 for row in rows}
        except OSError:
            return {}


def available_memory() -> int:
    try:
        with open("/proc/meminfo") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("MemAvailable"))
    except (OSError, StopIteration):
        return 1 << 62


def busy_share(seconds: float = 0.5) -> float:
    """How much of the processors others use just now, of 1. A load average would count the build that came before."""

    def times() -> list[int]:
        try:
            with open("/proc/stat") as file:
                return [int(value) for value in file.readline().split()[1:]]
        except OSError:
            return []

    before = times()
    time.sleep(seconds)
    spent = [after - earlier for after, earlier in zip(times(), before)]
    return 1 - (spent[3] + spent[4]) / sum(spent) if len(spent) > 4 and sum(spent) else 0.0  # idle, waiting for a disk


def run_once(command: list[str], environment: dict[str, str], limit: float) -> Run:
    with tempfile.TemporaryFile() as errors:
        begin = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
                                   env=environment)
        watch = Watch(process, limit)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.ended.set()
        watch.join()
        if watch.stopped:
            raise Failure(watch.stopped)
        if process.returncode != 0:
            raise Failure(f"failed: {first_line(errors) or f'status {process.returncode}'}")
    return Run(wall, usage.ru_utime + usage.ru_stime, watch.resident, watch.anonymous)


def first_line(errors) -> str:
    """The first thing a program complained of; being run by root, which Wireshark's programs mention, is none."""
    errors.seek(0)
    lines = (line.decode(errors="replace").strip() for line in errors)
    return next((line for line in lines if line and not line.startswith("Running as user")), "")


def best_run(command: list[str], environment: dict[str, str], runs: int, enough: float, limit: float) -> Run:
    """The fastest of `runs` runs, or of fewer once they took `enough` seconds together; none may exceed `limit`.

    Its memory is the largest that any of them was seen to use."""
    done: list[Run] = []
    while len(done) < runs and sum(run.wall for run in done) < enough:
        done.append(run_once(command, environment, limit))
    best = min(done, key=lambda run: run.wall)
    best.resident = max(run.resident for run in done)
    best.anonymous = max(run.anonymous for run in done)
    return best
