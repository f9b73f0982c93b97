"""Runs a few lines of Python in a process of their own, which can be limited, watched and killed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

OPENING = """
import sys
from pathlib import Path
from reviewer_app.errors import StoreError
from reviewer_app.store import recordings, traces
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from tests.store import examples
folder = Path(sys.argv[1])
keys = KeyFile(Path(sys.argv[2]))
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Starts ``code`` after the usual imports; its arguments are a library's folder, a key file, and more."""
    return subprocess.Popen(
        [sys.executable, "-c", OPENING + code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def finish(process: subprocess.Popen[str]) -> str:
    """What a process printed, once it has ended without an error."""
    told, complaint = process.communicate(timeout=200)
    assert process.returncode == 0, complaint
    return told
