"""The benchmarks: `pairbook bench [NAME ...]` or `python -m bench.run [NAME ...]` from the project root.

Prints a table of ratios with medians (or `--json`); progress goes to standard error. Without names every measure
runs: a quarter of an hour on two cores, more on busy ones. What is measured and how is told in bench/README.md.
"""

import argparse
import json
import os
import platform
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

from bench import claims
from bench.engines import HOMES, NAMES, ROOT, Engine, administer, at_database, why_no_server
from bench.environments import install, pinned, python_of
from bench.ledger_peers import QUESTIONS, ledger_peers
from bench.processes import Process, python_process, say

MEASURES = {
    "load": "loading checked entries, against the same rows written bare",
    "peers": "the same load on PostgreSQL, against django-hordak in bulk and one at a time",
    "one": "one entry through the page's action",
    "figures": "all headline figures of a pairing, and how they grow with the book",
    "known": "the same figures as known at a past moment",
    "open": "opening a figure, first 50 entries",
    "page": "the portal page of a programme at the server",
    "money": "balances of all accounts, ageing, traces of an allocation, of a fund and of a source of 10,000",
    "ledgers": "balances, one fund and one allocation, against hledger and beancount on the same movements",
    "check": "a page of text held against the book, thirty figures, half of them wrong",
    "claims": "the figures of annotated texts, beside recognizers-text and quantulum3, and 1 MB of text",
}
ENTRIES, SMALL, RUNS = 1_000_000, 10_000, 5
_LOAD_MAX, _LOAD_RUNS = 100_000, 3
_PEERS_VENV = ROOT / "var" / "bench-venv"
_PEERS_FILE = ROOT / "bench" / "requirements-peers.txt"
_PEERS_DATABASE = "pairbook_bench_hordak"

Runs = list[dict[str, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    measure: str
    engine: str
    what: str
    value: float
    """The median, in `unit`."""
    unit: str
    runs: int
    cpu: float | None = None
    """The part of it, in the same unit or as seconds, that this process spent on the processor."""
    against: str = ""
    against_value: float | None = None
    against_cpu: float | None = None
    ratio: float | None = None
    target: str = ""
    is_reached: bool | None = None


def main(arguments: list[str]) -> int:
    """Run the measures named and print the table; the answer is the exit status."""
    given = _parser().parse_args(arguments)
    if given.list:
        print("\n".join(f"{name:8}  {said}" for name, said in MEASURES.items()))
        return 0
    unknown = [name for name in given.names if name not in MEASURES]
    if unknown:
        say(f"There is no measure {unknown[0]}. Measures: {', '.join(MEASURES)}.")
        return 2
    names = given.names or list(MEASURES)
    bench = Bench(names, given.entries, given.runs, given.engine or list(NAMES), given.texts, given.keep)
    report = bench.run()
    print(json.dumps(report, ensure_ascii=False, indent=1) if given.json else _table(report))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pairbook bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"one or more of: {', '.join(MEASURES)}")
    parser.add_argument("--list", action="store_true", help="only list the measures")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--entries", type=int, default=ENTRIES, help="size of the book (%(default)s)")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each measure (%(default)s)")
    parser.add_argument(
        "--texts", type=Path, help="a folder of annotated texts for claims, instead of the corpus"
    )
    parser.add_argument(
        "--keep", action="store_true", help="leave the generated books for the next run with this option"
    )
    parser.add_argument("--engine", action="append", choices=list(NAMES), help="only this engine")
    return parser


_BEGAN = monotonic()


