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


@dataclass(frozen=True)
class Question:
    """Something that is asked of the frames of a capture in the same words of Wharf and of tshark."""

    name: str
    label: str
    options: tuple[str, ...]
    must: float  # how many times as long tshark has to take

    def of_wharf(self, wharf: str) -> Contender:
        return Contender(self.name, "wharf", (wharf, "read", "-n", "-r", "{}", *self.options))

    def of_tshark(self) -> Contender:
        return Contender(self.name, "tshark", ("tshark", "-n", "-r", "{}", *self.options))


SIX_FIELDS = ("frame.number", "frame.time_epoch", "ip.src", "ip.dst", "tcp.srcport", "tcp.len")


def questions() -> list[Question]:
    """Filters that the index or the headers decide, fields, the packet list, and whole trees."""
    fields = tuple(part for name in SIX_FIELDS for part in ("-e", name))
    return [
        Question("filter-findings", "-Y tcp.analysis.retransmission", ("-Y", "tcp.analysis.retransmission"), 20),
        Question("filter-command", "-Y 'ftp.request.command == \"RETR\"'",
                 ("-Y", 'ftp.request.command == "RETR"'), 20),
        Question("filter-headers", "-Y 'tcp.flags.syn == 1 and tcp.dstport == 21'",
                 ("-Y", "tcp.flags.syn == 1 and tcp.dstport == 21"), 20),
        Question("fields", "-T fields, six of them", ("-T", "fields", *fields), 10),
        Question("list", "the packet list", (), 10),
        Question("json", "-T json", ("-T", "json"), 10),
    ]


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
