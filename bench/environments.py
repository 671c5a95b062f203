"""Environments of their own for peers that are Python programs, under var/, from pinned requirements with hashes."""

import os
import subprocess
import venv
from hashlib import sha256
from pathlib import Path

from bench.processes import say


def python_of(folder: Path) -> Path:
    """The Python of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(folder: Path, file: Path) -> str:
    """Put peers into an environment of their own, once; why that failed, in one line, or nothing."""
    stamp, digest = folder / "bench-stamp", sha256(file.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return ""
    say(f"  installing peers into var/{folder.name} (once) ...")
    venv.create(folder, with_pip=True, clear=True)
    command = [str(python_of(folder)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*command, "--require-hashes", "-r", str(file)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        told = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        return (told or ["pip ended without a reason"])[-1]
    stamp.write_text(digest, encoding="ascii")
    return ""


def pinned(file: Path) -> dict[str, str]:
    """The versions a file of requirements names."""
    words = [line.split(" ")[0] for line in file.read_text(encoding="utf-8").splitlines()]
    return dict(word.split("==") for word in words if "==" in word)
