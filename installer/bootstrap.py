"""Installs Spasm Reviewer beside its source and runs it.

    python3 installer/bootstrap.py demo     make, scan and draw a synthetic recording
    python3 installer/bootstrap.py test     every check and test
    python3 installer/bootstrap.py WORDS    the same as: spasm-reviewer WORDS

The first call makes ``.venv`` (minutes: PyTorch is large), later calls start in seconds, and a call that was cut off
goes on where it stopped. System libraries that the window lacks are looked for at every call. This file must be
readable by old Pythons too, so that they can say which version is needed.
"""

import hashlib
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

LEAST_PYTHON = (3, 11)
if sys.version_info[:2] < LEAST_PYTHON:
    sys.exit("Spasm Reviewer needs Python {}.{} or newer; this is {}.{}.".format(*LEAST_PYTHON, *sys.version_info[:2]))

# A script's own folder is on the path, its room is not. The rest of the installer may use what the version offers.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from installer.environment import ROOT, Environment, InstallationError, discard_half_packages, make_environment, pip  # noqa: E402
from installer.pytorch import install_torch  # noqa: E402
from installer.qt_libraries import provide_qt_libraries  # noqa: E402

COVERED_ROOMS = ("domain", "store", "evaluation")
"""Rooms in which the tests must reach every line and branch."""

CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    # Last, so that its summary line ends the output.
    (
        "pytest",
        # By file, as files share what is slow to make; four at most, as many tests start processes of their own.
        *("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile"),
        # A worker that died is not replaced: pytest-xdist 3.8 waits for ever for what it had finished (its issue 1378).
        "--max-worker-restart=0",
        # By folder: the module form misses the files that Alembic loads by their path.
        *(f"--cov=reviewer_app/{room}" for room in COVERED_ROOMS),
        "--cov-report=term-missing:skip-covered",
        "--cov-fail-under=100",
    ),
)


def main(words: Sequence[str]) -> int:
    """Installs what is missing, runs what was asked, and returns its exit code."""
    if not words or words[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if words else 2
    environment = Environment(ROOT / ".venv")
    try:
        prepare(environment)
        return run_checks(environment) if list(words) == ["test"] else run_program(environment, words)
    except InstallationError as error:
        print(f"Spasm Reviewer: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run_program(environment: Environment, words: Sequence[str]) -> int:
    """Starts the program itself."""
    return subprocess.call([environment.program("spasm-reviewer"), *words])


def run_checks(environment: Environment) -> int:
    """Runs every check, also after one has failed; the exit code is the first failure's."""
    outcome = 0
    # No test needs a screen, and a machine for checks rarely has one.
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for command in CHECKS:
        print("$ " + " ".join(command), flush=True)
        code = subprocess.call([environment.program(command[0]), *command[1:]], cwd=ROOT, env=surroundings)
        if code:
            print(f"FAILED: {command[0]} (exit code {code})", file=sys.stderr, flush=True)
        outcome = outcome or code
    return outcome


def wanted_stamp() -> str:
    """What an environment must have been made for to be used as it is."""
    parts = ((ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode(), platform.python_version().encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def prepare(environment: Environment) -> None:
    """Makes, repairs or updates the environment unless it is ready, and sees to the system's libraries every time."""
    stamp = wanted_stamp()
    if not is_ready(environment, stamp):
        install(environment, stamp)
    # The stamp tells nothing of these: they come from the system, which may refuse them now and lose them later.
    provide_qt_libraries(environment)


def is_ready(environment: Environment, stamp: str) -> bool:
    """Whether the environment was made for this stamp and still has its programs."""
    return (
        environment.stamp.is_file()
        and environment.stamp.read_text(encoding="ascii") == stamp
        and Path(environment.program("python")).exists()
        and Path(environment.program("spasm-reviewer")).exists()
    )


def install(environment: Environment, stamp: str) -> None:
    """Makes the environment, or goes on with one that is there, and stamps it."""
    began = time.monotonic()
    print(f"Installing Spasm Reviewer into {environment.folder} (once; this takes a few minutes).", flush=True)
    environment.stamp.unlink(missing_ok=True)
    make_environment(environment)
    discard_half_packages(environment)
    environment.log.unlink(missing_ok=True)
    install_torch(environment)
    print("The program, its libraries and its tests:", flush=True)
    pip(environment, "install", "--editable", f"{ROOT}[test]")
    environment.stamp.write_text(stamp, encoding="ascii")
    print(f"Installed in {time.monotonic() - began:.0f} s.", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
