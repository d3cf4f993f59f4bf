"""What was measured, as Markdown."""

import platform
from dataclasses import dataclass
from pathlib import Path

from contenders import Contender, Question
from measure import Run

BEGIN = "<!-- make bench: begin -->"
END = "<!-- make bench: end -->"


@dataclass
class Row:
    contender: Contender
    run: Run | None  # None: `note` says why
    note: str = ""


@dataclass
class Table:
    title: str
    frames: int
    size: int  # bytes
    rows: list[Row]

    def markdown(self) -> str:
        loop, wharf = self.first("header-loop"), self.first("wharf")
        head = ["", "wall s", "CPU s", "ns/frame", "÷ C loop", f"÷ {wharf.contender.label if wharf else 'wharf'}",
                "memory MB", "bytes/frame", "resident MB"]
        lines = [f"### {self.title}", f"{self.frames:,} frames, {self.size / 1e6:,.0f} MB", "", *heading(head)]
        for row in self.rows:
            run = row.run
            lines.append(line([row.contender.label, row.note] + [""] * (len(head) - 2)) if run is None else line([
                row.contender.label, f"{run.wall:.3f}", f"{run.cpu:.3f}", self.nanoseconds(row),
                ratio(row, loop), ratio(row, wharf), f"{run.anonymous / 1e6:,.1f}", self.memory(row),
                f"{run.resident / 1e6:,.0f}"]))
        return "\n".join(lines) + "\n"

    def first(self, name: str) -> Row | None:
        """The first measured row of a contender whose name begins like this: what the others are compared with."""
        return next((row for row in self.rows if row.run and row.contender.name.startswith(name)), None)

    def nanoseconds(self, row: Row | None) -> str:
        return f"{row.run.wall * 1e9 / self.frames:,.0f}" if row else ""

    def memory(self, row: Row | None) -> str:
        return f"{row.run.anonymous / self.frames:,.0f}" if row else ""


def summary(tables: list[Table]) -> str:
    """One line a capture: whether it stays flat, and the ratios that the budget speaks of."""
    wharf = next((row.contender.label for table in tables if (row := table.first("wharf"))), "wharf")
    lines = ["### Summary", f"`{wharf}` beside the others", "",
             *heading(["capture", "ns/frame", "÷ C loop", "tshark takes", "tcptrace takes", "bytes/frame",
                       "tshark's bytes/frame"])]
    for table in tables:
        row, tshark = table.first("wharf"), table.first("tshark")
        lines.append(line([table.title, table.nanoseconds(row), ratio(row, table.first("header-loop")),
                           times(tshark, row), times(table.first("tcptrace"), row), table.memory(row),
                           table.memory(tshark)]))
    return "\n".join(lines) + "\n"


@dataclass
class Answer:
    """One question of one capture: how long each took, or why there is no figure."""

    question: Question
    wharf: Row
    tshark: Row
    tcpdump: Row | None


def answers_markdown(title: str, frames: int, answers: list[Answer]) -> str:
    lines = [f"### Filtering and printing: {title}", f"{frames:,} frames", "",
             *heading(["question", "wharf s", "tshark s", "tshark takes", "must", "tcpdump -nr takes"])]
    for answer in answers:
        lines.append(line([
            answer.question.label, seconds(answer.wharf), seconds(answer.tshark),
            times(answer.tshark if answer.tshark.run else None, answer.wharf if answer.wharf.run else None),
            f"{answer.question.must:g} ×",
            times(answer.tcpdump, answer.wharf) if answer.tcpdump and answer.tcpdump.run else ""]))
    return "\n".join(lines) + "\n"


def seconds(row: Row) -> str:
    return f"{row.run.wall:.3f}" if row.run else row.note


def heading(cells: list[str]) -> list[str]:
    return [line(cells), line(["---"] + ["--:"] * (len(cells) - 1))]


def line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def ratio(row: Row | None, base: Row | None) -> str:
    return f"{row.run.wall / base.run.wall:.2f}" if row and base else ""


def times(row: Row | None, base: Row | None) -> str:
    return f"{row.run.wall / base.run.wall:.1f} ×" if row and base else ""


def machine() -> str:
    """Processor, cores and kernel: what the numbers hold for."""
    processor, cores = platform.machine(), 0
    try:
        for entry in Path("/proc/cpuinfo").read_text().splitlines():
            name, _, value = entry.partition(":")
            if name.strip() == "model name":
                processor, cores = value.strip(), cores + 1
    except OSError:
        pass
    return f"{processor}, {cores or '?'} cores, {platform.system()} {platform.release().split('-')[0]}"


def warning(busy: float) -> str:
    """What a reader must know if others used the machine as the measuring began; else nothing."""
    return f"**Not a quiet machine:** others used {busy:.0%} of it. Measure again.\n" if busy > 0.1 else ""


def has_markers(path: Path) -> bool:
    page = path.read_text() if path.is_file() else ""
    return 0 <= page.find(BEGIN) < page.find(END)


def put_between_markers(path: Path, text: str) -> None:
    """Replaces what stands between the two markers of the page."""
    before, _, rest = path.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{BEGIN}\n{text}{END}{after}")
