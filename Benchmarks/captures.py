"""The captures that are measured: what is in each, how large, and who reads it."""

import hashlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Capture:
    name: str
    title: str
    shape: str  # as make-captures calls it
    amount: int  # bytes, files or frames, by the shape
    streams: int = 0
    contenders: tuple[str, ...] = ()  # names, see contenders.py; none: all of them


# Where the question is whether a time per frame or a peak of memory stays flat, few contenders say enough.
FLATNESS = ("header-loop", "wharf-read", "wharf-analyze", "tshark")
MEMORY = ("header-loop", "wharf-read", "wharf-analyze", "tshark", "tcptrace")


def captures(quick: bool) -> list[Capture]:
    """All captures in the order of the report; `quick` ones are large enough to compare, not to boast."""
    bulk_bytes, files = (300_000_000, 10_000) if quick else (1_000_000_000, 50_000)
    series = (300_000, 100_000, 30_000) if quick else (10_000_000, 1_000_000, 100_000)
    many = 10_000 if quick else 100_000
    hostile = 50_000 if quick else 1_000_000
    return [
        Capture("bulk", f"one FTP download of {megabytes(bulk_bytes)}, MTU frames", "bulk", bulk_bytes),
        Capture("small-files", f"{files:,} small FTP downloads, a connection for each", "small-files", files),
        *(Capture(f"small-frames-{place}", f"{frames:,} small frames over 400 streams", "small-frames", frames, 400,
                  () if frames == series[0] else FLATNESS)
          for place, frames in enumerate(series, start=1)),
        Capture("many-streams", f"{many * 10:,} small frames over {many:,} streams", "small-frames", many * 10, many,
                FLATNESS),
        Capture("syn-flood", f"hostile: {hostile:,} SYNs, each from another endpoint", "syn-flood", hostile, 0, MEMORY),
        Capture("out-of-order", f"hostile: {hostile:,} FTP segments with a hole before each", "out-of-order", hostile,
                0, MEMORY),
        Capture("overlaps", f"hostile: {hostile:,} FTP segments that contradict each other", "overlaps", hostile,
                0, MEMORY),
    ]


def asked_captures(quick: bool) -> list[Capture]:
    """What frames are filtered and printed of: tshark has to get through them too."""
    files, frames = (1_000, 30_000) if quick else (5_000, 100_000)
    return [
        Capture("asked-files", f"{files:,} small FTP downloads", "small-files", files),
        Capture("asked-frames", f"{frames:,} small frames over 400 streams", "small-frames", frames, 400),
    ]


def megabytes(count: int) -> str:
    return f"{count / 1e9:g} GB" if count >= 10**9 else f"{count / 1e6:g} MB"


def compile_program(name: str, folder: Path) -> Path:
    """Compiles Benchmarks/NAME.c into `folder`."""
    program = folder / name
    compiler = os.environ.get("CC", "cc")
    subprocess.run([compiler, "-std=c11", "-O2", "-o", program, SOURCE / f"{name}.c"], check=True)
    return program


def make(capture: Capture, folder: Path, maker: Path) -> Path:
    """The capture's file in `folder`; one that is already there, from the same maker, is taken as it is."""
    sources = (SOURCE / name for name in ("segments.h", "make-captures.c"))
    version = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:8]
    path = folder / f"{capture.name}-{capture.amount}-{capture.streams}-{version}.pcap"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        with open(unfinished, "wb") as file:
            subprocess.run([maker, capture.shape, str(capture.amount), str(capture.streams)], stdout=file, check=True)
        unfinished.rename(path)
    return path


def warm(path: Path) -> None:
    """Reads the file once, so that everybody finds it in the page cache."""
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 22):
            pass
