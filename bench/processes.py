"""Processes the bench talks to: one line of JSON is a question, one line of JSON its answer.

Each engine needs its own settings and each peer its own environment, so each measure runs in a process that stays:
runs can then be interleaved (A B A B) without paying for a start each time.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic, perf_counter, process_time
from typing import Any

from bench.engines import ROOT

Question = Callable[..., Any]


_BEGAN = monotonic()


def say(text: str) -> None:
    """Tell the progress, with the seconds since the start, on standard error."""
    print(f"{monotonic() - _BEGAN:5.0f} s  {text}", file=sys.stderr, flush=True)


class Process:
    """A process that answers questions."""

    def __init__(self, command: list[str], environment: Mapping[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def send(self, question: str, **parts: Any) -> None:
        """Ask without waiting."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"ask": question, **parts}) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        """The answer to what was sent; RuntimeError when the process ended instead (it said why on standard error)."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a measuring process ended with status {self._process.wait()}")
        return json.loads(line)

    def ask(self, question: str, **parts: Any) -> Any:
        """Ask and wait for the answer."""
        self.send(question, **parts)
        return self.answer()

    def stop(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        if self._process.poll() is None:
            self._process.stdin.close()
        self._process.wait()


def python_process(script: Path | str, *arguments: str, environment: Mapping[str, str]) -> Process:
    """A process of this Python running a module of the bench."""
    return Process([sys.executable, "-m", str(script), *arguments], environment)


def answer_questions(questions: Mapping[str, Question]) -> None:
    """Answer from standard input until it ends."""
    for line in sys.stdin:
        asked = json.loads(line)
        answer = questions[asked.pop("ask")](**asked)
        print(json.dumps(answer), flush=True)


def timed(act: Callable[[], object]) -> dict[str, float]:
    """Seconds on the clock and on this process's processor."""
    clock, processor = perf_counter(), process_time()
    act()
    return {"seconds": perf_counter() - clock, "cpu": process_time() - processor}
