"""hledger and beancount, each asked the same of the journal that `ledgers` wrote: loaded once, then asked.

beancount stays loaded in a process of its own. hledger has no way to stay, so it loads anew for each question, and the
answer is what the whole command spends on the processor beyond one that only loads: on the clock, one load of half a
minute differs from the next by more than most answers take.
"""

import os
import subprocess
from pathlib import Path
from shutil import which
from statistics import median
from time import perf_counter
from typing import Any, Protocol

from bench.engines import ROOT
from bench.environments import install, pinned, python_of
from bench.processes import Process

QUESTIONS = {
    "balances": "balances of all accounts",
    "fund": "what became of one fund",
    "chain": "full trace of one allocation",
}
_VENV = ROOT / "var" / "bench-ledgers-venv"
_FILE = ROOT / "bench" / "requirements-ledgers.txt"

Spent = dict[str, float]


class LedgerPeer(Protocol):
    """A program that keeps books in text, with a journal it can load."""

    name: str
    version: str
    runs_max: int
    """How often a question is put to it at most: it may load for minutes each time."""

    def load(self) -> Spent:
        """Seconds to load the journal."""

    def ask(self, question: str) -> Spent:
        """Seconds for a question beyond loading."""

    def stop(self) -> None:
        """End it."""


class Hledger:
    """hledger as its command line is used: one command, one question."""

    name, runs_max = "hledger", 3

    def __init__(self, program: str, journal: Path, *, fund: int, chain: int) -> None:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        self.version = said.split()[1].rstrip(",")
        self._command = [program, "-f", str(journal), "-I"]
        report = ["balance", "--flat", "--no-total", "-O", "csv"]
        self._words = {
            "load": ["check"],
            "balances": report,
            "fund": [*report, f":F{fund}:"],
            "chain": ["print", f"code:^a{chain}$"],
        }
        self._loads: list[Spent] = []

    def load(self) -> Spent:
        """Seconds of the command that loads the journal, sees whether it is right and says nothing."""
        self._loads.append(self._run("load"))
        return self._loads[-1]

    def ask(self, question: str) -> Spent:
        """Processor seconds of the question's command beyond loading; 0 where it cannot be told from loading."""
        beyond = max(self._run(question)["cpu"] - median(one["cpu"] for one in self._loads), 0.0)
        return {"seconds": beyond, "cpu": beyond}

    def _run(self, question: str) -> Spent:
        began, before = perf_counter(), os.times()
        subprocess.run([*self._command, *self._words[question]], stdout=subprocess.DEVNULL, check=True)
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return {"seconds": perf_counter() - began, "cpu": cpu}

    def stop(self) -> None:
        """Nothing: each command ended by itself."""


class Beancount:
    """beancount as a library, in a process that holds the loaded journal."""

    name, runs_max = "beancount", 100

    def __init__(self, journal: Path, *, fund: int, chain: int) -> None:
        self.version = pinned(_FILE)["beancount"]
        script = ROOT / "bench" / "peers" / "beancount_ask.py"
        self._process = Process([str(python_of(_VENV)), str(script), str(journal)])
        self._parts: dict[str, dict[str, Any]] = {"fund": {"number": fund}, "chain": {"number": chain}}

    def load(self) -> Spent:
        """Seconds to load the journal."""
        return dict(self._process.ask("load"))

    def ask(self, question: str) -> Spent:
        """Seconds for a question."""
        return dict(self._process.ask(question, **self._parts.get(question, {})))

    def stop(self) -> None:
        """End its process."""
        self._process.stop()


def ledger_peers(journals: dict[str, Path], *, fund: int, chain: int) -> tuple[list[LedgerPeer], list[str]]:
    """The peers there are, and for each that is not, why, in one line."""
    found: list[LedgerPeer] = []
    left_out: list[str] = []
    if why := install(_VENV, _FILE):
        left_out.append(f"beancount is not measured: {why}")
    else:
        found.append(Beancount(journals["beancount"], fund=fund, chain=chain))
    if program := which("hledger"):
        found.append(Hledger(program, journals["hledger"], fund=fund, chain=chain))
    else:
        left_out.append("hledger is not measured: it is not installed (Debian: apt-get install hledger).")
    return found, left_out