class Bench:
    """One run of the benchmarks: the books it makes, the processes on them, the lines it finds."""

    def __init__(
        self,
        names: list[str],
        entries: int,
        runs: int,
        vendors: list[str],
        texts: Path | None = None,
        is_kept: bool = False,
    ) -> None:
        self.names = names
        self.is_kept = is_kept
        self.texts = texts
        self.phenomena: list[dict[str, Any]] = []
        self.entries = entries
        self.runs = runs
        self.vendors = vendors
        self.lines: list[Line] = []
        self.left_out: list[str] = []
        self.versions: dict[str, str] = {}

    @property
    def load_count(self) -> int:
        """How many entries are loaded: 100,000, or a tenth of a smaller book."""
        return min(_LOAD_MAX, self.entries // 10)

    def run(self) -> dict[str, Any]:
        """Everything found, ready for a table or for JSON."""
        if "claims" in self.names:
            self._claims()
        if set(self.names) <= {"claims"}:
            return self._report()
        if "postgresql" in self.vendors and (why := why_no_server()):
            self.vendors = [vendor for vendor in self.vendors if vendor != "postgresql"]
            self._leave_out(f"PostgreSQL is not measured: {why}.")
        with ExitStack() as stack:
            books = self._books(stack)
            for vendor, book in books.items():
                self.versions |= book.ask("versions")
                self._ask(vendor, book)
            if "figures" in self.names:
                self._growth(books)
            for vendor, book in books.items():
                if "money" in self.names:
                    self._money(vendor, book)
            if "ledgers" in self.names and books:
                self._ledgers(books)
            for vendor, book in books.items():
                self._write(vendor, book)
        return self._report()

    def _report(self) -> dict[str, Any]:
        return {
            "entries": self.entries,
            "load": self.load_count,
            "machine": _machine(),
            "versions": self.versions,
            "minutes": round((monotonic() - _BEGAN) / 60, 1),
            "left_out": self.left_out,
            "lines": [asdict(line) for line in self.lines],
            "phenomena": self.phenomena,
        }

    def _claims(self) -> None:
        """The finder of figures; it needs no book."""
        say(f"{MEASURES['claims']} ...")
        found = claims.measure(self.texts, self.runs)
        self.lines += [Line(**line) for line in found["lines"]]
        self.phenomena = found["phenomena"]
        self.versions |= {"Python": platform.python_version()} | found["versions"]
        self.left_out += found["left_out"]

    def _leave_out(self, text: str) -> None:
        self.left_out.append(text)
        say(text)

    def _books(self, stack: ExitStack) -> dict[str, Process]:
        """A process on a generated book for each engine; the books are generated side by side."""
        say(f"Generating {self.entries:,} entries ...")
        books = {
            vendor: stack.enter_context(_book(vendor, self.entries, is_kept=self.is_kept))
            for vendor in self.vendors
        }
        for book in books.values():
            book.send("build", is_kept=self.is_kept)
        for vendor, book in books.items():
            say(f"  {vendor}: the book is there after {book.answer()['seconds']:.0f} s")
        return books

    def _ask(self, vendor: str, book: Process) -> None:
        limits = {"known": (20, 500), "open": (30, 50), "page": (20, 100), "check": (10, 1000)}
        for name, (pairings, limit) in limits.items():
            if name not in self.names:
                continue
            say(f"  {vendor}: {MEASURES[name]} ...")
            question = {"open": "opening"}.get(name, name)
            found = [book.ask(question, pairings=pairings) for _ in range(self.runs)]
            if found[0] is None:
                self._leave_out(f"{name} is not measured: there is no such page yet.")
                continue
            self.lines.append(_at_most(name, vendor, MEASURES[name], found, limit))

    def _money(self, vendor: str, book: Process) -> None:
        """Where money is, rests, came from and went."""
        asked: tuple[tuple[str, dict[str, int], str, int], ...] = (
            ("all_balances", {"times": 5}, "balances of all accounts of the book", 100),
            ("ageing", {"pairings": 20}, "ageing of a pairing, entry by entry", 100),
            ("ages", {"times": 3, "is_today": True}, "ageing of the whole book", 100),
            ("ages", {"times": 3, "is_today": False}, "ageing of the whole book, three months ago", 100),
            ("trace", {"times": 30}, "full trace of one allocation", 100),
            ("fund_trace", {"pairings": 20}, "trace of one fund", 100),
            ("source", {"times": 5}, "trace of a source with {descendants:,.0f} descendants", 1000),
        )
        for question, parts, what, limit in asked:
            say(f"  {vendor}: {question} ...")
            found = [book.ask(question, **parts) for _ in range(self.runs)]
            self.lines.append(_at_most("money", vendor, what.format(**found[0]), found, limit))

    def _ledgers(self, books: dict[str, Process]) -> None:
        """The same movements in hledger and beancount: loaded once, then asked, turn by turn with ours."""
        journals = {name: HOMES / f"{name}-{self.entries}.journal" for name in ("hledger", "beancount")}
        say("  writing the movements as journals ...")
        # What is written is the same on every engine.
        first = next(iter(books.values()))
        told = first.ask("write_journals", **{name: str(path) for name, path in journals.items()})
        movements = told.pop("movements")
        peers, left_out = ledger_peers(journals, **told)
        for why in left_out:
            self._leave_out(why)
        ours: dict[tuple[str, str], Runs] = defaultdict(list)
        theirs: dict[tuple[str, str], Runs] = defaultdict(list)
        loads: dict[str, Runs] = defaultdict(list)
        mine: dict[str, tuple[str, dict[str, int]]] = {
            "balances": ("all_balances", {"times": 5}),
            "fund": ("fund_trace", {"pairings": 20}),
            "chain": ("trace", {"times": 30}),
        }
        try:
            for number in range(self.runs if peers else 0):
                say(f"  ledgers: {movements:,} movements, run {number + 1} of {self.runs} ...")
                for vendor, book in books.items():
                    for question, (name, parts) in mine.items():
                        ours[question, vendor].append(book.ask(name, **parts))
                for peer in peers:
                    if number >= peer.runs_max:
                        continue
                    if not number or peer.runs_max < self.runs:
                        loads[peer.name].append(peer.load())
                    for question in QUESTIONS:
                        theirs[question, peer.name].append(peer.ask(question))
        finally:
            for peer in peers:
                peer.stop()
            for path in journals.values():
                path.unlink(missing_ok=True)
        for peer in peers:
            self.versions[peer.name] = peer.version
            self.lines.append(
                Line(
                    measure="ledgers",
                    engine=peer.name,
                    what=f"loading {movements:,} movements",
                    value=_median(loads[peer.name], "seconds"),
                    unit="s",
                    runs=len(loads[peer.name]),
                    cpu=_median(loads[peer.name], "cpu"),
                )
            )
        for vendor in books:
            for question, what in QUESTIONS.items():
                for peer in peers:
                    value = _median(ours[question, vendor], "ms")
                    other = _median(theirs[question, peer.name], "seconds") * 1000
                    self.lines.append(
                        Line(
                            measure="ledgers",
                            engine=NAMES[vendor],
                            what=what,
                            value=value,
                            unit="ms",
                            runs=self.runs,
                            cpu=_median(ours[question, vendor], "cpu_ms"),
                            against=peer.name,
                            against_value=other,
                            against_cpu=_median(theirs[question, peer.name], "cpu") * 1000,
                            # What cannot be told from loading has no ratio.
                            ratio=other / value if other else None,
                        )
                    )

    def _growth(self, books: dict[str, Process]) -> None:
        """Figures of the large and of a small book of the same pairings, turn by turn."""
        small_size = min(SMALL, self.entries)
        for vendor, book in books.items():
            say(f"  {vendor}: {MEASURES['figures']} ...")
            with _same(book) if small_size == self.entries else _book(vendor, small_size) as small:
                if small is not book:
                    small.ask("build", is_kept=False)
                large_runs: Runs = []
                small_runs: Runs = []
                for _ in range(self.runs):
                    large_runs.append(book.ask("figures", pairings=50))
                    small_runs.append(small.ask("figures", pairings=50))
            self.lines.append(_at_most("figures", vendor, MEASURES["figures"].split(",")[0], large_runs, 50))
            ours, theirs = _median(large_runs, "ms"), _median(small_runs, "ms")
            self.lines.append(
                Line(
                    measure="figures",
                    engine=NAMES[vendor],
                    what="the same, against a small book",
                    value=ours,
                    unit="ms",
                    runs=self.runs,
                    cpu=_median(large_runs, "cpu_ms"),
                    against=f"{small_size:,} entries",
                    against_value=theirs,
                    against_cpu=_median(small_runs, "cpu_ms"),
                    ratio=ours / theirs,
                    target="at most 1.5",
                    is_reached=ours / theirs <= 1.5,
                )
            )

    def _write(self, vendor: str, book: Process) -> None:
        peer_wanted = "peers" in self.names and vendor == "postgresql"
        if "load" in self.names or peer_wanted:
            movements = HOMES / f"movements-{self.entries}.csv"
            say(f"  {vendor}: preparing the load of {self.load_count:,} ...")
            book.ask("prepare_load", count=self.load_count, movements=str(movements))
            with ExitStack() as stack:
                peer = stack.enter_context(self._peer(movements)) if peer_wanted else None
                self._load(vendor, book, peer)
            movements.unlink(missing_ok=True)
        if "one" in self.names:
            self._one(vendor, book)

    def _load(self, vendor: str, book: Process, peer: Process | None) -> None:
        checked: Runs = []
        bare: Runs = []
        bulk: Runs = []
        single: Runs = []
        # A peer's rate is the same for a part of the load; all of it would take the peer longer than all the rest here.
        single_count, bulk_count = min(1000, self.load_count), min(25_000, self.load_count)
        load_runs = min(self.runs, _LOAD_RUNS)
        for number in range(1, load_runs + 1):
            say(f"  {vendor}: loading, run {number} of {load_runs} ...")
            checked.append(book.ask("load_checked"))
            if "load" in self.names:
                bare.append(book.ask("load_bare"))
            if peer is not None:
                bulk.append(peer.ask("bulk", count=bulk_count))
                single.append(peer.ask("one_at_a_time", count=single_count))
        ours = self._rate(checked, self.load_count)
        if bare:
            theirs = self._rate(bare, self.load_count)
            line = Line(
                measure="load",
                engine=NAMES[vendor],
                what=f"loading {self.load_count:,} checked entries",
                value=ours,
                unit="entries/s",
                runs=load_runs,
                cpu=_median(checked, "cpu"),
                against="bare " + ("executemany" if vendor == "sqlite" else "COPY"),
                against_value=theirs,
                against_cpu=_median(bare, "cpu"),
                ratio=theirs / ours,
                target="at most 3 times the time",
                is_reached=theirs / ours <= 3,
            )
            self.lines.append(line)
        for against, runs, count, least in (
            (f"django-hordak in bulk ({bulk_count:,})", bulk, bulk_count, 3),
            (f"django-hordak one at a time ({single_count:,})", single, single_count, 25),
        ):
            if runs:
                theirs = self._rate(runs, count)
                self.lines.append(
                    Line(
                        measure="peers",
                        engine=NAMES[vendor],
                        what=f"loading {self.load_count:,} checked entries",
                        value=ours,
                        unit="entries/s",
                        runs=len(runs),
                        cpu=_median(checked, "cpu"),
                        against=against,
                        against_value=theirs,
                        against_cpu=_median(runs, "cpu"),
                        ratio=ours / theirs,
                        target=f"at least {least} times",
                        is_reached=ours / theirs >= least,
                    )
                )

    @staticmethod
    def _rate(runs: Runs, count: int) -> float:
        return count / _median(runs, "seconds")

    def _one(self, vendor: str, book: Process) -> None:
        count = 300
        say(f"  {vendor}: {MEASURES['one']} ...")
        runs = [book.ask("one_at_a_time", count=count) for _ in range(self.runs)]
        rate = self._rate(runs, count)
        # The target is set for the embedded database, where nobody tunes a server.
        target = vendor == "sqlite"
        self.lines.append(
            Line(
                measure="one",
                engine=NAMES[vendor],
                what=MEASURES["one"],
                value=rate,
                unit="entries/s",
                runs=self.runs,
                cpu=_median(runs, "cpu"),
                target="at least 300" if target else "",
                is_reached=rate >= 300 if target else None,
            )
        )

    @contextmanager
    def _peer(self, movements: Path) -> Iterator[Process | None]:
        """django-hordak with an empty book of its own; None, with a line saying why, where it cannot be installed."""
        why = install(_PEERS_VENV, _PEERS_FILE)
        if why:
            self._leave_out(f"django-hordak is not measured: {why}")
            yield None
            return
        self.versions |= _peer_versions()
        _drop_peer()
        administer(f'CREATE DATABASE "{_PEERS_DATABASE}"')
        command = [str(python_of(_PEERS_VENV)), str(ROOT / "bench" / "peers" / "hordak_load.py")]
        peer = Process([*command, at_database(_PEERS_DATABASE), str(movements)])
        try:
            peer.ask("prepare")
            yield peer
        finally:
            peer.stop()
            _drop_peer()


@contextmanager
def _book(vendor: str, entries: int, *, is_kept: bool = False) -> Iterator[Process]:
    """A process on an empty book, or on the one kept, that is dropped afterwards; what is kept stays."""
    engine = Engine(vendor, entries)
    if is_kept and engine.has_start:
        engine.back_to_start()
    else:
        engine.create()
    process = python_process("bench.measures", vendor, str(entries), environment=engine.environment)
    try:
        yield process
    finally:
        process.stop()
        if is_kept:
            engine.drop_all_but_start()
        else:
            engine.drop()


@contextmanager
def _same(book: Process) -> Iterator[Process]:
    yield book


def _drop_peer() -> None:
    administer(f'DROP DATABASE IF EXISTS "{_PEERS_DATABASE}" WITH (FORCE)')


def _peer_versions() -> dict[str, str]:
    versions = pinned(_PEERS_FILE)
    return {"django-hordak": versions["django-hordak"], "django-hordak's Django": versions["django"]}


def _median(runs: Runs, part: str) -> float:
    return median(run[part] for run in runs)


def _at_most(name: str, vendor: str, what: str, runs: Runs, limit_ms: int) -> Line:
    value = _median(runs, "ms")
    return Line(
        measure=name,
        engine=NAMES[vendor],
        what=what,
        value=value,
        unit="ms",
        runs=len(runs),
        cpu=_median(runs, "cpu_ms"),
        ratio=value / limit_ms,
        against="the target",
        against_value=float(limit_ms),
        target=f"under {limit_ms} ms",
        is_reached=value < limit_ms,
    )


def _machine() -> str:
    cores = os.cpu_count()
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        memory = f", {pages / 2**30:.0f} GiB"
    load = f", load {os.getloadavg()[0]:.1f} when done" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()} {platform.machine()}, {cores} cores{memory}{load}"


