"""Who takes part, and how each is called."""

import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Contender:
    name: str
    label: str
    command: tuple[str, ...]  # the capture's path takes the place of {}

    def on(self, capture: Path) -> list[str]:
        return [str(capture) if part == "{}" else part for part in self.command]

    def missing(self) -> str | None:
        """The program that would have to be installed."""
        return None if shutil.which(self.command[0]) else self.command[0]


def contenders(wharf: str, header_loop: str) -> list[Contender]:
    """In the order of the tables. What asks the same of a capture stands together."""
    return [
        Contender("header-loop", "C loop over the headers", (header_loop, "{}")),
        Contender("wharf-read", "wharf read -q -z conv,tcp", (wharf, "read", "-q", "-z", "conv,tcp", "{}")),
        Contender("wharf-analyze", "wharf analyze --no-checksums", (wharf, "analyze", "--no-checksums", "{}")),
        Contender("wharf-checksums", "wharf analyze", (wharf, "analyze", "{}")),
        Contender("tshark", "tshark -q -z conv,tcp", ("tshark", "-n", "-q", "-z", "conv,tcp", "-r", "{}")),
        Contender("tcptrace", "tcptrace", ("tcptrace", "-n", "{}")),
        Contender("tcptrace-long", "tcptrace -l", ("tcptrace", "-n", "-l", "{}")),
        Contender("tcpdump", "tcpdump -nr", ("tcpdump", "-n", "-r", "{}")),
        # Asked for everything it would mostly hash the file.
        Contender("capinfos", "capinfos -cu", ("capinfos", "-c", "-u", "{}")),
    ]
