"""The command line as a person runs it: in a process of its own, with a home of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]

ROOT = Path(__file__).parents[2]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Runs ``spasm-reviewer`` as a person would, with a home of its own."""
    home = tmp_path / "home"
    home.mkdir()
    folders = {name: str(home / name.lower()) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    environment = {**os.environ, **folders, "HOME": str(home), "PYTHONPATH": str(ROOT), "COLUMNS": "200"}

    def run(*words: object, written: str = "") -> "subprocess.CompletedProcess[str]":
        call = [sys.executable, "-c", "from reviewer_app.cli.app import main; main()", *map(str, words)]
        return subprocess.run(
            call, env=environment, input=written, capture_output=True, text=True, check=False, timeout=280
        )

    return run


def refused(done: "subprocess.CompletedProcess[str]", code: int) -> str:
    """The one sentence of a refusal."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert lines[-1].startswith("spasm-reviewer: ")
    return lines[-1]