# Measures of several lines, which say what each is of.
_SEVERAL = ("money", "ledgers", "claims")


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _cells(lines: Iterable[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    answers: Callable[[bool | None], str] = {True: "yes", False: "NO", None: ""}.__getitem__
    yield (
        *("measure", "engine", "median", "processor", "against", "its median", "its processor"),
        *("ratio", "target", "reached"),
    )
    for line in lines:
        cpu, against_cpu = (
            "" if spent is None else f"{_number(spent)} {'ms' if line['unit'] == 'ms' else 's'}"
            for spent in (line["cpu"], line["against_cpu"])
        )
        yield (
            line["measure"],
            line["engine"] + (f": {line['what']}" if line["measure"] in _SEVERAL else ""),
            f"{_number(line['value'])} {line['unit']}",
            cpu,
            line["against"],
            "" if line["against_value"] is None else f"{_number(line['against_value'])} {line['unit']}",
            against_cpu,
            _number(line["ratio"]),
            line["target"],
            answers(line["is_reached"]),
        )


def _table(report: dict[str, Any]) -> str:
    rows = list(_cells(report["lines"]))
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    told = [
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    told.insert(1, "-+-".join("-" * width for width in widths))
    versions = ", ".join(f"{name} {version}" for name, version in report["versions"].items())
    runs = sorted({line["runs"] for line in report["lines"]})
    is_about_books = any(line["measure"] != "claims" for line in report["lines"])
    book = f"A book of {report['entries']:,} entries, 50 pairings, 5 years; loads of {report['load']:,}."
    head = [
        *([book] if is_about_books else []),
        f"{report['machine']}; {versions}.",
        f"Medians of {' or '.join(map(str, runs))} runs, turn by turn; {report['minutes']} minutes in all.",
    ]
    told += claims.phenomena_table(report["phenomena"])
    return "\n".join([*head, "", *told, *([""] if report["left_out"] else []), *report["left_out"]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
