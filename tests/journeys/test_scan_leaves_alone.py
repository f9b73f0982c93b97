"""A whole scan leaves the recording and the network alone."""

import hashlib
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.conftest import FilmMaker

GUARDED_SCAN = """
    import sys
    from multiprocessing import get_context
    from pathlib import Path

    reached = []
    WATCHED = ("socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request")

    def watch(event, details):
        if event in WATCHED:
            reached.append((event, details))

    sys.addaudithook(watch)  # before any library is there to ask

    from reviewer_app.jobs.control import Control
    from reviewer_app.jobs.request import Compute, LibraryPlace, ScanRequest
    from reviewer_app.jobs.run import run_job

    media, work, bundles = map(Path, sys.argv[1:])
    place = LibraryPlace(work / "library", work / "keys")
    request = ScanRequest((media,), place, "tiny", (bundles,), compute=Compute(threads=1))
    stored = [type(message).__name__ for message in run_job(request, Control(get_context("spawn")))]
    assert "ChunkStored" in stored
    assert reached == [], reached
"""


def contents(folder: Path) -> dict[str, tuple[str, int]]:
    """Each file's hash and time of change, by name."""
    return {
        path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(folder.iterdir())
    }


@pytest.mark.parametrize("mode", [0o755, 0o555], ids=["folder may be written", "folder is read-only"])
def test_a_scan_writes_nothing_beside_the_recording_and_connects_to_nobody(
    film: FilmMaker, bundles: Path, tmp_path: Path, mode: int
) -> None:
    path = film("night/A_14-MAR-2026_22h00m00.0000s_Video.mp4", frames=150)
    before = contents(path.parent)
    path.parent.chmod(mode)
    # As for a first user: no consent on file, and not marked as continuous integration, where libraries keep quiet.
    environment = {k: v for k, v in os.environ.items() if k not in ("CI", "TF_BUILD", "JENKINS_URL")}
    try:
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(GUARDED_SCAN), str(path.parent), str(tmp_path), str(bundles)],
            env={**environment, "HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
    finally:
        path.parent.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert contents(path.parent) == before
